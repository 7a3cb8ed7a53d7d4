import type { Guess } from "../../guess/index.js";
import type { Voice } from "../../report/index.js";
import type { GuessWords } from "./guess-words.js";

/** Columns of the first word of each line. */
const margin = 16;

/** Columns that are left out, one by one. */
const mostTold = 12;

/** @returns lines that say what a table's columns were taken for, and why */
export function toldGuess(
  guess: Guess,
  {
    file,
    all,
    words,
    voice,
  }: { readonly file: string; readonly all: boolean; readonly words: GuessWords; readonly voice: Voice },
): string {
  const { reasons, parts, colon } = words;
  const line = (part: keyof GuessWords["parts"], text: string) => `  ${parts[part].padEnd(margin)}${text}`;
  const { variant, control, unit, outcomes, dimensions, asked, ignored, shares, spelling } = guess;
  const others = dimensions.map(({ column }) => column).filter((name) => !asked.includes(name));
  const looked = asked.length > 0 ? asked.join(", ") : words.none;
  const each = outcomes.map(
    ({ column, type, why, better }) =>
      `${column} (${type}${better === "lower" ? `, ${words.lower}` : ""})${colon}${reasons[why]}`,
  );
  const left = ignored.slice(0, mostTold).map(({ column, why }) => {
    const isNumbers = why === "number_unnamed" || why === "before";
    const offer =
      isNumbers || why === "many_levels"
        ? `; ${words.bin(column, isNumbers)}`
        : why === "unspelled_numbers"
          ? `; ${words.asOutcome(column)}`
          : "";
    return `${column}${colon}${reasons[why]}${offer}`;
  });
  if (ignored.length > mostTold) left.push(words.more(voice.count(ignored.length - mostTold)));
  const list = (part: keyof GuessWords["parts"], texts: readonly string[]) =>
    texts.map((text, at) => (at === 0 ? line(part, text) : `${" ".repeat(margin + 2)}${text}`));
  const known = shares === "unknown" ? undefined : shares;
  const planned = known
    ? Object.entries(known)
        .map(([level, share]) => `${level} ${voice.share(share)}`)
        .join(", ")
    : reasons[shares === "unknown" ? "unknown_shares" : "equal_shares"];
  return `${[
    words.guessed(file, voice.count(guess.rows), all),
    line("variant", `${variant.column} (${variant.levels.join(", ")})${colon}${reasons[variant.why]}`),
    line("control", `${control.level}${colon}${reasons[control.why]}`),
    line(
      "unit",
      unit ? `${unit.column}${colon}${reasons[unit.why]}` : `${words.row}${colon}${reasons.no_id}`,
    ),
    ...list("outcomes", each),
    line("dimensions", others.length > 0 ? `${looked}; ${words.others(others.join(", "))}` : looked),
    ...list("ignored", left),
    line("shares", planned),
    ...(Object.keys(spelling).length > 0 ? [line("spelling", JSON.stringify(spelling))] : []),
    words.correct,
  ].join("\n")}\n`;
}
