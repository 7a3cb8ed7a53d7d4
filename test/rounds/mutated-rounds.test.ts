import { defineExperiment, ExperimentError } from "essai";
import { banditRun } from "essai/analysis";
import {
  createBandit,
  decide,
  linear,
  RewardLedger,
  thompson,
  toLogLine,
  update,
  withPropensity,
} from "essai/bandits";
import { parseBanditRounds } from "essai/schema";
import { describe, expect, it } from "vitest";
import { fc } from "../properties.js";

const experiment = defineExperiment({
  key: "offers",
  unit: "userId",
  factors: { hero: ["story", "offer"], cta: ["buy", "try"] },
  policy: "thompson",
});
const model = linear({ features: [{ kind: "numeric", field: "recency" }] });
const bandits = [createBandit(experiment, { thompson }), createBandit(experiment, { thompson }, { model })];
const decision = decide(bandits[0]!, { unitId: "u", occasion: "1", now: 0, context: { recency: 3 } });
const round = {
  ...{ decision, reward: 1, period: 0, segment: "new" },
  expected: { chosen: 0.1, best: 0.2, uniform: 0.1 },
};

/** What JavaScript cannot print, add or compare, beside what JSON holds. */
const oddities = [
  ...[Symbol("x"), 1n, () => 1, Object.create(null), [Symbol("y")], { toString: null }, new Date(Number.NaN)],
  ...[Number.NaN, Infinity, -0, "", "\uD800", "__proto__", null, undefined, [], {}, true, 2 ** 53, new Map()],
  ...[{ hero: Symbol("z"), cta: "buy" }, { hero: "story", cta: Object.create(null) }, [[]], "gift", 0.5],
];

type Path = readonly (string | number)[];
const pathsOf = (value: unknown, path: Path = []): Path[] => [
  path,
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))
    : []),
];
function changed(value: unknown, [key, ...rest]: Path, odd: unknown): unknown {
  if (key === undefined) return odd;
  if (typeof value !== "object" || value === null) return value;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  copy[key] = changed(copy[key], rest, odd);
  return copy;
}

const flat = { ...decision, reward: 1 };
const mutated = (of: object) =>
  fc
    .array(fc.tuple(fc.constantFrom(...pathsOf(of)), fc.constantFrom<unknown>(...oddities)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => changes.reduce((value: unknown, [path, odd]) => changed(value, path, odd), of));

/** @returns the error's code, undefined where it works; whatever else is thrown fails the test */
function refusal(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof ExperimentError) return error.code;
    throw error;
  }
}

describe("a round that is not one", () => {
  it("is read, or refused by a typed error, by whoever takes rounds", () => {
    const seen = new Set<string | undefined>();
    fc.assert(
      fc.property(mutated(round), (given) => {
        const odd = given as typeof round;
        const parsed = refusal(() => parseBanditRounds([odd]));
        const shown = refusal(() => banditRun({ experiment, log: [odd] }));
        // What has not the shape of a round is not read either by whoever takes it past the parser.
        if (parsed !== undefined) expect(shown).toBeDefined();
        seen.add(shown);
        refusal(() => toLogLine(odd));
      }),
      { numRuns: 4_000 },
    );
    expect(seen.size).toBeGreaterThan(8);
  });

  it("is learned, or refused by a typed error, by whoever takes its decision", () => {
    const seen = new Set<string | undefined>();
    fc.assert(
      fc.property(mutated(flat), fc.constantFrom(...bandits), (given, bandit) => {
        const odd = given as typeof flat;
        seen.add(refusal(() => update(bandit, [odd])));
        refusal(() => withPropensity(bandit, odd));
        refusal(() => new RewardLedger({ windowHours: 1 }).decision(odd));
      }),
      { numRuns: 4_000 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([undefined, "unknown_action", "not_decided", "not_decided"]),
    );
  });

  it.each([
    ["a level that cannot be printed", { action: { hero: Symbol("x"), cta: "buy" } }, "wrong_type"],
    ["an action that cannot be printed", { actions: [Symbol("x")] }, "wrong_type"],
    ["a probability that is not a number", { probabilities: [1n, 0, 0, 0] }, "wrong_type"],
    ["probabilities that do not sum to 1", { probabilities: [0.5, 0.25, 0.25, 0.25] }, "probabilities_sum"],
    ["an action that appears twice", { actions: Array(4).fill(decision.actions?.[0]) }, "duplicate_key"],
    ["an action that is not its variant's", { variant: "cta=buy,hero=none" }, "not_decided"],
  ])("in a log: %s", (_, change, code) => {
    const log = [{ decision: { ...decision, ...change } as typeof decision, reward: 1 }];
    expect(refusal(() => banditRun({ experiment, log }))).toBe(code);
  });
});
