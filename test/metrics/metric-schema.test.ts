import { describe, expect, it } from "vitest";
import { metricTypes } from "../../src/metrics/index.js";
import { metricSchema } from "../../src/metrics/metric.schema.js";

const minimal = (type: string) => ({
  key: "m",
  type,
  ...(type === "ratio" ? { numerator: { column: "revenue" }, denominator: { event: "order" } } : {}),
});
const paths = (input: unknown) => {
  const result = metricSchema.safeParse(input);
  return result.success ? [] : result.error.issues.map((issue) => issue.path.join("."));
};

describe("metric schema", () => {
  it.each(Object.keys(metricTypes))("reads a minimal %s and fills in the role", (type) => {
    expect(metricSchema.parse(minimal(type))).toEqual({ ...minimal(type), role: "goal" });
  });

  it("keeps everything that is declared", () => {
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
    expect(metricSchema.parse(metric)).toEqual(metric);
  });

  it("refuses what the family does not know", () => {
    expect(paths({ key: "m", type: "median" })).toEqual(["type"]);
    expect(paths({ key: "", type: "mean" })).toEqual(["key"]);
    expect(paths({ key: "m", type: "ratio", numerator: {} })).toEqual(["denominator"]);
    expect(paths({ key: "m", type: "mean", margin: -1 })).toEqual(["margin"]);
    expect(paths({ key: "m", type: "mean", colum: "x" })).toEqual([""]);
    expect(paths({ key: "m", type: "conversion", value: "amount" })).toEqual([""]);
  });
});
