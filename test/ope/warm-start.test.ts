import { describe, expect, it } from "vitest";
import {
  bernoulli,
  createBandit,
  linear,
  normal,
  type RewardModel,
  rewardModels,
  thompson,
  update,
} from "../../src/bandits/index.js";
import { defineExperiment } from "../../src/index.js";
import { type LoggedChoice, warmStart } from "../../src/ope/index.js";
import { randomSource } from "../../src/random/index.js";
import { errorsOf } from "../errors/errors-of.js";

const experiment = defineExperiment({
  ...{ key: "offer", unit: "id", control: "a", policy: "thompson" },
  variants: { a: null, b: null, c: null },
});
const start = (model: RewardModel = bernoulli()) => createBandit(experiment, { thompson }, { model });

/** The old buy more, and are given b; a and b earn the same, 0.4 on average. */
function confounded(n: number): LoggedChoice[] {
  const random = randomSource("confounded");
  return Array.from({ length: n }, () => {
    const old = random.next() < 0.5;
    const action = random.next() < (old ? 0.9 : 0.2) ? "b" : "a";
    const propensity = old ? (action === "b" ? 0.9 : 0.1) : action === "b" ? 0.2 : 0.8;
    return { action, reward: random.next() < (old ? 0.7 : 0.1) ? 1 : 0, propensity, context: { old } };
  });
}
/** An even draw of three arms, with their chances. */
function even(n: number): LoggedChoice[] {
  const random = randomSource("even");
  return Array.from({ length: n }, () => {
    const at = Math.floor(random.next() * 3);
    const reward = random.next() < [0.2, 0.3, 0.6][at]! ? 1 : 0;
    return { action: ["a", "b", "c"][at]!, reward, propensity: 1 / 3, context: { x: random.next() } };
  });
}

describe("warmStart", () => {
  it("learns an even draw as if the bandit had played it, with every model", () => {
    const log = even(600);
    for (const [name, make] of Object.entries(rewardModels)) {
      if (["categorical", "robustBernoulli", "robustPoisson"].includes(name)) continue;
      const model = make();
      const { state, weighted, arms } = warmStart({ state: start(model), log });
      const played = update(
        start(model),
        log.map(({ action, reward, context }) => ({
          variant: action as "a",
          reward: reward!,
          context: context!,
        })),
      );
      expect([name, weighted, state.rewards]).toEqual([name, false, 0]);
      for (const [i, block] of played.sums.entries())
        for (const [j, each] of block.entries()) expect(state.sums[i]![j]).toBeCloseTo(each, 9);
      expect(arms.map(({ status }) => status)).toEqual(["ok", "ok", "ok"]);
      expect(arms.reduce((sum, { effectiveSize }) => sum + effectiveSize, 0)).toBeCloseTo(600, 9);
    }
  });

  it("weighs rounds whose chances followed the contexts: the plain sums would prefer who was given what", () => {
    const log = confounded(6000);
    const { state, weighted, arms } = warmStart({ state: start(), log });
    expect(weighted).toBe(true);
    const means = state.sums.slice(0, 2).map(([wins, losses]) => wins! / (wins! + losses!));
    for (const mean of means) expect(Math.abs(mean - 0.4)).toBeLessThan(0.05);
    const plain = ["a", "b"].map((arm) => {
      const own = log.filter(({ action }) => action === arm);
      return own.reduce((sum, { reward }) => sum + reward!, 0) / own.length;
    });
    expect(plain[1]! - plain[0]!).toBeGreaterThan(0.3);
    // The block counts as its effective size, which is less than the rounds.
    for (const [k, { effectiveSize, rounds }] of arms.slice(0, 2).entries()) {
      expect(effectiveSize).toBeLessThan(0.8 * rounds);
      expect(state.sums[k]![0]! + state.sums[k]![1]!).toBeCloseTo(effectiveSize, 6);
    }
    expect(arms[2]).toMatchObject({ status: "undefined", reason: expect.stringContaining("never played") });
    expect(state.sums[2]).toEqual([0, 0]);
  });

  it("lets plain sums be where no round has a context, however the chances moved", () => {
    const random = randomSource("moving");
    const log = Array.from({ length: 300 }, (_, i): LoggedChoice => {
      const chance = i < 150 ? 0.5 : 0.9;
      const action = random.next() < chance ? "a" : "b";
      return { action, reward: 1, propensity: action === "a" ? chance : 1 - chance };
    });
    const { weighted, state } = warmStart({ state: start(), log });
    expect(weighted).toBe(false);
    expect(state.sums[0]![0]! + state.sums[1]![0]!).toBeCloseTo(300, 9);
  });

  it("caps what the log counts for, and leaves arms that are too thin without a start", () => {
    const log = [...even(300).filter(({ action }) => action !== "c"), ...even(9).slice(0, 1)].map(
      (row, i, all) => (i === all.length - 1 ? { ...row, action: "c" } : row),
    );
    const { state, arms } = warmStart({ state: start(), log, most: 20 });
    expect(arms[2]).toMatchObject({
      rounds: 1,
      status: "undefined",
      reason: expect.stringContaining("too few"),
    });
    expect(state.sums.map((block) => block[0]! + block[1]!)).toEqual([
      expect.closeTo(20, 9),
      expect.closeTo(20, 9),
      0,
    ]);
  });

  it("starts nothing from a log that cannot be believed, or left nothing to chance", () => {
    const lied = confounded(3000).map((row) => ({
      ...{ ...row, propensity: 0.5 },
      probabilities: { a: 0.5, b: 0.5 },
    }));
    const skewed = lied.filter(({ action }, i) => action === "a" || i % 3 === 0);
    const certain = confounded(300).map((row) => ({ ...row, propensity: 1 }));
    for (const [log, reason] of [
      [skewed, "not served as often"],
      [certain, "chosen with certainty"],
    ] as const) {
      const cold = start();
      const { state, arms } = warmStart({ state: cold, log });
      expect(state).toBe(cold);
      expect(arms[0]).toMatchObject({ status: "undefined", reason: expect.stringContaining(reason) });
    }
  });

  it("names each mistake at its row", () => {
    const wrong = (rows: readonly unknown[], model?: RewardModel) =>
      errorsOf(() => warmStart({ state: start(model), log: rows as LoggedChoice[] })).map(
        ({ code, path }) => [code, path.join(".")],
      );
    const [good] = even(1);
    expect(wrong([good, { ...good, action: "z" }])).toEqual([["unknown_action", "log.1.action"]]);
    expect(wrong([good, { ...good, reward: 3 }])).toEqual([["reward_unsupported", "log.1.reward"]]);
    expect(wrong([good, { ...good, reward: 3 }], normal())).toEqual([]);
    expect(wrong([{ ...good, propensity: 0 }])).toEqual([["out_of_range", "log.0.propensity"]]);
    const reading = linear({ features: [{ kind: "numeric", field: "age" }] });
    expect(wrong([good], reading)[0]).toEqual(["missing_value", "log.0.context.age"]);
    expect(wrong([])).toEqual([["empty_data", "log"]]);
  });
});
