import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromCells } from "../../src/analysis/sources/from-cells.js";
import { parseExperiment } from "../../src/schema/index.js";
import { scalar, welch } from "../../src/stats/index.js";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../docs/examples/hillstrom/${name}`, import.meta.url), "utf8"));
const { definition } = parseExperiment(read("experiment.json"));
const dimensions = ["channel", "zip_code", "newbie", "mens", "womens"];

describe("the demo's cells", () => {
  it("hold 64,000 customers in 162 cells", async () => {
    const { cells, excluded } = await fromCells(read("cells.json")).read({
      definition,
      metrics: definition.metrics,
      dimensions,
    });
    expect(cells).toHaveLength(162);
    expect(excluded).toEqual({});
    const units = (key: string) =>
      cells.reduce((sum, { variant, units }) => sum + (variant === key ? units : 0), 0);
    expect(["none", "mens", "womens"].map(units)).toEqual([21_306, 21_307, 21_387]);
  });

  // Known answers: SciPy on the raw file.
  it("merge to the known differences", async () => {
    const { cells } = await fromCells(read("cells.json")).read({
      definition,
      metrics: definition.metrics,
      dimensions: [],
    });
    const estimate = (key: string, treatment: string) => {
      const i = definition.metrics.findIndex((metric) => metric.key === key);
      const arm = (name: string) => cells.find(({ variant }) => variant === name)!.moments[i]!;
      const difference = welch(scalar(arm("none")), scalar(arm(treatment)));
      if (difference.status !== "ok") throw new Error(difference.reason);
      return difference;
    };
    const visit = estimate("visit", "mens");
    expect(visit.value / 0.07658956365153125).toBeCloseTo(1, 11);
    expect(visit.standardError / 0.0033858878117283653).toBeCloseTo(1, 11);
    expect(visit.statistic! / 22.620230766723257).toBeCloseTo(1, 11);
    expect(visit.df! / 40593.688228635794).toBeCloseTo(1, 11);
    const conversion = estimate("conversion", "mens");
    expect(conversion.value / 0.006805006519615695).toBeCloseTo(1, 11);
    expect(conversion.pValue / 1.501815785154377e-13).toBeCloseTo(1, 9);
    const spend = estimate("spend", "womens");
    expect(spend.value / 0.4244122159365966).toBeCloseTo(1, 11);
    expect(spend.standardError / 0.13033285852919116).toBeCloseTo(1, 11);
    expect(spend.pValue / 0.0011293971).toBeCloseTo(1, 7);
  });
});
