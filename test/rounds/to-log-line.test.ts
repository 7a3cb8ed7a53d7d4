import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { defineExperiment } from "essai";
import { type BanditRound, createBandit, decide, factorial, floor, thompson, toLogLine } from "essai/bandits";
import { parseBanditRounds, parseExperiment } from "essai/schema";
import { describe, expect, it } from "vitest";
import { readLog } from "../../src/rounds/index.js";
import { fc } from "../properties.js";

const read = (lines: readonly string[]) => parseBanditRounds(lines.map((line) => JSON.parse(line)));

/** Where the most eager readers of lines break them (`str.splitlines` of Python), and every other control character. */
const lineBreaks = /[\p{Control}\u2028\u2029]/u;

const text = fc.string({ unit: "binary", minLength: 1 });
/** JSON has no −0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const context = fc
  .jsonValue({ stringUnit: "binary" })
  .filter((value) => !JSON.stringify(value).includes("__proto__"))
  .map((value) => JSON.parse(JSON.stringify(value)));
const rounds: fc.Arbitrary<BanditRound> = fc.record(
  {
    decision: fc.record(
      {
        id: text,
        experiment: text,
        definitionVersion: fc.integer({ min: 1, max: 1e6 }),
        unitId: text,
        occasion: fc.string({ unit: "binary" }),
        at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        action: fc.dictionary(
          text.filter((key) => !(key in {})),
          text,
          { minKeys: 1 },
        ),
        propensity: number,
        actions: fc.array(text, { minLength: 1 }),
        probabilities: fc.array(number),
        context,
        policy: text,
        stateHash: text,
      },
      { noNullPrototype: true },
    ),
    reward: fc.option(number),
    period: fc.nat(),
    segment: text,
    expected: fc.record({ chosen: number, best: number, uniform: number }, { noNullPrototype: true }),
  },
  { requiredKeys: ["decision", "reward"], noNullPrototype: true },
);

describe("a line of a bandit's log", () => {
  it("is read back as the round that was written, on one line whoever splits them", () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const line = toLogLine(round);
        expect(line).not.toMatch(lineBreaks);
        expect(read([line])).toEqual([round]);
        expect(toLogLine(read([line])[0]!)).toBe(line);
      }),
    );
  });

  const letters = defineExperiment({
    key: "lettres-d’été",
    unit: "userId",
    factors: { héros: ["l’offre", "の\u2028話"], cta: ["acheter", "🛒"] },
    policy: "thompson",
  });
  const bandit = createBandit(letters, { thompson });
  const decided = Array.from(
    { length: 20 },
    (_, i): BanditRound => ({
      decision: decide(bandit, {
        unitId: `Zoë-${i}`,
        occasion: "\u0085\u2029",
        now: new Date(i * 60_000),
        context: { ville: "Besançon" },
      }),
      reward: i % 3 === 0 ? null : i / 7,
    }),
  );

  it("gives the analysis the log that was decided", () => {
    const lines = decided.map(toLogLine);
    expect(lines.filter((line) => lineBreaks.test(line))).toEqual([]);
    const log = readLog(read(lines), letters);
    expect(log).toEqual(readLog(decided, letters));
    expect(Array.from(log.rows.reward).filter(Number.isNaN)).toHaveLength(7);
  });

  it("tells a reward later, by a second line of the decision", () => {
    const [first] = decided;
    const log = readLog(read([toLogLine(first!), toLogLine({ ...first!, reward: 2 })]), letters);
    expect(log).toMatchObject({ repeated: 1, rows: { length: 1 } });
    expect(log.rows.reward[0]).toBe(2);
  });

  it("is what the example's log is made of", () => {
    const file = new URL("../../docs/examples/spring/decisions.jsonl.gz", import.meta.url);
    const lines = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(2_000);
    const rounds = read(lines);
    expect(rounds.map(toLogLine)).toEqual(lines);
    // As `npm run demo:bandit` makes it now: the first batch was decided by the bandit that had learned nothing.
    const { definition } = parseExperiment(
      JSON.parse(readFileSync(new URL("experiment.json", file), "utf8")),
    );
    const segments = { field: "segment", levels: ["deal hunter", "brand loyal"] };
    const model = factorial({ segments, mean: 0.1 });
    const spring = createBandit(definition, { thompson }, { model, constraints: [floor({ share: 0.02 })] });
    for (const { decision } of rounds.slice(0, 100)) {
      const { unitId, occasion, at, context } = decision;
      const { payload: _, ...again } = decide(spring, { unitId, occasion, now: new Date(at), context });
      expect(again).toEqual(decision);
    }
  });

  const round = decided[1]!;
  const { decision } = round;
  it.each<[string, BanditRound, string, readonly (string | number)[]]>([
    ["a reward that is not a number", { ...round, reward: Number.NaN }, "not_finite", ["reward"]],
    [
      "an endless expectation",
      { ...round, expected: { chosen: 1, best: Number.POSITIVE_INFINITY, uniform: 0 } },
      "not_finite",
      ["expected", "best"],
    ],
    [
      "a date in the context",
      { ...round, decision: { ...decision, context: { since: new Date(0) as never } } },
      "not_json",
      ["decision", "context", "since"],
    ],
    [
      "a probability that is lost",
      { ...round, decision: { ...decision, probabilities: [1, Number.NaN] } },
      "not_finite",
      ["decision", "probabilities", 1],
    ],
  ])("refuses %s, which JSON would change in silence", (_, wrong, code, path) => {
    expect(() => toLogLine(wrong)).toThrow(expect.objectContaining({ code, path }));
  });

  it("refuses a misspelt key, whose value the line would lack", () => {
    const misspelt = { decision, rewrad: 1, reward: null };
    expect(() => toLogLine(misspelt)).toThrow(
      expect.objectContaining({ code: "unknown_key", path: ["rewrad"], near: "reward" }),
    );
  });
});
