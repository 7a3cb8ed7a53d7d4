import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  type BanditState,
  type ContextFeature,
  createBandit,
  decide,
  discount,
  logistic,
  mergeBandits,
  type Outcome,
  policies,
  probabilities,
  restoreBandit,
  rewardModels,
  update,
  withSource,
} from "../../src/bandits/index.js";
import { cellCount, cellsOf } from "../../src/bandits/models/sums/reward-cells.js";
import { momentsOf } from "../../src/bandits/posterior/beliefs.js";
import type { Json } from "../../src/core/json.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { parseBanditState } from "../../src/schema/index.js";
import { fc } from "../properties.js";
import { definitionOf } from "./definition.js";

interface Scores {
  readonly x: number[];
  readonly mean: number[];
  readonly covariance: number[][];
}
const reference: {
  ridge: number;
  price: number[];
  rows: { arm: number; x: number[]; success: number }[];
  logistic: Scores[];
  separable: Scores[];
} = JSON.parse(readFileSync(new URL("../reference/contextual.json", import.meta.url), "utf8"));

const now = new Date("2026-11-21T12:00:00Z");
const features: ContextFeature[] = [{ kind: "numeric", field: "x1" }];
const x0: ContextFeature = { kind: "numeric", field: "x0" };
const price: ContextFeature = { kind: "numeric", field: "action.price" };
const shared: ContextFeature[] = [x0, { kind: "crossed", a: price, b: x0 }];
const attributes = Object.fromEntries(reference.price.map((price, arm) => ["abc"[arm]!, { price }]));
const contextOf = ([x0, x1]: number[]): Json => ({ x0: x0!, x1: x1! });
const logOdds = (p: number) => Math.log(p / (1 - p));

const plain: ContextFeature[] = [
  { kind: "numeric", field: "x" },
  { kind: "categorical", field: "plan", levels: ["free", "paid"] },
];
const start = (cells = 4096) =>
  createBandit(definitionOf(2), policies, { model: logistic({ features: plain, cells }) });
const random = randomSource("cells");
const some = Array.from({ length: 300 }, (_, i): Outcome => {
  const x = 3 * (2 * random.next() - 1);
  return {
    variant: "ab"[i % 2]!,
    reward: random.next() < 1 / (1 + Math.exp(i % 2 ? -x : x)) ? 1 : 0,
    context: { x, plan: random.next() < 0.3 ? "paid" : "free" },
  };
});

describe("logistic Thompson", () => {
  const state = (outcome: (row: (typeof reference.rows)[number]) => number): BanditState =>
    update(
      createBandit(definitionOf(3), policies, {
        model: logistic({ features, shared, attributes, ridge: reference.ridge }),
      }),
      reference.rows.map(
        (row): Outcome => ({ variant: "abc"[row.arm]!, reward: outcome(row), context: contextOf(row.x) }),
      ),
    );

  test.each([
    ["NumPy's Newton on all rows", reference.logistic, ({ success }: { success: number }) => success],
    [
      "an arm of nothing but successes, which the prior alone holds",
      reference.separable,
      ({ success, arm }: { success: number; arm: number }) => (arm === 0 ? 1 : success),
    ],
  ] as const)("mode and Laplace's spread agree with %s", (_name, expected, outcome) => {
    const { setup, sums } = state(outcome);
    for (const { x, mean, covariance } of expected) {
      const { belief } = setup.model.posterior(sums, contextOf(x), 1);
      // Both are told through the link: sd = spread · p (1 − p) at the mode.
      const sharp = momentsOf(setup.model.posterior(sums, contextOf(x), 1e12).belief).mean;
      const { sd } = momentsOf(belief);
      for (let arm = 0; arm < 3; arm++) {
        expect(Math.abs(logOdds(sharp[arm]!) - mean[arm]!)).toBeLessThan(1e-6);
        const slope = sharp[arm]! * (1 - sharp[arm]!);
        expect(sd[arm]! / (slope * Math.sqrt(covariance[arm]![arm]!))).toBeCloseTo(1, 5);
      }
    }
  });

  test("a wrong version is rejected: maximum likelihood, which leaves the prior out", () => {
    const wrong = createBandit(definitionOf(3), policies, {
      model: logistic({ features, shared, attributes, ridge: 1e-6 }),
    });
    const { sums } = state(({ success }) => success);
    const { x, mean } = reference.logistic[2]!;
    const told = momentsOf(wrong.setup.model.posterior(sums.slice(), contextOf(x), 1e12).belief).mean;
    expect(Math.max(...mean.map((score, arm) => Math.abs(score - logOdds(told[arm]!))))).toBeGreaterThan(0.1);
  });

  test("learns which arm suits which context", () => {
    const learned = update(start(), some);
    expect(probabilities(learned, { context: { x: 2, plan: "free" } })[1]).toBeGreaterThan(0.99);
    expect(probabilities(learned, { context: { x: -2, plan: "free" } })[0]).toBeGreaterThan(0.99);
  });

  test("all failures, all successes and no rewards at all leave finite beliefs", () => {
    for (const reward of [0, 1]) {
      const learned = update(
        start(),
        some.map((outcome) => ({ ...outcome, reward })),
      );
      const { mean, sd } = momentsOf(
        learned.setup.model.posterior(learned.sums, { x: 9, plan: "paid" }, 1).belief,
      );
      expect([...Array.from(mean), ...Array.from(sd)].every(Number.isFinite)).toBe(true);
    }
    expect(probabilities(start(), { context: { x: 0, plan: "free" } })[0]).toBeCloseTo(0.5, 6);
  });
});

describe("cells of rewards", () => {
  test("contexts that round alike are one cell; categories are exact", () => {
    const learned = update(start(), [
      { variant: "a", reward: 1, context: { x: 0.51, plan: "paid" } },
      { variant: "a", reward: 0, context: { x: 0.49, plan: "paid" } },
      { variant: "a", reward: 0, context: { x: 0, plan: "none" } },
    ]);
    // Nothing folded; then [n, Σ r, entries, (place, sixteenths) …].
    expect(learned.sums).toEqual([[0, 1, 0, 0, 2, 1, 2, 0, 8, 2, 16], [0]]);
  });

  test("beyond the cap it goes on learning: every reward counts, in any order of a batch and of a merge", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 300 }),
        fc.nat(),
        (cells, cut, turn) => {
          const turned = [...some.slice(turn % 300), ...some.slice(0, turn % 300)];
          const whole = update(start(cells), some);
          expect(update(start(cells), turned).sums).toEqual(whole.sums);
          const [late, early] = [
            update(withSource(start(cells), "late"), turned.slice(cut)),
            update(start(cells), turned.slice(0, cut)),
          ];
          const merged = mergeBandits(late, early);
          expect(mergeBandits(early, late).sums).toEqual(merged.sums);
          expect(merged.sums.map(cellCount)).toEqual([150, 150]);
          expect(merged.sums.every((block) => cellsOf(block).cells.size <= cells)).toBe(true);
          const restored = restoreBandit(JSON.stringify(merged), { ...policies, ...rewardModels });
          const context = { x: 1, plan: "paid" };
          expect(probabilities(restored, { context })).toEqual(probabilities(merged, { context }));
        },
      ),
      { numRuns: 20 },
    );
  });

  test("beyond the cap beliefs stay near those from all cells: in a stream, and merged from two", () => {
    const names = Array.from({ length: 8 }, (_, i) => `x${i}`);
    const eight = (cells: number) =>
      createBandit(definitionOf(2), policies, {
        model: logistic({ features: names.map((field) => ({ kind: "numeric", field })), cells }),
      });
    const chance = randomSource("eight");
    const draw = () => names.map(() => sampleNormal(chance));
    const truth = [0, 1].map(() => draw().map((each) => 0.5 * each));
    const data = Array.from({ length: 4000 }, (_, i): Outcome => {
      const x = draw();
      const score = truth[i % 2]!.reduce((sum, each, j) => sum + each * x[j]!, -1);
      return {
        variant: "ab"[i % 2]!,
        reward: chance.next() < 1 / (1 + Math.exp(-score)) ? 1 : 0,
        context: Object.fromEntries(names.map((name, j) => [name, x[j]!])),
      };
    });
    const stream = (state: BanditState, list: readonly Outcome[]) => {
      let learned = state;
      for (let i = 0; i < list.length; i += 200) learned = update(learned, list.slice(i, i + 200));
      return learned;
    };
    const exact = update(eight(1e6), data);
    const folded = stream(eight(500), data);
    const merged = mergeBandits(
      stream(withSource(eight(500), "late"), data.slice(2000)),
      stream(eight(500), data.slice(0, 2000)),
    );
    // A wrong version: what is beyond the cap is not learned.
    const stopped = update(eight(1e6), data.slice(0, 1000));
    const beliefs = ({ setup, sums }: BanditState, context: Json) =>
      momentsOf(setup.model.posterior(sums, context, 1).belief);
    const gap = (state: BanditState) => {
      let [far, wide] = [0, 0];
      for (const { context = null } of data.slice(0, 100)) {
        const [one, other] = [beliefs(exact, context), beliefs(state, context)];
        for (const arm of [0, 1]) {
          far = Math.max(far, Math.abs(one.mean[arm]! - other.mean[arm]!) / one.sd[arm]!);
          wide = Math.max(wide, Math.abs(Math.log(other.sd[arm]! / one.sd[arm]!)));
        }
      }
      return { far, wide };
    };
    for (const state of [folded, merged]) {
      expect(state.rewards).toBe(4000);
      expect(state.sums.every(([length]) => length! > 0)).toBe(true);
      expect(gap(state).far).toBeLessThan(0.3);
      expect(gap(state).wide).toBeLessThan(0.1);
    }
    expect(gap(stopped).far).toBeGreaterThan(1);
    expect(gap(stopped).wide).toBeGreaterThan(0.3);
  });

  test("a discount weighs cells and what is folded down; a factor of 0 forgets them", () => {
    const capped = update(start(20), some);
    expect(discount(capped, 0.5).sums[0]!.slice(1)).toEqual(capped.sums[0]!.slice(1).map((each) => each / 2));
    expect(discount(capped, 0.5).sums.map(cellCount)).toEqual([75, 75]);
    expect(discount(capped, 0).sums).toEqual([[0], [0]]);
    const learned = update(start(), some);
    expect(discount(learned, 0.5).sums[0]![1]).toBe(learned.sums[0]![1]! / 2);
    expect(discount(learned, 0).sums).toEqual([[0], [0]]);
  });

  test("JSON restores the same decisions, through the schema", () => {
    const learned = update(start(), some);
    const restored = restoreBandit(parseBanditState(JSON.parse(JSON.stringify(learned))), {
      ...policies,
      ...rewardModels,
    });
    const request = { unitId: "u", occasion: "1", now, context: { x: 0.1, plan: "free" } };
    expect(decide(restored, request)).toEqual(decide(learned, request));
  });

  test.each<[string, (block: number[]) => void, number]>([
    [
      "a length of what is folded that is not one",
      (block) => {
        block[0] = 0.5;
      },
      0,
    ],
    [
      "a negative count",
      (block) => {
        block[1] = -1;
      },
      1,
    ],
    [
      "more successes than rewards",
      (block) => {
        block[2] = block[1]! + 1;
      },
      2,
    ],
    [
      "more entries than features",
      (block) => {
        block[3] = 9;
      },
      3,
    ],
    [
      "something that is not a place",
      (block) => {
        block[4] = 7;
      },
      4,
    ],
    [
      "a count that is null",
      (block) => {
        block[1] = null as never;
      },
      1,
    ],
    [
      "a code that is text",
      (block) => {
        block[5] = "3" as never;
      },
      5,
    ],
    [
      "a code of zero",
      (block) => {
        block[5] = 0;
      },
      5,
    ],
    [
      "a block that is cut short",
      (block) => {
        block.length = 5;
      },
      3,
    ],
  ])("refused: %s", (name, harm, place) => {
    const json = JSON.parse(JSON.stringify(update(start(), some.slice(0, 10))));
    harm(json.sums[0]);
    expect(() => restoreBandit(json, { ...policies, ...rewardModels })).toThrow(
      expect.objectContaining({
        code: /null|text/.test(name) ? "wrong_type" : "out_of_range",
        path: ["sums", 0, place],
      }),
    );
  });

  test.each<[string, () => unknown, string]>([
    ["a cap of 0", () => logistic({ cells: 0 }), "cells"],
    ["a ridge of 0", () => logistic({ ridge: 0 }), "ridge"],
  ])("refused: %s", (_name, act, key) => {
    expect(act).toThrow(expect.objectContaining({ code: "out_of_range", path: [key] }));
  });
});
