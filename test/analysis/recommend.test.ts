import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { recommendationSentence, toText } from "../../src/report/index.js";
import { ofMetrics, oneSpender } from "../report/worlds.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

/** Conversions out of 10,000 units, a metric: [control, treatment …]. */
async function recommendation(
  metrics: readonly MetricDefinition[],
  hits: readonly (readonly number[])[],
  plan: object = {},
) {
  const variants = ["control", "b", "c"].slice(0, hits[0]?.length);
  const cells: Cell[] = variants.map((variant, at) => {
    const parts = hits.map((each) => conversionCell(variant, 10000, each[at] as number));
    return { ...(parts[0] as Cell), moments: parts.flatMap(({ moments }) => moments) };
  });
  const made = madeDefinition(variants, { metrics });
  const experiment = { ...made, plan: { ...made.plan, ...plan } };
  const source = madeSource(cells, { metrics: metrics.map(({ key }) => key) });
  const report = await analyze({ experiment, source });
  return { ...report.recommendation, sentence: recommendationSentence(report) };
}

const goal = conversionMetric("order", "goal");
const lower = conversionMetric("complaint", "goal", { better: "lower" });
const worthTen = conversionMetric("order", "goal", { smallest: 0.1 });
const open = conversionMetric("unsubscribe", "guardrail", { better: "lower" });
const bounded = conversionMetric("unsubscribe", "guardrail", { better: "lower", margin: 0.2 });

describe("recommendation", () => {
  it.each([
    ["a goal gained is shipped", [goal], [[1000, 1300]], "ship", "goal_better"],
    ["fewer is better where the metric says so", [lower], [[1300, 1000]], "ship", "goal_better"],
    ["a goal lost stops", [goal], [[1300, 1000]], "stop", "goal_worse"],
    ["nothing shown keeps running", [goal], [[1000, 1030]], "keep_running", "not_shown_yet"],
    [
      "one goal gained and one lost stops: nothing may get worse",
      [goal, lower],
      [
        [1000, 1300],
        [1000, 1300],
      ],
      "stop",
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
    [
      "harm not shown to stay inside the margin stops, even where it may",
      [goal, bounded],
      [
        [1000, 1300],
        [1000, 1150],
      ],
      "stop",
      "guardrail_harmed",
    ],
    ["no effect worth having left ends the test", [worthTen], [[5000, 5010]], "enough", "no_effect_left"],
    [
      "a gain shown to be smaller than what is worth having is not shipped",
      [worthTen],
      [[5000, 5200]],
      "enough",
      "no_effect_left",
    ],
    ["a wide interval keeps running", [worthTen], [[500, 501]], "keep_running", "not_shown_yet"],
    ["harm smaller than what is worth having is harm", [worthTen], [[5000, 4800]], "stop", "goal_worse"],
    [
      "one goal settled and one open keeps running",
      [worthTen, conversionMetric("visit", "goal")],
      [
        [5000, 5010],
        [1000, 1010],
      ],
      "keep_running",
      "not_shown_yet",
    ],
    ["nobody on either side shows nothing yet", [goal], [[0, 0]], "keep_running", "not_shown_yet"],
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
    expect(found.sentence).toMatch(/b wins too; c differs from it by \+2\.0\d* points of order/);
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

  it("ships over harm that is shown to stay within its margin, and names it; a strict plan stops", async () => {
    const hits = [
      [1000, 1300],
      [4000, 4300],
    ];
    const found = await recommendation([goal, bounded], hits);
    expect(found).toMatchObject({ action: "ship", rule: "goal_better" });
    expect(found.variants[0]?.evidence[1]?.outcome).toBe("tolerated");
    expect(found.sentence).toMatch(/unsubscribe gets worse \(\+7\.5%\), within its margin of 20%/);
    expect(await recommendation([goal, bounded], hits, { strict: true })).toMatchObject({
      action: "stop",
      rule: "guardrail_harmed",
    });
  });

  it("names what is still at risk beside the gain, in one sentence", async () => {
    const found = await recommendation(
      [goal, bounded],
      [
        [1000, 1300],
        [100, 105],
      ],
    );
    expect(found.sentence).toMatch(
      /gains order \+30% .*; unsubscribe is not shown to stay within its margin of 20%/,
    );
  });

  it("tells every variant's verdict: a better one that a guardrail stopped is named with the reason", async () => {
    const metrics = [goal, open];
    const hits = [
      [1000, 1500, 1200],
      [100, 200, 100],
    ];
    const { sentence, variants } = await recommendation(metrics, hits);
    expect(variants.map(({ action }) => action)).toEqual(["stop", "ship"]);
    expect(sentence).toMatch(/^c beats control/);
    expect(toText(await ofMetrics(metrics, hits)).replace(/\s+/g, " ")).toMatch(
      /b — Stop b harms a guardrail against control \(unsubscribe \+100%\), though it gains order \+50%\./,
    );
  });

  it("what turns round once channels are weighted alike is not shipped", async () => {
    // 60,000 units: B is worse in both channels, and met more of the better one.
    const cells = [
      conversionCell("control", 24000, 1200, ["mail"]),
      conversionCell("control", 6000, 1200, ["web"]),
      conversionCell("treatment", 6000, 240, ["mail"]),
      conversionCell("treatment", 24000, 4320, ["web"]),
    ];
    const report = await analyze({
      experiment: madeDefinition(),
      source: madeSource(cells, { dimensions: ["channel"] }),
      dimensions: ["channel"],
    });
    expect(report.macro[0]?.difference.planned.value).toBeGreaterThan(0.05);
    expect(["reversed", "srm"]).toContain(report.recommendation.rule);
    expect(report.recommendation.action).not.toBe("ship");
  });
});

describe("the interval that reports show of a guardrail with a margin", () => {
  it("is the one that its margin was held against, however many tests there are", async () => {
    const goals = ["a", "b", "c"].map((key) => conversionMetric(key, "goal"));
    const report = await ofMetrics(
      [...goals, bounded],
      [
        [1000, 1300],
        [1000, 1000],
        [1000, 1000],
        [500, 510],
      ],
    );
    const lift = report.macro.find(({ metric }) => metric === bounded.key)?.lift.planned;
    if (lift?.status !== "ok") throw new Error("the guardrail has no lift");
    expect(lift.simultaneous).toEqual(lift.interval);
    expect(lift.interval[1]).toBeLessThan(0.2);
    expect(report.recommendation.variants[0]?.evidence.at(-1)?.outcome).toBe("held");
    const gain = report.macro[0]?.lift.planned;
    if (gain?.status !== "ok") throw new Error("the goal has no lift");
    expect(gain.simultaneous).not.toEqual(gain.interval);
  });
});

describe("a single unit", () => {
  it("that carries a result is named, with the figures without it, and nothing is decided by it", async () => {
    const report = await oneSpender(19.5);
    expect(report.recommendation).toMatchObject({ action: "cannot_tell", rule: "one_unit" });
    const [found] = report.influence;
    expect(found).toMatchObject({ metric: "spend", variant: "treatment", value: 19.5, decides: true });
    expect(found?.difference[0]).toBeCloseTo(report.macro[0]?.difference.planned.value as number, 12);
    expect(found?.difference[1]).toBeCloseTo(0.18, 2);
  });

  it("that weighs much without deciding is named, and the decision stands", async () => {
    const report = await oneSpender(19.5, 0.6);
    expect(report.recommendation).toMatchObject({ action: "ship", rule: "goal_better" });
    expect(report.influence).toMatchObject([{ decides: false }]);
    expect(toText(report)).toMatch(/one unit of treatment with 19\.5\d* carries \d+.*%/);
  });

  it("that outweighs all others is named though nothing is shown with it", async () => {
    const report = await oneSpender(5000, 0.6);
    expect(report.recommendation.action).toBe("keep_running");
    const { difference = [0, 0], share = 0 } = report.influence[0] ?? {};
    expect(share).toBeGreaterThan(0.99);
    expect(difference[0]).toBeGreaterThan(20);
    expect(difference[1]).toBeCloseTo(0.6, 1);
  });

  it("like the others is not", async () => {
    expect((await oneSpender(11)).influence).toEqual([]);
  });
});

describe("families that decide", () => {
  /** One report of ten thousand units a side, p-values of its first goal. */
  async function familyOf(metrics: readonly MetricDefinition[], hits: readonly (readonly number[])[]) {
    const report = await ofMetrics(metrics, hits);
    const [first] = report.macro;
    const estimate = first?.difference.planned;
    return { report, p: estimate?.status === "ok" ? [estimate.pValue, estimate.pAdjusted] : [] };
  }

  it("diagnostics are in none of them: twelve of them change nothing", async () => {
    const diagnostics = Array.from({ length: 12 }, (_, at) => conversionMetric(`d${at}`, "diagnostic"));
    const { p, report } = await familyOf(
      [goal, ...diagnostics],
      [[1000, 1095], ...diagnostics.map(() => [500, 510])],
    );
    expect(p[1]).toBeCloseTo(p[0] as number, 12);
    expect(report.families.map(({ grain, tests }) => [grain, tests])).toEqual([
      ["gains", 1],
      ["harms", 1],
      ["macro", 12],
    ]);
    expect(report.recommendation.action).toBe("ship");
  });

  it("a gain is corrected over goals and treatments, harm over guardrails too", async () => {
    const gained = await familyOf(
      [goal, open],
      [
        [1000, 1095],
        [100, 101],
      ],
    );
    expect(gained.p[1]).toBeCloseTo(gained.p[0] as number, 12);
    const lost = await familyOf(
      [goal, open],
      [
        [1095, 1000],
        [100, 101],
      ],
    );
    expect(lost.p[1]).toBeCloseTo(2 * (lost.p[0] as number), 12);
    const two = await familyOf([goal], [[1000, 1095, 1000]]);
    expect(two.p[1]).toBeCloseTo(2 * (two.p[0] as number), 12);
  });
});
