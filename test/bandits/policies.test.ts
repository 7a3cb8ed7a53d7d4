import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  bernoulli,
  bestArm,
  createBandit,
  epsilonGreedy,
  factorial,
  linear,
  normal,
  type Policy,
  policies,
  probabilities,
  quickDecide,
  sharpened,
  softmax,
  topTwo,
  ucb,
  update,
} from "../../src/bandits/index.js";
import type { Sharpest } from "../../src/bandits/policies/sharpness-limits.js";
import { randomSource } from "../../src/random/index.js";
import { definitionOf } from "./definition.js";

const reference: { kind: string; alpha: number[]; beta: number[]; top_two_half: number[] }[] = JSON.parse(
  readFileSync(new URL("../reference/propensity.json", import.meta.url), "utf8"),
);

/** A policy's vector over Beta posteriors given as [wins, losses] under a Beta(1, 1) prior. */
const vectorOf = (policy: Policy, sums: readonly (readonly number[])[], rewards = 0) =>
  policy.probabilities({
    eligible: [...sums.keys()],
    shares: sums.map(() => 1 / sums.length),
    rewards,
    sharpest: {},
    seed: "",
    posterior: (sharpness = 1) => bernoulli().posterior(sums, null, sharpness),
  });

const twoFactors = ["a", "b"].map((key) => ({
  key,
  payload: null,
  action: { x: key, y: key },
  share: 0.5,
  status: "live" as const,
}));

describe("policies", () => {
  test("top-two agrees with the reference to 1e-6", () => {
    // Two rows of the reference lose the challenger's share to rounding (1 − p at p ≈ 1) and do not sum to 1.
    const whole = (vector: readonly number[]) => Math.abs(vector.reduce((sum, p) => sum + p, -1)) < 1e-9;
    const rows = reference.filter(({ kind, top_two_half }) => kind === "beta" && whole(top_two_half));
    expect(rows.length).toBe(17);
    for (const { alpha, beta, top_two_half } of rows) {
      const vector = vectorOf(
        topTwo({ share: 0.5 }),
        alpha.map((a, i) => [a - 1, beta[i]! - 1]),
      );
      vector.forEach((p, i) => {
        expect(Math.abs(p - top_two_half[i]!)).toBeLessThan(1e-6);
      });
    }
  });

  test("ε-greedy, softmax and UCB by hand", () => {
    // Posterior means 3/4, 1/2 and 1/2.
    const sums = [
      [2, 0],
      [0, 0],
      [1, 1],
    ];
    expect(vectorOf(epsilonGreedy({ epsilon: 0.3 }), sums).map((p) => p.toFixed(9))).toEqual(
      [0.8, 0.1, 0.1].map((p) => p.toFixed(9)),
    );
    const odds = vectorOf(softmax({ temperature: 0.25 }), sums);
    expect(odds[0]! / odds[1]!).toBeCloseTo(Math.E, 9);
    expect(odds[1]).toBe(odds[2]);
    // Beta(3, 1) has sd √(3/80), Beta(1, 1) √(1/12): at width 3 the untried arm leads, at 0.1 the good one.
    expect(vectorOf(ucb({ width: 3 }), sums)).toEqual([0, 1, 0]);
    expect(vectorOf(ucb({ width: 0.1 }), sums)).toEqual([1, 0, 0]);
    expect(
      vectorOf(ucb(), [
        [0, 0],
        [0, 0],
      ]),
    ).toEqual([0.5, 0.5]);
  });

  test("sharpened is Thompson at the start and leans further to the leader as the horizon nears", () => {
    const sums = [
      [30, 170],
      [36, 164],
      [25, 175],
    ];
    const at = (rewards: number) => vectorOf(sharpened({ horizon: 1000 }), sums, rewards);
    expect(at(0)).toEqual(vectorOf(policies.thompson(), sums).map((p) => expect.closeTo(p, 12)));
    expect(at(300)[1]).toBeGreaterThan(at(0)[1]! + 0.02);
    expect(at(900)[1]).toBeGreaterThan(at(300)[1]!);
    expect(at(2000)).toEqual(at(1000));
  });

  test("an opening that the model names holds for a tenth of the horizon and is gone after a fifth", () => {
    const at = (rewards: number, opening: number, settings = {}) =>
      sharpened({ horizon: 1000, ...settings }).sharpness!(
        { rewards, sharpest: { opening } },
        randomSource("none"),
      );
    expect([0, 50, 100, 150, 200, 1000].map((rewards) => at(rewards, 3))).toEqual(
      [3, 3, 3, 2, 1.6, 4].map((each) => expect.closeTo(each, 12)),
    );
    expect(at(0, 1)).toBe(1);
    expect(at(0, 3, { opening: 1 })).toBe(1);
    expect(at(0, 3, { start: 10, most: 300 })).toBe(10);
    expect(factorial().bind!(twoFactors).sharpest!()).toEqual({ opening: 4 });
    expect(
      factorial().bind!(twoFactors.map((arm) => ({ ...arm, action: { variant: arm.key } }))).sharpest,
    ).toBe(undefined);
  });

  test("a model that reads a context names how sharp the end may be; settings overrule it", () => {
    const end = (sharpest: Sharpest, settings = {}) =>
      sharpened({ horizon: 1000, ...settings }).sharpness!({ rewards: 1000, sharpest }, randomSource("none"));
    expect(end({})).toBe(4);
    expect(end({ most: 10 })).toBe(10);
    expect(end({ most: 10 }, { most: 5 })).toBe(5);
    expect(end({}, { start: 6 })).toBe(6);
    const arms = definitionOf(2).variants.map(({ key }) => key);
    const live = arms.map((key) => ({
      key,
      payload: null,
      action: { variant: key },
      share: 0.5,
      status: "live" as const,
    }));
    expect(linear({ features: [{ kind: "numeric", field: "x" }] }).bind!(live).sharpest!()).toEqual({
      most: 10,
    });
    expect(linear().bind!(live).sharpest).toBe(undefined);
  });

  test("best-arm identification stops when one arm is the best with the asked probability", () => {
    const start = createBandit(definitionOf(3, "topTwo"), policies);
    expect(bestArm(start)).toMatchObject({ stop: false });
    const wins = (n: number) => [
      ...Array.from({ length: n }, (_, i) => ({ variant: "b", reward: i % 2 })),
      ...Array.from({ length: n }, (_, i) => ({ variant: "a", reward: i % 4 ? 0 : 1 })),
      ...Array.from({ length: n }, (_, i) => ({ variant: "c", reward: i % 5 ? 0 : 1 })),
    ];
    const state = update(start, wins(100));
    const best = bestArm(state, { rule: "posterior" });
    expect(best).toMatchObject({ arm: "b", runnerUp: "a", stop: true });
    expect(best.lead).toBeCloseTo(51 / 102 - 26 / 102, 12);
    expect(bestArm(update(start, wins(8)), { rule: "posterior", confidence: 0.99 }).stop).toBe(false);
  });

  test("normal rewards: neither their unit nor their level matters", () => {
    const rewards = [3, 5, 4, 7, 9, 8, 2, 2, 3];
    const state = (scale: number, shift: number) =>
      update(
        createBandit(definitionOf(3), policies, { model: normal() }),
        rewards.map((reward, i) => ({ variant: "abc"[i % 3]!, reward: scale * reward + shift })),
      );
    const plain = probabilities(state(1, 0));
    probabilities(state(1000, 5e6)).forEach((p, i) => {
      expect(p).toBeCloseTo(plain[i]!, 6);
    });
  });

  test.each<[string, () => unknown, string, string[]]>([
    ["topTwo share 1", () => topTwo({ share: 1 }), "out_of_range", ["share"]],
    ["ε of 2", () => epsilonGreedy({ epsilon: 2 }), "out_of_range", ["epsilon"]],
    ["temperature 0", () => softmax({ temperature: 0 }), "out_of_range", ["temperature"]],
    ["width NaN", () => ucb({ width: Number.NaN }), "not_finite", ["width"]],
    ["horizon −1", () => sharpened({ horizon: -1 }), "out_of_range", ["horizon"]],
    ["an opening below 1", () => sharpened({ opening: 0.5 }), "out_of_range", ["opening"]],
    ["sharpness below 1", () => sharpened({ most: 0.5 }), "out_of_range", ["most"]],
    ["no end to sharpness", () => sharpened({ start: 1 / 0 }), "not_finite", ["start"]],
    [
      "confidence 1",
      () => bestArm(createBandit(definitionOf(2), policies), { confidence: 1 }),
      "out_of_range",
      ["confidence"],
    ],
    [
      "a quick draw under ε-greedy",
      () =>
        quickDecide(createBandit(definitionOf(2, "epsilonGreedy"), policies), {
          unitId: "u",
          occasion: "",
          now: new Date(0),
        }),
      "no_quick_draw",
      ["policy"],
    ],
    ["a prior mean that is not finite", () => normal({ mean: 1 / 0 }), "not_finite", ["mean"]],
  ])("refused: %s", (_name, act, code, path) => {
    expect(act).toThrow(expect.objectContaining({ code, path }));
  });
});
