import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import type { Plan } from "../../src/core/plan.js";
import { defineExperiment } from "../../src/definition/index.js";
import { toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { errorOfEach, errorTogether } from "../../src/stats/dunnett/index.js";
import { ALIKE } from "../../src/stats/looks/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

const read = (hits: readonly number[], plan: Partial<Plan> = {}, units = 10_000) => {
  const variants = ["control", "b", "c", "d"].slice(0, hits.length);
  return analyze({
    experiment: madeDefinition(variants, {
      metrics: [conversionMetric("order", "goal")],
      plan: { ...{ level: 0.95, macro: "dunnett", micro: "benjamini-hochberg", looks: 1 }, ...plan },
    }),
    source: madeSource(variants.map((variant, at) => conversionCell(variant, units, hits[at] as number))),
  });
};
const planned = async (report: ReturnType<typeof read>) =>
  (await report).macro.map(({ difference }) =>
    difference.planned.status === "ok" ? difference.planned : undefined,
  );

describe("treatments corrected by Dunnett's rule", () => {
  it("have the p-values of his step down, and intervals that agree", async () => {
    const found = await planned(read([1000, 1100, 1050, 990]));
    const [b, c] = found;
    expect(b?.pAdjusted).toBeCloseTo(2 * errorTogether((b?.pValue ?? 0) / 2, 3, 0.5), 12);
    expect(c?.pAdjusted).toBeCloseTo(
      Math.max(b?.pAdjusted ?? 0, 2 * errorTogether((c?.pValue ?? 0) / 2, 2, 0.5)),
      12,
    );
    for (const hits of [1070, 1080, 1085, 1090, 1095, 1100, 1110])
      for (const each of await planned(read([1000, hits, 1050, 990])))
        expect((each?.pAdjusted ?? 1) < 0.05).toBe(
          (each?.simultaneous?.[0] ?? 0) > 0 || (each?.simultaneous?.[1] ?? 0) < 0,
        );
  });

  it("ship what Holm's rule leaves open", async () => {
    const hits = [1000, 1102, 1000, 1000];
    expect((await read(hits)).recommendation.action).toBe("ship");
    expect((await read(hits, { macro: "holm" })).recommendation.action).toBe("keep_running");
  });

  it("over several looks are read with less of their correlation, and under other rules with none", async () => {
    const spending = await planned(read([1000, 1080, 1000, 1000], { looks: 4, units: 40_000 }));
    const [b] = spending;
    expect(b?.pAdjusted).toBeCloseTo(2 * errorTogether((b?.pValue ?? 0) / 2, 3, ALIKE * 0.5), 12);
    const [any] = await planned(read([1000, 1200, 1000, 1000], { looks: "any" }));
    expect(any?.pAdjusted).toBeCloseTo(2 * errorTogether((any?.pValue ?? 0) / 2, 3, 0), 12);
  });

  it("say so in every format, and read back", async () => {
    const report = await read([1000, 1100, 1050, 990]);
    expect(
      report.families.filter(({ correction }) => correction === "dunnett").map(({ grain }) => grain),
    ).toEqual(["gains", "harms"]);
    for (const shown of [
      toText(report),
      toMarkdown(report),
      await toHtml(report),
      toText(report, { lang: "fr" }),
    ])
      expect(shown).toContain("dunnett");
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("is no correction of cells", () => {
    expect(() =>
      defineExperiment({
        ...{ key: "e", unit: "u", variants: { control: 0, b: 1 } },
        plan: { micro: "dunnett" } as object,
      }),
    ).toThrow(expect.objectContaining({ code: "unknown_name", path: ["plan", "micro"] }));
  });

  it("gives up by the error that it asks", async () => {
    const { looks } = await read([1000, 1000, 1000, 1000], { looks: 4, units: 80_000, futility: {} });
    const own = errorOfEach(0.025, 3, ALIKE * 0.5);
    expect(own).toBeGreaterThan(0.025 / 3);
    expect(looks?.futility?.below).toBeGreaterThan(0);
  });
});
