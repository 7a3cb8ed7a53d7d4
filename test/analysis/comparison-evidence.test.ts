import { describe, expect, it } from "vitest";
import type { Comparison, ReportMetric } from "../../src/analysis/comparison.js";
import { evidenceOf, outcomeOf } from "../../src/analysis/comparison-evidence.js";
import type { Estimate } from "../../src/core/estimate.js";

const estimate = (value: number, pValue: number, interval: readonly [number, number], more = {}) =>
  ({
    status: "ok",
    method: "made",
    value,
    standardError: 1,
    interval,
    level: 0.95,
    pValue,
    ...more,
  }) as Estimate;
const unbounded = { status: "unbounded", method: "made", reason: "made" } as unknown as Estimate;

function comparison(difference: Estimate, lift: Estimate): Comparison {
  const [contrast, values] = [
    ["a", "b"],
    ["control", "treatment"],
  ];
  return {
    contrast,
    values,
    difference: { fixed: difference, planned: difference },
    lift: { fixed: lift, planned: lift },
  } as unknown as Comparison;
}

const metric = (more: Partial<ReportMetric> = {}) =>
  ({ key: "order", type: "conversion", role: "goal", quantity: "share", ...more }) as ReportMetric;

/** What a difference, its p-value and the lift's interval come to. */
const outcome = (
  more: Partial<ReportMetric>,
  value: number,
  pValue: number,
  lift: readonly [number, number],
) => outcomeOf(metric(more), comparison(estimate(value, pValue, [0, 0]), estimate(0, pValue, lift)));

describe("what a comparison shows", () => {
  it.each([
    ["a gain", {}, 1, 0.049, "better"],
    ["a loss", {}, -1, 0.049, "worse"],
    ["nothing, at the level itself", {}, 1, 1 - 0.95, "unclear"],
    ["a gain, where less is better", { better: "lower" }, -1, 0.01, "better"],
    ["a loss, where less is better", { better: "lower" }, 1, 0.01, "worse"],
    ["no gain, where nothing differs", {}, 0, 0.01, "worse"],
  ] as const)("by its p-value: %s", (_, more, value, pValue, expected) => {
    expect(outcome(more, value, pValue, [-9, 9])).toBe(expected);
  });

  it.each([
    ["inside", {}, 1, 0.3, [-0.19, 0.5], "held"],
    ["at the margin itself is not inside", {}, 1, 0.3, [-0.2, 0.5], "unclear"],
    ["inside and better", {}, 1, 0.01, [-0.1, 0.5], "better"],
    ["inside and worse", {}, -1, 0.01, [-0.1, -0.01], "tolerated"],
    ["beyond and better", {}, 1, 0.01, [-0.3, 0.5], "better"],
    ["beyond and worse", {}, -1, 0.01, [-0.3, -0.01], "worse"],
    ["inside, where less is better", { better: "lower" }, 1, 0.3, [-0.5, 0.19], "held"],
    ["beyond, where less is better", { better: "lower" }, 1, 0.3, [-0.1, 0.21], "unclear"],
  ] as const)("against a margin: %s", (_, more, value, pValue, lift, expected) => {
    expect(outcome({ ...more, role: "guardrail", margin: 0.2 }, value, pValue, lift)).toBe(expected);
  });

  it.each([
    ["no such effect is left", 1, 0.3, [-0.09, 0.09], "negligible"],
    ["a gain too small to be worth having", 1, 0.01, [0.01, 0.09], "negligible"],
    ["a loss is a loss, however small", -1, 0.01, [-0.09, -0.01], "worse"],
    ["one may be left above", 1, 0.3, [-0.09, 0.1], "unclear"],
    ["one may be left below", 1, 0.3, [-0.1, 0.09], "unclear"],
    ["a gain that may be worth having", 1, 0.01, [0.01, 0.2], "better"],
  ] as const)("against the smallest effect worth having: %s", (_, value, pValue, lift, expected) => {
    expect(outcome({ smallest: 0.1 }, value, pValue, lift)).toBe(expected);
  });

  it("is judged by the corrected p-value where there is one", () => {
    const shown = (pValue: number, pAdjusted: number) =>
      outcomeOf(
        metric(),
        comparison(estimate(1, pValue, [0, 1], { pAdjusted }), estimate(1, pValue, [0, 1])),
      );
    expect([shown(0.01, 0.2), shown(0.2, 0.01), shown(0.2, 0)]).toEqual(["unclear", "better", "better"]);
  });

  it("is undefined without an estimate, or without the lift that a margin is held against", () => {
    const [shown, open] = [estimate(1, 0.01, [0, 1]), estimate(1, 0.5, [0, 1])];
    const guarded = metric({ role: "guardrail", margin: 0.2 });
    expect(outcomeOf(metric(), comparison(unbounded, shown))).toBe("undefined");
    expect(outcomeOf(guarded, comparison(open, unbounded))).toBe("undefined");
    expect(outcomeOf(guarded, comparison(shown, unbounded))).toBe("better");
    expect(outcomeOf(metric({ smallest: 0.1 }), comparison(open, unbounded))).toBe("unclear");
  });

  it("keeps the metric's role, margin and smallest effect, each only where it is stated", () => {
    const made = comparison(estimate(1, 0.01, [0, 1]), estimate(2, 0.01, [0, 3]));
    const common = { metric: "order", quantity: "share", contrast: ["a", "b"], outcome: "better" };
    const figures = { values: made.values, difference: made.difference.planned, lift: made.lift.planned };
    expect(evidenceOf(metric(), made)).toStrictEqual({ role: "goal", ...common, ...figures });
    const goal = { role: "goal", smallest: 0.1 } as const;
    expect(evidenceOf(metric(goal), made)).toStrictEqual({ ...goal, ...common, ...figures });
    const guardrail = { role: "guardrail", margin: 0.2 } as const;
    expect(evidenceOf(metric(guardrail), made)).toStrictEqual({ ...guardrail, ...common, ...figures });
  });
});
