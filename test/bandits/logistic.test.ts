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
import { momentsOf } from "../../src/bandits/posterior/beliefs.js";
import type { Json } from "../../src/core/json.js";
import { randomSource } from "../../src/random/index.js";
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
    action: "ab"[i % 2]!,
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
        (row): Outcome => ({ action: "abc"[row.arm]!, reward: outcome(row), context: contextOf(row.x) }),
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
      { action: "a", reward: 1, context: { x: 0.51, plan: "paid" } },
      { action: "a", reward: 0, context: { x: 0.49, plan: "paid" } },
      { action: "a", reward: 0, context: { x: 0, plan: "none" } },
    ]);
    // Level 0; then [n, Σ r, entries, (place, sixteenths) …].
    expect(learned.sums).toEqual([[0, 1, 0, 0, 2, 1, 2, 0, 8, 2, 16], [0]]);
  });

  test("beyond the cap: whatever the order and the grouping, the same cells are left", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 300 }),
        fc.nat(),
        (cells, cut, turn) => {
          const turned = [...some.slice(turn % 300), ...some.slice(0, turn % 300)];
          const whole = update(start(cells), some);
          expect(update(start(cells), turned).sums).toEqual(whole.sums);
          const merged = mergeBandits(
            update(withSource(start(cells), "late"), turned.slice(cut)),
            update(start(cells), turned.slice(0, cut)),
          );
          expect(merged.sums).toEqual(whole.sums);
        },
      ),
      { numRuns: 20 },
    );
    const capped = update(start(20), some);
    expect(capped.sums[0]![0]).toBeGreaterThan(0);
    expect(probabilities(capped, { context: { x: 2, plan: "free" } })[1]).toBeGreaterThan(0.5);
  });

  test("a discount weighs cells down; a factor of 0 forgets them", () => {
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
      "something that is not a level",
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
