import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { recommendationSentence } from "../../src/report/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

/** Conversions out of 10,000 units, a metric: [control, treatment …]. */
async function recommendation(metrics: readonly MetricDefinition[], hits: readonly (readonly number[])[]) {
  const variants = ["control", "b", "c"].slice(0, hits[0]?.length);
  const cells: Cell[] = variants.map((variant, at) => {
    const parts = hits.map((each) => conversionCell(variant, 10000, each[at] as number));
    return { ...(parts[0] as Cell), moments: parts.flatMap(({ moments }) => moments) };
  });
  const experiment = madeDefinition(variants, { metrics });
  const source = madeSource(cells, { metrics: metrics.map(({ key }) => key) });
  const report = await analyze({ experiment, source });
  return { ...report.recommendation, sentence: recommendationSentence(report) };
}

const goal = conversionMetric("order", "goal");
const lower = conversionMetric("complaint", "goal", { better: "lower" });
const open = conversionMetric("unsubscribe", "guardrail", { better: "lower" });
const bounded = conversionMetric("unsubscribe", "guardrail", { better: "lower", margin: 0.2 });

describe("recommendation", () => {
  it.each([
    ["a goal gained is shipped", [goal], [[1000, 1300]], "ship", "goal_better"],
    ["fewer is better where the metric says so", [lower], [[1300, 1000]], "ship", "goal_better"],
    ["a goal lost stops", [goal], [[1300, 1000]], "stop", "goal_worse"],
    ["nothing shown keeps running", [goal], [[1000, 1030]], "keep_running", "not_shown_yet"],
    [
      "one goal gained and one lost is yours to weigh",
      [goal, lower],
      [
        [1000, 1300],
        [1000, 1300],
      ],
      "cannot_tell",
      "goals_conflict",
    ],
    [
      "a harmed guardrail stops, whatever the goal",
      [goal, open],
      [
        [1000, 1300],
        [100, 200],
      ],
      "stop",
      "guardrail_harmed",
    ],
    [
      "a guardrail without a margin must only not be shown harmed",
      [goal, open],
      [
        [1000, 1300],
        [100, 110],
      ],
      "ship",
      "goal_better",
    ],
    [
      "a guardrail with a margin must be shown inside it",
      [goal, bounded],
      [
        [1000, 1300],
        [100, 105],
      ],
      "keep_running",
      "guardrail_open",
    ],
    [
      "and passes once it is",
      [goal, bounded],
      [
        [1000, 1300],
        [4000, 4050],
      ],
      "ship",
      "goal_better",
    ],
    [
      "harm inside the margin is not harm",
      [goal, bounded],
      [
        [1000, 1300],
        [4000, 4300],
      ],
      "ship",
      "goal_better",
    ],
    [
      "harm wholly beyond the margin stops",
      [goal, bounded],
      [
        [1000, 1300],
        [1000, 1600],
      ],
      "stop",
      "guardrail_harmed",
    ],
    ["no variance tells nothing", [goal], [[0, 0]], "cannot_tell", "no_estimate"],
    [
      "diagnostics do not decide",
      [conversionMetric("order", "diagnostic")],
      [[1000, 1300]],
      "cannot_tell",
      "no_goal",
    ],
  ] as const)("%s", async (_, metrics, hits, action, rule) => {
    expect(await recommendation(metrics, hits)).toMatchObject({ action, rule });
  });

  it("of two that win, ships the larger gain on the first goal, and keeps the other's verdict", async () => {
    const found = await recommendation([goal], [[1000, 1200, 1400]]);
    expect(found).toMatchObject({ action: "ship", variant: "c" });
    expect(found.variants.map(({ variant, action }) => [variant, action])).toEqual([
      ["b", "ship"],
      ["c", "ship"],
    ]);
    expect(found.runnerUp).toMatchObject({ variant: "b", metric: "order" });
    expect(found.runnerUp?.difference.value).toBeCloseTo(0.02, 12);
    expect(found.sentence).toMatch(/b wins too; c differs from it by \+2\.00 pp of order/);
  });

  it("says so when no difference between the two that win is shown", async () => {
    const found = await recommendation([goal], [[1000, 1390, 1400]]);
    expect(found.sentence).toMatch(/b wins too, and no difference between the two is shown on order/);
  });

  it("one that loses does not stop one that may still win", async () => {
    const found = await recommendation([goal], [[1000, 700, 1030]]);
    expect(found).toMatchObject({ action: "keep_running", rule: "not_shown_yet" });
    expect(found.variants.map(({ action }) => action)).toEqual(["stop", "keep_running"]);
  });

  it("carries the numbers it rests on", async () => {
    const { variants } = await recommendation(
      [goal, bounded],
      [
        [1000, 1300],
        [4000, 4050],
      ],
    );
    expect(
      variants[0]?.evidence.map(({ metric, role, outcome, margin }) => [metric, role, outcome, margin]),
    ).toEqual([
      ["order", "goal", "better", undefined],
      ["unsubscribe", "guardrail", "held", 0.2],
    ]);
    for (const { difference, lift } of variants[0]?.evidence ?? [])
      expect([difference.status, lift.status]).toEqual(["ok", "ok"]);
  });
});
