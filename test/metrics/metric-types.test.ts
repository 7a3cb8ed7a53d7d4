import { describe, expect, it } from "vitest";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { aggregatesOf, metricTypes } from "../../src/metrics/index.js";

const metric = (type: string, rest: object = {}) =>
  ({ key: "m", role: "goal", type, ...rest }) as MetricDefinition;
const moments = (values: number[]) => {
  const n = values.length;
  const mean = n ? values.reduce((a, b) => a + b, 0) / n : 0;
  return { n, names: ["value"], mean: [mean], comoment: [values.reduce((a, x) => a + (x - mean) ** 2, 0)] };
};

describe("aggregates", () => {
  it("default column and event to the metric's key", () => {
    expect(aggregatesOf(metric("conversion"))).toEqual([
      { name: "value", of: "any", column: "m", event: "m", path: [] },
    ]);
    expect(aggregatesOf(metric("mean", { event: "order", value: "total" }))).toEqual([
      { name: "value", of: "sum", column: "m", event: "order", value: "total", path: [] },
    ]);
    expect(aggregatesOf(metric("count"))[0]).toMatchObject({ of: "count" });
  });

  it("a ratio needs its two sums", () => {
    const both = aggregatesOf(
      metric("ratio", { numerator: { column: "revenue" }, denominator: { event: "order" } }),
    );
    expect(both).toEqual([
      { name: "numerator", of: "sum", column: "revenue", event: "m", path: ["numerator"] },
      { name: "denominator", of: "sum", column: "m", event: "order", path: ["denominator"] },
    ]);
    expect(metricTypes.ratio.joint).toBe(true);
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
