import { describe, expect, it } from "vitest";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import type { ExperimentError } from "../../src/errors/index.js";
import { aggregatesOf, metricTypes } from "../../src/metrics/index.js";

const metric = (type: string, rest: object = {}) =>
  ({ key: "m", role: "goal", type, ...rest }) as MetricDefinition;
const moments = (values: number[]) => {
  const n = values.length;
  const mean = n ? values.reduce((a, b) => a + b, 0) / n : 0;
  return { n, names: ["value"], mean: [mean], comoment: [values.reduce((a, x) => a + (x - mean) ** 2, 0)] };
};

const valuesOf = (one: MetricDefinition, ...others: MetricDefinition[]) =>
  aggregatesOf(one, [one, ...others]);

describe("aggregates", () => {
  it("default column and event to the metric's key", () => {
    expect(valuesOf(metric("conversion"))).toEqual([
      { name: "value", terms: [{ weight: 1, of: "any", column: "m", event: "m", path: ["m"] }] },
    ]);
    expect(valuesOf(metric("mean", { event: "order", value: "total" }))[0]!.terms).toEqual([
      { weight: 1, of: "sum", column: "m", event: "order", value: "total", path: ["m"] },
    ]);
    expect(valuesOf(metric("count"))[0]!.terms).toMatchObject([{ of: "count" }]);
  });

  it("a ratio needs its two sums", () => {
    const both = valuesOf(
      metric("ratio", { numerator: { column: "revenue" }, denominator: { event: "order" } }),
    );
    expect(both.map(({ name }) => name)).toEqual(["numerator", "denominator"]);
    expect(both.map(({ terms }) => terms)).toEqual([
      [{ weight: 1, of: "sum", column: "revenue", event: "m", path: ["m", "numerator"] }],
      [{ weight: 1, of: "sum", column: "m", event: "order", path: ["m", "denominator"] }],
    ]);
    expect(metricTypes.ratio.joint).toBe(true);
  });

  it("an overall metric is one sum of what its parts ask for, in the definition's order", () => {
    const parts = [
      { key: "cost", type: "mean", role: "diagnostic", column: "spent" },
      { key: "signup", type: "conversion", role: "diagnostic" },
    ] as MetricDefinition[];
    const [only, ...others] = valuesOf(metric("overall", { of: { signup: 40, cost: -1 } }), ...parts);
    expect(others).toEqual([]);
    expect(only).toEqual({
      name: "value",
      weights: { cost: -1, signup: 40 },
      terms: [
        { weight: -1, of: "sum", column: "spent", event: "cost", path: ["cost"] },
        { weight: 40, of: "any", column: "signup", event: "signup", path: ["signup"] },
      ],
    });
  });

  it("an overall metric of what cannot be added up is refused, at its place", () => {
    const others = [
      metric("ratio", { key: "basket", numerator: {}, denominator: {} }),
      metric("overall", { key: "profit", of: { cost: 1 } }),
      metric("mean", { key: "cost" }),
    ];
    const refused = (of: object) => {
      try {
        valuesOf(metric("overall", { of }), ...others);
        return [];
      } catch (error) {
        return (error as ExperimentError).problems.map(({ code, path }) => `${code} at ${path.join(".")}`);
      }
    };
    expect(refused({})).toEqual(["missing_value at metrics.m.of"]);
    expect(refused({ costs: 1, cost: 0 })).toEqual([
      "unknown_name at metrics.m.of.costs",
      "zero_weight at metrics.m.of.cost",
    ]);
    for (const key of ["basket", "profit", "m"])
      expect(refused({ [key]: 1, cost: 1 })).toEqual([`not_a_sum at metrics.m.of.${key}`]);
    expect(refused({ cost: -2 })).toEqual([]);
  });
});

describe("values a metric cannot have", () => {
  it.each([[[]], [[0, 0]], [[1]], [[0, 1, 1, 0, 1]]])("a conversion may have %j", (values) => {
    expect(metricTypes.conversion.check(moments(values), ["visit"])).toEqual([]);
  });

  it.each([[[0, 2]], [[0.5, 1]], [[-1, 1]], [[3]], [[2, 2, 2]], [[0, 0.3, 1]]])(
    "a conversion may not have %j",
    (values) => {
      expect(metricTypes.conversion.check(moments(values), ["visit"])).toMatchObject([
        { code: "not_binary", path: ["visit"] },
      ]);
    },
  );

  it("one unit in a million with a 2 is found", () => {
    const [n, ones] = [1e6, 3e5];
    const mean = [(ones + 2) / n];
    const m2 = ones + 4 - n * mean[0]! ** 2;
    expect(
      metricTypes.conversion.check({ n, names: ["value"], mean, comoment: [m2] }, ["visit"]),
    ).toHaveLength(1);
  });

  it("a count is not negative", () => {
    expect(metricTypes.count.check(moments([0, 3]), ["orders"])).toEqual([]);
    expect(metricTypes.count.check(moments([-2, 1]), ["orders"])).toMatchObject([
      { code: "negative_value", path: ["orders"] },
    ]);
  });
});
