import { describe, expect, it } from "vitest";
import { metricInputShape, metricShape, metricTypes } from "../../src/metrics/index.js";
import { shapeProblems } from "../../src/shapes/index.js";

const minimal = (type: string) => ({
  key: "m",
  type,
  ...(type === "ratio" ? { numerator: { column: "revenue" }, denominator: { event: "order" } } : {}),
  ...(type === "quantile" ? { percentile: 90 } : {}),
  ...(type === "retention" ? { days: 7 } : {}),
  ...(type === "overall" ? { of: { revenue: 1, cost: -1 } } : {}),
});
const told = (input: unknown, shape = metricInputShape) =>
  shapeProblems(input, shape).map(({ code, path }) => `${code} at ${path.join(".")}`);

describe("metric shape", () => {
  it.each(Object.keys(metricTypes))("a minimal %s needs a role in a definition only", (type) => {
    expect(told(minimal(type))).toEqual([]);
    expect(told(minimal(type), metricShape)).toEqual(["missing_value at role"]);
  });

  it("takes everything that is declared", () => {
    const metric = {
      key: "spend",
      type: "mean",
      role: "guardrail",
      better: "lower",
      margin: 0.02,
      column: "spend in €",
      event: "purchase",
      value: "amount",
    };
    expect(told(metric)).toEqual([]);
  });

  it("refuses what the family does not know, and names what was meant", () => {
    expect(told({ key: "m", type: "median" })).toEqual(["unknown_name at type"]);
    expect(told({ key: "", type: "mean" })).toEqual(["missing_value at key"]);
    expect(told({ key: "m", type: "ratio", numerator: {} })).toEqual(["missing_value at denominator"]);
    expect(told({ key: "m", type: "mean", margin: -1 })).toEqual(["out_of_range at margin"]);
    expect(told({ key: "m", type: "mean", colum: "x" })).toEqual(["unknown_key at colum"]);
    expect(told({ key: "m", type: "conversion", value: "amount" })).toEqual(["unknown_key at value"]);
    expect(told({ key: "m", type: "overall" })).toEqual(["missing_value at of"]);
    expect(told({ key: "m", type: "overall", of: ["revenue"] })).toEqual(["wrong_type at of"]);
    for (const weight of [Number.NaN, Number.POSITIVE_INFINITY, "1", null])
      expect(told({ key: "m", type: "overall", of: { cost: weight } })[0]).toMatch(/ at of\.cost$/);
    expect(shapeProblems({ key: "m", type: "mean", colum: "x" }, metricShape)[0]?.near).toBe("column");
  });
});
