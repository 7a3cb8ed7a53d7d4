import { randomSource } from "../../../src/random/index.js";

/** Texts that programs write, or mean, as numbers and times; those of the grammar first. */
export const spellings = {
  number: [
    ..."5|+5|-5|5.|.5|+.5|-.5e1|1e5|1E5|1e+5|1e-5|1.e5|00012|1e400|-1e400|1e-400|9007199254740993|true|TRUE|False".split(
      "|",
    ),
    ..." 5 |\t5|5\t|5\n|\r\n5|\u00a05\u00a0||  |\u00a0|nan|NaN|-nan|inf|+inf|-Infinity".split("|"),
    ..."1_000|1e1_0|+-5|-+5|--5|1e|e5|.|-|+|0x1F|0b11|0o7|1,5|1 000|1\u202f000|1\u00a0000|1.2.3|1e5.5|_1|1_|1e0005|1f|t|yes".split(
      "|",
    ),
    ..."5%|$5|(5)|5-|1e+|NULL|None|infinit|٥|５|\u20035|\ufeff5|123456789012345678901234567890|0.1|-0".split(
      "|",
    ),
  ],
  time: [
    "2026-01-02",
    ..."03:04|03:04:05|03:04:05.1|03:04:05.123456|03:04:05.1234567|03:04:05.123456789|03:04:05.9999999"
      .split("|")
      .flatMap((clock) =>
        ["T", " ", "t"].flatMap((between) =>
          ["", "Z", "z", " Z", " UTC", "utc", "+01", "-0130", "+01:30", " +01:30", "+15:59", "-00:00"].map(
            (zone) => `2026-01-02${between}${clock}${zone}`,
          ),
        ),
      ),
    ..." 2026-01-02 |2026-01-02\t|\u00a02026-01-02T03:04:05Z\u00a0|2000-02-29|9999-12-31T23:59:59.999999Z|1000-01-01".split(
      "|",
    ),
    ..."0|1767323045|-1767323045|1767323045.25|1767323045000|1767323045123456|1e9|1e400|nan|inf|9e18|8.9e18|||true".split(
      "|",
    ),
    ..."2026-1-2|2026-02-30|1900-02-29|2026-04-31|2026-13-01|2026-00-01|2026-01-00|2026-01-32|0000-01-01|0099-01-01|12026-01-02|-2026-01-02".split(
      "|",
    ),
    ..."2026-01-02T|2026-01-02Z|2026-01-02+01|2026-01-02T03|2026-01-02T3:04:05|2026-01-02T24:00:00|2026-01-02T23:59:60|2026-01-02T25:00|2026-01-02T03:60".split(
      "|",
    ),
    ..."2026-01-02T03:04:05,5|2026-01-02T03:04:05.|2026-01-02T03:04:05.1234567890|2026-01-02  03:04|2026-01-02T03:04:05  Z|2026-01-02T03:04:05+1".split(
      "|",
    ),
    ..."2026-01-02T03:04:05+16:00|2026-01-02T03:04:05+24:00|2026-01-02T03:04:05+01:60|2026-01-02T03:04:05+01:30:15|2026-01-02T03:04:05 Europe/Paris".split(
      "|",
    ),
    ..."20260102|2026/01/02|02.01.2026|01/02/2026|2026-W01|2026-01-02 (BC)|epoch|infinity|-infinity|now|today|tomorrow|yesterday|2026-01-02T03:04:05 am".split(
      "|",
    ),
  ],
} as const;

const alphabets = {
  number: ["0", "1", "9", ".", "+", "-", "e", "E", "_", " ", "x", ",", "n", "\t"],
  time: ["0", "1", "9", "-", ":", "T", "Z", "+", " ", ".", "/", "U"],
} as const;

/** Spellings with a character or two changed, added or taken away, and texts of nothing but their characters. */
export function nearSpellings(kind: keyof typeof spellings, count: number): readonly string[] {
  const random = randomSource(`near ${kind}`);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random.next() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => {
    if (i % 4 === 0 && kind === "number")
      return Array.from({ length: 1 + Math.floor(random.next() * 5) }, () => pick(alphabets.number)).join("");
    const letters: string[] = [...pick<string>(spellings[kind])];
    for (let change = 0; change <= random.next() * 2; change++)
      letters.splice(
        Math.floor(random.next() * (letters.length + 1)),
        Math.floor(random.next() * 2),
        ...(random.next() < 0.7 ? [pick<string>(alphabets[kind])] : []),
      );
    return letters.join("");
  });
}
