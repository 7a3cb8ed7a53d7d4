import { describe, expect, it } from "vitest";
import { analyze, type LookHistory } from "../../src/analysis/index.js";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import type { FutilityPlan, Plan } from "../../src/core/plan.js";
import { defineExperiment } from "../../src/definition/index.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import { toCsv, toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

const goal = conversionMetric("order", "goal");
const planOf = (futility?: FutilityPlan): Plan => ({
  ...{ level: 0.95, macro: "holm", micro: "benjamini-hochberg", looks: 4, units: 40_000 },
  ...(futility ? { futility } : {}),
});
const read = (
  units: number,
  hits: readonly number[],
  futility?: FutilityPlan,
  history?: LookHistory | null,
  metric: MetricDefinition = goal,
) => {
  const variants = ["control", "b", "c"].slice(0, hits.length);
  return analyze({
    experiment: madeDefinition(variants, { metrics: [metric], plan: planOf(futility) }),
    source: madeSource(variants.map((variant, at) => conversionCell(variant, units, hits[at] as number))),
    ...(history === undefined ? {} : { history }),
  });
};
const flat = (text: string) => text.replace(/\s+/g, " ");

describe("a plan with futility", () => {
  it("ends a test that shows too little gain, says that it is no harm, and reads back", async () => {
    const report = await read(10_000, [1000, 1005], {});
    expect(report.recommendation).toMatchObject({ action: "enough", rule: "futile" });
    expect(report.macro[0]?.futile).toBe("now");
    expect(report.looks?.futility).toMatchObject({ binding: false, power: 0.8 });
    expect(report.looks?.futility?.below).toBeCloseTo(0.3523, 3);
    expect(flat(toText(report))).toMatch(/END THE TEST Stopped for futility, not for harm: .*order \+1%/);
    expect(flat(toText(report, { lang: "fr" }))).toContain("Arrêt pour futilité, non pour un tort");
    expect(toMarkdown(report)).toContain("Stopped for futility, not for harm");
    expect(toMarkdown(report)).toContain("○ given up");
    expect(await toHtml(report)).toContain("Stopped for futility, not for harm");
    expect(toCsv(report)).toContain("the plan gives it up");
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
    expect((await read(10_000, [1000, 1005])).recommendation.rule).toBe("not_shown_yet");
  });

  it("calls harm what is shown to be worse, and leaves the free plan's readings as they are", async () => {
    const [harmed, without] = await Promise.all([read(10_000, [1000, 850], {}), read(10_000, [1000, 850])]);
    expect(harmed.recommendation).toMatchObject({ action: "stop", rule: "goal_worse" });
    expect(harmed.macro[0]?.difference).toEqual(without.macro[0]?.difference);
  });

  it("looks towards what is better", async () => {
    const lower = conversionMetric("order", "goal", { better: "lower" });
    expect((await read(10_000, [1000, 1040], {}, undefined, lower)).recommendation.rule).toBe("futile");
    expect((await read(10_000, [1000, 930], {}, undefined, lower)).recommendation.rule).toBe("not_shown_yet");
  });

  it("gives up one treatment, and goes on with another", async () => {
    const { recommendation } = await read(10_000, [1000, 1000, 1080], {});
    expect(recommendation.action).toBe("keep_running");
    expect(recommendation.variants.map(({ rule }) => rule)).toEqual(["futile", "not_shown_yet"]);
  });

  it("ends at the planned end, whatever is left open", async () => {
    expect((await read(20_000, [2000, 2090], {})).recommendation.rule).toBe("futile");
    expect((await read(20_000, [2000, 2090])).recommendation.rule).toBe("not_shown_yet");
  });

  it("tells the effect with allowance for the stop", async () => {
    const { others } = (await read(10_000, [1000, 980], {})).macro[0]?.difference ?? {};
    const { stagewise } = others ?? {};
    if (stagewise?.status !== "ok") throw new Error("no estimate");
    expect(stagewise.value).toBeCloseTo(-0.002, 4);
    expect((await read(10_000, [1000, 980])).macro[0]?.difference.others).not.toHaveProperty("stagewise");
  });

  it("lets a free futility be passed over, and a binding one not", async () => {
    const rules = async (binding: boolean) => {
      let history: LookHistory | null = null;
      const found: string[] = [];
      for (const [units, hits] of [
        [5000, [500, 470]],
        [10_000, [1000, 990]],
        [20_000, [2000, 2200]],
      ] as const) {
        const report = await read(units, hits, { binding }, history);
        history = JSON.parse(JSON.stringify(report.looks?.history)) as LookHistory;
        found.push(report.recommendation.rule);
      }
      return found;
    };
    expect(await rules(false)).toEqual(["futile", "futile", "goal_better"]);
    expect(await rules(true)).toEqual(["futile", "futile", "futile"]);
  });

  it("that binds asks less of a gain, and as much of a guardrail", async () => {
    const [bound, free] = await Promise.all([
      read(20_000, [2000, 2121], { binding: true }),
      read(20_000, [2000, 2121], {}),
    ]);
    expect(bound.recommendation.rule).toBe("goal_better");
    expect(free.recommendation.rule).toBe("futile");
    const guarded = conversionMetric("order", "guardrail", { margin: 0.1 });
    const [one, other] = await Promise.all(
      [{}, undefined].map((futility) => read(20_000, [2000, 2121], futility, undefined, guarded)),
    );
    expect(one?.macro[0]?.lift).toEqual(other?.macro[0]?.lift);
  });

  it("holds its error where it binds: gains are shown falsely no more often than planned", async () => {
    const source = randomSource("binding futility");
    const [runs, units] = [250, 2000];
    let ships = 0;
    for (let run = 0; run < runs; run++) {
      let history: LookHistory | null = null;
      const hits = [0, 0];
      for (let look = 1; look <= 4; look++) {
        for (const arm of [0, 1]) hits[arm] = (hits[arm] ?? 0) + sampleBinomial(source, units, 0.2);
        const report = await analyze({
          experiment: madeDefinition(["control", "b"], {
            ...{ metrics: [goal], plan: { ...planOf({ binding: true }), units: 16_000 } },
          }),
          source: madeSource(
            ["control", "b"].map((variant, arm) =>
              conversionCell(variant, look * units, hits[arm] as number),
            ),
          ),
          history,
        });
        history = report.looks?.history ?? null;
        if (report.recommendation.action === "ship") ships++;
        if (report.recommendation.action !== "keep_running") break;
      }
    }
    // Three Monte-Carlo errors of .99 points each.
    expect(ships / runs).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / runs));
  });

  it.each([
    ["any number of looks", { looks: "any", futility: {} }, "unused_setting", "futility"],
    ["an unknown key", { looks: 4, units: 10, futility: { bind: true } }, "unknown_key", "futility"],
    ["a power of a half", { looks: 4, units: 10, futility: {}, power: 0.5 }, "out_of_range", "power"],
    ["no goal to bind", { looks: 4, units: 10, futility: { binding: true } }, "futility_goals", "futility"],
  ] as const)("is refused beside %s", (_, plan, code, place) => {
    const make = () => defineExperiment({ ...base, plan: plan as object });
    expect(make).toThrow(expect.objectContaining({ code }));
    expect(make).toThrow(expect.objectContaining({ path: expect.arrayContaining(["plan", place]) }));
  });
});

const base = { key: "e", unit: "u", variants: { control: 0, b: 1 } };
