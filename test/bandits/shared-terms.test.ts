import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  addArm,
  type ContextFeature,
  createBandit,
  decide,
  linear,
  mergeBandits,
  type Outcome,
  policies,
  probabilities,
  quickDecide,
  restoreBandit,
  rewardModels,
  update,
  withSource,
} from "../../src/bandits/index.js";
import { momentsOf } from "../../src/bandits/posterior/beliefs.js";
import type { Belief } from "../../src/bandits/posterior/posterior.js";
import type { Json } from "../../src/core/json.js";
import { packSymmetric } from "../../src/linear/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { definitionOf } from "./definition.js";

interface Scores {
  readonly x: number[];
  readonly mean: number[];
  readonly covariance: number[][];
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../reference/${name}.json`, import.meta.url), "utf8"));
const reference: {
  ridge: number;
  noise: number;
  price: number[];
  rows: { arm: number; x: number[]; amount: number; success: number }[];
  linear: Scores[];
} = read("contextual");

const now = new Date("2026-11-21T12:00:00Z");
const features: ContextFeature[] = [{ kind: "numeric", field: "x1" }];
const x0: ContextFeature = { kind: "numeric", field: "x0" };
const price: ContextFeature = { kind: "numeric", field: "action.price" };
const shared: ContextFeature[] = [x0, { kind: "crossed", a: price, b: x0 }];
const attributes = Object.fromEntries(reference.price.map((price, arm) => ["abc"[arm]!, { price }]));
const contextOf = ([x0, x1]: number[]): Json => ({ x0: x0!, x1: x1! });
const outcomes = reference.rows.map(
  ({ arm, x, amount }): Outcome => ({ variant: "abc"[arm]!, reward: amount, context: contextOf(x) }),
);

/** Sample covariance of joint draws. */
function drawnCovariance(belief: Belief, draws: number): number[][] {
  if (belief.law !== "joint") throw new Error("expected joint draws");
  const random = randomSource("covariance");
  const out = new Float64Array(3);
  const products = [0, 1, 2].map(() => [0, 0, 0]);
  for (let i = 0; i < draws; i++) {
    belief.draw(random, out);
    for (let a = 0; a < 3; a++)
      for (let b = 0; b < 3; b++)
        products[a]![b]! += ((out[a]! - belief.mean[a]!) * (out[b]! - belief.mean[b]!)) / draws;
  }
  return products;
}

describe("linear Thompson with shared and own terms", () => {
  const { ridge, noise } = reference;
  const model = linear({ features, shared, attributes, ridge, noise });
  const empty = createBandit(definitionOf(3), policies, { model });
  const state = update(empty, outcomes);

  test("block elimination gives the dense joint solution: means and spreads to 1e-9, correlations in the draws", () => {
    for (const { x, mean, covariance } of reference.linear) {
      const { belief } = state.setup.model.posterior(state.sums, contextOf(x), 1);
      const moments = momentsOf(belief);
      const drawn = drawnCovariance(belief, 5000);
      for (let a = 0; a < 3; a++) {
        expect(moments.mean[a]! / mean[a]!).toBeCloseTo(1, 9);
        expect(moments.sd[a]! / Math.sqrt(covariance[a]![a]!)).toBeCloseTo(1, 9);
        for (let b = 0; b < 3; b++) {
          const [va, vb, c] = [covariance[a]![a]!, covariance[b]![b]!, covariance[a]![b]!];
          expect(Math.abs(drawn[a]![b]! - c)).toBeLessThan(4.5 * Math.sqrt((va * vb + c * c) / 5000));
        }
      }
    }
  });

  test("a wrong version is rejected: arms taken as independent given the data", () => {
    const { x, covariance } = reference.linear[2]!;
    const drawn = drawnCovariance(state.setup.model.posterior(state.sums, contextOf(x), 1).belief, 5000);
    // Independent scores would leave a sample covariance of at most 4.5 standard errors.
    const error = Math.sqrt((covariance[1]![1]! * covariance[2]![2]!) / 5000);
    expect(Math.abs(drawn[1]![2]!)).toBeGreaterThan(4.5 * error);
  });

  test("shared terms alone: the reference's probability of being best, within Monte-Carlo error", () => {
    const cases: {
      kind: string;
      features: number[][];
      mean: number[];
      cov: number[][];
      p_best: number[];
      mc_se: number;
    }[] = read("propensity").filter(({ kind }: { kind: string }) => kind === "linear_shared_mc");
    expect(cases.length).toBeGreaterThan(0);
    for (const { features: rows, mean, cov, p_best, mc_se } of cases) {
      const d = mean.length;
      const alone = linear({
        features: null,
        shared: [{ kind: "vector", field: "action.z", size: d }],
        attributes: Object.fromEntries(rows.map((z, arm) => ["abc"[arm]!, { z }])),
        ridge: 1e-9,
        noise: 1,
      });
      const start = createBandit(definitionOf(rows.length), policies, { model: alone });
      // Sums whose posterior is the case's: XᵀX is the inverse covariance, Xᵀr that times the mean.
      const precision = inverse(cov);
      const block = [
        100,
        1000,
        ...packSymmetric(precision),
        ...precision.map((row) => row.reduce((sum, entry, j) => sum + entry * mean[j]!, 0)),
      ];
      const told = { ...start, rewards: 100, sums: start.sums.map((zeros, i) => (i === 0 ? block : zeros)) };
      probabilities(told).forEach((p, arm) => {
        const error = Math.sqrt((p_best[arm]! * (1 - p_best[arm]!)) / 1024 + mc_se ** 2);
        expect(Math.abs(p - p_best[arm]!)).toBeLessThan(4.5 * error + 1 / 1024);
      });
    }
  });

  test("merged states equal the whole, order does not matter, JSON restores the same decisions", () => {
    const merged = mergeBandits(
      update(withSource(empty, "late"), outcomes.slice(40)),
      update(empty, outcomes.slice(0, 40)),
    );
    merged.sums.forEach((block, i) => {
      block.forEach((value, j) => {
        expect(value).toBeCloseTo(state.sums[i]![j]!, 9);
      });
    });
    const restored = restoreBandit(JSON.stringify(state), { ...policies, ...rewardModels });
    const request = { unitId: "u", occasion: "1", now, context: contextOf([1, 1]) };
    expect(decide(restored, request)).toEqual(decide(state, request));
  });

  test("quick decisions have the law of the vector", () => {
    const context = contextOf([-2, 1.5]);
    const vector = probabilities(state, { context });
    const n = 5000;
    const counts = [0, 0, 0];
    for (let i = 0; i < n; i++)
      counts["abc".indexOf(quickDecide(state, { unitId: `u${i}`, occasion: "q", now, context }).variant)]!++;
    vector.forEach((p, arm) => {
      const error = Math.sqrt(p * (1 - p) * (1 / n + 1 / 1024));
      expect(Math.abs(counts[arm]! / n - p)).toBeLessThan(4.5 * error + 1 / 1024);
    });
  });

  test("what shared terms teach of one action counts for another that was never played", () => {
    const random = randomSource("price");
    const cheap = linear({ features: null, shared: [price], attributes });
    const outcomes = Array.from({ length: 200 }, (_, i): Outcome => {
      const arm = i % 2;
      return { variant: "ab"[arm]!, reward: -reference.price[arm]! + 0.5 * sampleNormal(random) };
    });
    const learned = update(createBandit(definitionOf(3), policies, { model: cheap }), outcomes);
    const { mean } = momentsOf(learned.setup.model.posterior(learned.sums, null, 1).belief);
    expect(mean[2]).toBeCloseTo(-reference.price[2]!, 0);
    expect(probabilities(learned)[2]).toBeLessThan(0.01);
  });

  test("actions with the same shared features are equally likely", () => {
    const twins = linear({
      features: null,
      shared: [price],
      attributes: { a: { price: 1 }, b: { price: 1 } },
    });
    const learned = update(createBandit(definitionOf(2), policies, { model: twins }), [
      { variant: "a", reward: 3 },
    ]);
    expect(Math.abs(probabilities(learned)[0]! - 0.5)).toBeLessThan(4.5 * Math.sqrt(0.25 / 1024));
  });

  test.each<[string, () => unknown, string, (string | number)[]]>([
    [
      "an action without an attribute that a shared term reads",
      () =>
        createBandit(definitionOf(3), policies, {
          model: linear({ shared, attributes: { a: { price: 1 }, c: { price: 2 } } }),
        }),
      "missing_value",
      ["model", "attributes", "b", "price"],
    ],
    [
      "an attribute that is not a number",
      () =>
        createBandit(definitionOf(2), policies, {
          model: linear({ shared: [price], attributes: { a: { price: 1 }, b: { price: "2" } } }),
        }),
      "wrong_type",
      ["model", "attributes", "b", "price"],
    ],
    [
      "an arm added without its attribute",
      () => addArm(empty, { key: "d" }),
      "missing_value",
      ["attributes", "d", "price"],
    ],
    [
      "a context without a field that only a shared term reads",
      () =>
        probabilities(createBandit(definitionOf(3), policies, { model: linear({ shared, attributes }) }), {
          context: {},
        }),
      "missing_value",
      ["context", "x0"],
    ],
    [
      "a shared term of no known kind",
      () => linear({ shared: [{ kind: "spline" } as never] }),
      "unknown_part",
      ["shared", 0, "kind"],
    ],
    ["a ridge of 0", () => linear({ ridge: 0 }), "out_of_range", ["ridge"]],
  ])("refused: %s", (_name, act, code, path) => {
    expect(act).toThrow(expect.objectContaining({ code, path }));
  });
});

/** By Gauss–Jordan, for small matrices. */
function inverse(matrix: number[][]): number[][] {
  const d = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < d; i++) {
    const pivot = rows[i]![i]!;
    rows[i] = rows[i]!.map((value) => value / pivot);
    for (let k = 0; k < d; k++)
      if (k !== i) {
        const factor = rows[k]![i]!;
        rows[k] = rows[k]!.map((value, j) => value - factor * rows[i]![j]!);
      }
  }
  return rows.map((row) => row.slice(d));
}
