import { describe, expect, it } from "vitest";
import {
  policyValue,
  type TargetRounds,
  type ValueEstimatorChoice,
  type ValueEstimatorName,
} from "../../src/ope/index.js";
import { valueEstimators } from "../../src/ope/value/estimators/index.js";
import type { ValueEstimator } from "../../src/ope/value/estimators/value-estimator.js";
import { type RandomSource, randomSource } from "../../src/random/index.js";
import { errorsOf } from "../errors/errors-of.js";

const names = Object.keys(valueEstimators) as ValueEstimatorName[];
const rates = [0.1, 0.2, 0.4];
/** What the policy plays, and what it is worth. */
const target = [0.2, 0.3, 0.5];
const worth = rates.reduce((sum, rate, i) => sum + rate * target[i]!, 0);
/** A model that is wrong in every arm. */
const believed = [0.3, 0.1, 0.3];

/** Rounds of a log that plays the arms by shares that it knows. */
function logOf(random: RandomSource, n: number, shares: readonly number[]): Required<TargetRounds> {
  const rounds = Array.from({ length: n }, (_, unit) => {
    let rest = random.next();
    let arm = 0;
    while (arm < 2 && (rest -= shares[arm]!) >= 0) arm += 1;
    return { arm, reward: random.next() < rates[arm]! ? 1 : 0, unit };
  });
  const expected = believed.reduce((sum, each, i) => sum + each * target[i]!, 0);
  return {
    rewards: rounds.map(({ reward }) => reward),
    propensities: rounds.map(({ arm }) => shares[arm]!),
    targets: rounds.map(({ arm }) => target[arm]!),
    predicted: rounds.map(({ arm }) => believed[arm]!),
    expected: rounds.map((_, i) => expected + (i % 2 ? 0.02 : -0.02)),
    units: rounds.map(({ unit }) => unit),
  };
}
const shares = [0.5, 0.3, 0.2];
const log = logOf(randomSource("laws"), 2000, shares);
const map = (
  rounds: Required<TargetRounds>,
  columns: (keyof TargetRounds)[],
  change: (x: number) => number,
) => ({
  ...rounds,
  ...Object.fromEntries(columns.map((name) => [name, Array.from(rounds[name] as number[], change)])),
});
const ask = (rounds: TargetRounds, estimator: ValueEstimatorChoice) =>
  policyValue(rounds, { estimators: [estimator] }).estimates[0]!;

// The family's conformance: every estimator keeps these laws, told its setting by nobody.
describe.each(names)("%s", (name) => {
  const estimator: ValueEstimator = valueEstimators[name];
  const { setting, value, gain } = ask(log, name);

  it("gives a value, its gain over the log, and intervals around them", () => {
    for (const each of [value, gain]) {
      if (each.status !== "ok") throw new Error(each.reason);
      expect(each.method).toBe(name);
      expect(each.interval[0]).toBeLessThan(each.value);
      expect(each.interval[1]).toBeGreaterThan(each.value);
    }
    expect((value.value as number) - (gain.value as number)).toBeCloseTo(
      policyValue(log, { estimators: [name] }).logged,
      12,
    );
  });

  it("does not depend on the order of the rounds", () => {
    const order = Array.from(log.rewards, (_, i) => i).reverse();
    const turned = Object.fromEntries(
      Object.entries(log).map(([column, values]) => [column, order.map((i) => values[i]!)]),
    ) as unknown as TargetRounds;
    expect(ask(turned, name).value.value).toBeCloseTo(value.value as number, 12);
  });

  it("is as large as its rewards: a change of unit changes it alike", () => {
    const scaled = ask(
      map(log, ["rewards", "predicted", "expected"], (x) => 250 * x),
      name,
    ).value;
    if (scaled.status !== "ok" || value.status !== "ok") throw new Error("refused");
    expect(scaled.value).toBeCloseTo(250 * value.value, 9);
    expect(scaled.standardError).toBeCloseTo(250 * value.standardError, 9);
  });

  it("counts a unit once, however often its rounds are told", () => {
    const twice = Object.fromEntries(
      Object.entries(log).map(([column, values]) => [
        column,
        [...(values as number[]), ...(values as number[])],
      ]),
    ) as unknown as TargetRounds;
    // A setting that is chosen from the data may be another one on two copies of them.
    const { setting: own } = estimator;
    const choice = (own ? { name, [own.name]: own.grid(4)[2]! } : name) as ValueEstimatorChoice;
    const [once, told] = [ask(log, choice).value, ask(twice, choice).value];
    if (once.status !== "ok" || told.status !== "ok") throw new Error("refused");
    expect(told.standardError / once.standardError).toBeCloseTo(1, 3);
    const { units: _, ...alone } = twice;
    const wrong = ask(alone, choice).value;
    expect(wrong.status === "ok" && wrong.standardError / once.standardError).toBeCloseTo(Math.SQRT1_2, 3);
  });

  it("leaves weights as they are at the setting of least bias", () => {
    const least = estimator.setting?.least ?? 0;
    if (estimator.model === "alone") expect(estimator.weight(3, least)).toBe(0);
    else for (const w of [0, 0.3, 1, 40]) expect(estimator.weight(w, least)).toBe(w);
  });

  it("holds weights down more from step to step of its grid, and never turns them round", () => {
    const grid = estimator.setting?.grid(40) ?? [];
    const held = grid.map((each) => estimator.weight(40, each));
    expect(held.toSorted((a, b) => b - a)).toEqual(held);
    for (const w of held) expect(w).toBeGreaterThanOrEqual(0);
    expect(setting === null || grid.length > 0).toBe(true);
  });

  it("refuses a log that hardly plays what the policy plays, with the reason and no interval", () => {
    const { value: refused } = ask(
      map(log, ["targets"], (x) => (x === 0.5 ? 0 : x)),
      name,
    );
    if (estimator.model === "alone") expect(refused.status).toBe("ok");
    else
      expect(refused).toMatchObject({
        status: "undefined",
        reason: expect.stringContaining("do not average 1"),
      });
  });

  it("covers the truth as often as it says, a wrong model or not", () => {
    if (estimator.model === "alone")
      return expect(value.status === "ok" && value.flags).toEqual(["model_only"]);
    const runs = 200;
    let inside = 0;
    for (let run = 0; run < runs; run++) {
      const found = ask(logOf(randomSource(`cover ${run}`), 600, shares), name).value;
      if (found.status === "ok" && found.interval[0] <= worth && worth <= found.interval[1]) inside += 1;
    }
    const error = Math.sqrt((0.95 * 0.05) / runs);
    expect(inside / runs).toBeGreaterThan(0.95 - 4.5 * error);
    // The bias that a chosen setting may have widens its interval.
    if (!estimator.setting?.tuned) expect(inside / runs).toBeLessThan(0.95 + 4.5 * error);
  });
});

describe("policyValue", () => {
  it("knows how a self-normalized estimate varies; with the mean weight taken as given it does not", () => {
    // Rewards of a large common size: all that varies is the mean weight, and SNIPS divides by it.
    const high = map(log, ["rewards"], (x) => 100 + x);
    const [snips, ips] = policyValue(high, { estimators: ["snips", "ips"] }).estimates;
    const [own, wrong] = [snips!.value, ips!.value];
    if (own.status !== "ok" || wrong.status !== "ok") throw new Error("refused");
    expect(own.standardError).toBeLessThan(0.05);
    expect(wrong.standardError).toBeGreaterThan(1);
  });

  it("refuses a log of which a handful of rounds says it all", () => {
    const rewards = Array.from({ length: 10_000 }, () => 0);
    const propensities = rewards.map((_, i) => (i < 2 ? 1e-4 : 0.9999));
    const targets = rewards.map((_, i) => (i < 2 ? 0.9 : 0.1));
    const { estimates, overlap } = policyValue({ rewards, propensities, targets });
    expect(overlap.effectiveSize).toBeLessThan(3);
    for (const { value, gain } of estimates)
      for (const each of [value, gain])
        expect(each).toMatchObject({
          status: "undefined",
          reason: expect.stringContaining("too few rounds"),
        });
  });

  it("refuses a log that left nothing to chance, unless the policy does what it did", () => {
    const rewards = log.rewards;
    const propensities = Array.from(rewards, () => 1);
    const same = policyValue({ rewards, propensities, targets: propensities }, { estimators: ["ips"] });
    expect(same.estimates[0]?.value.status).toBe("ok");
    const other = policyValue({ rewards, propensities, targets: propensities.map((_, i) => i % 2) });
    expect(other.estimates[0]?.value).toMatchObject({
      status: "undefined",
      reason: expect.stringContaining("with certainty"),
    });
  });

  it("says that nothing varies instead of ± 0", () => {
    const still = map(log, ["rewards"], () => 0);
    expect(policyValue(still, { estimators: ["ips"] }).estimates[0]?.value.status).toBe("degenerate");
  });

  it("draws the same intervals from the same seed", () => {
    const once = () => policyValue(log, { random: randomSource("a"), replicates: 99 });
    expect(once()).toEqual(once());
  });

  it("names each mistake at its place", () => {
    const wrong = (change: Partial<TargetRounds>, options = {}) =>
      errorsOf(() => policyValue({ ...log, ...change }, options)).map(({ code, path }) => [
        code,
        path.join("."),
      ]);
    const at = (values: ArrayLike<number>, i: number, value: unknown) =>
      Array.from(values, (each, j) => (j === i ? value : each)) as number[];
    expect(wrong({ propensities: at(log.propensities, 7, 0) })).toEqual([
      ["out_of_range", "rounds.propensities.7"],
    ]);
    expect(wrong({ propensities: at(log.propensities, 7, 1.2) })).toEqual([
      ["out_of_range", "rounds.propensities.7"],
    ]);
    expect(wrong({ propensities: at(log.propensities, 7, undefined) })).toEqual([
      ["missing_value", "rounds.propensities.7"],
    ]);
    expect(wrong({ targets: at(log.targets, 3, -0.1) })).toEqual([["out_of_range", "rounds.targets.3"]]);
    expect(wrong({ rewards: at(log.rewards, 3, Number.NaN) })).toEqual([["not_finite", "rounds.rewards.3"]]);
    expect(wrong({ rewards: at(log.rewards, 3, 2) }, { support: [0, 1] })).toEqual([
      ["out_of_range", "rounds.rewards.3"],
    ]);
    expect(wrong({ targets: [0.5] })).toEqual([["wrong_length", "rounds.targets"]]);
    const { predicted: _, ...unmodelled } = log;
    expect(errorsOf(() => policyValue(unmodelled, { estimators: ["dr"] })).map(({ path }) => path)).toEqual([
      ["rounds", "predicted"],
    ]);
    expect(wrong({}, { estimators: [{ name: "snips", clip: 3 }] })[0]?.[0]).toBe("unknown_key");
    expect(wrong({}, { estimators: [{ name: "ips", clip: 0 }] })[0]?.[0]).toBe("out_of_range");
  });
});
