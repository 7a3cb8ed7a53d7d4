import { describe, expect, it } from "vitest";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { aggregatesOf, estimateMetric, metricTypes } from "../../src/metrics/index.js";
import { MomentsAccumulator } from "../../src/stats/moments/moments-accumulator.js";

const sources = { numerator: { column: "revenue" }, denominator: { column: "orders" } };
const metric = (type: string) =>
  ({ key: "m", type, role: "goal", ...(type === "ratio" ? sources : {}) }) as MetricDefinition;
const momentsOf = (names: readonly string[], rows: number[][]) => {
  const all = new MomentsAccumulator(names);
  for (const row of rows) all.push(row);
  return all.moments();
};
const namesOf = (type: keyof typeof metricTypes) => aggregatesOf(metric(type)).map(({ name }) => name);

/** Moments of 0/1 values by their counts. */
const rate = (n: number, x: number) => ({
  ...{ n, names: ["value"], mean: [x / n] },
  comoment: [(x / n) * (n - x)],
});

describe("estimates of a metric", () => {
  // The e-mail test of Hillstrom (2008), by its published counts: visits among No E-Mail and Mens E-Mail.
  it("conversion: Welch, the lift, and the pooled z-test named beside it", () => {
    const { difference, lift, named } = estimateMetric(
      metric("conversion"),
      rate(21306, 2262),
      rate(21307, 3894),
    );
    expect(difference).toMatchObject({ status: "ok", method: "welch" });
    if (difference.status !== "ok" || lift.status !== "ok") throw new Error("no estimate");
    expect(difference.value).toBeCloseTo(0.07658956365153125, 12);
    expect(difference.standardError).toBeCloseTo(0.0033858878117283653, 14);
    expect(difference.statistic).toBeCloseTo(22.620230766723257, 9);
    expect(difference.df! / 40593.688228635794).toBeCloseTo(1, 11);
    expect(lift.value).toBeCloseTo(3894 / 21307 / (2262 / 21306) - 1, 12);
    expect(named!["pooled-z"]).toMatchObject({ status: "ok", method: "pooled-z" });
  });

  it("conversion: both tests' p-values are the known ones", () => {
    const { difference, named } = estimateMetric(metric("conversion"), rate(21306, 122), rate(21307, 267));
    if (difference.status !== "ok" || named!["pooled-z"]?.status !== "ok") throw new Error("no estimate");
    expect(difference.value).toBeCloseTo(0.006805006519615695, 12);
    expect(difference.pValue / 1.501815785154377e-13).toBeCloseTo(1, 9);
    expect(named!["pooled-z"].pValue / 1.5232235e-13).toBeCloseTo(1, 7);
  });

  it("conversion: with fewer than ten events in an arm, flagged, and Newcombe's interval beside it", () => {
    const rare = estimateMetric(metric("conversion"), rate(200, 9), rate(200, 30));
    for (const estimate of [rare.difference, rare.lift])
      expect(estimate).toHaveProperty("flags", expect.arrayContaining(["few_events"]));
    expect(rare.named!.newcombe).toMatchObject({ status: "ok", method: "newcombe" });
    const nearlyAll = estimateMetric(metric("conversion"), rate(200, 100), rate(200, 191));
    expect(nearlyAll.difference).toMatchObject({ flags: ["few_events"] });
    const enough = estimateMetric(metric("conversion"), rate(200, 10), rate(200, 190));
    expect(enough.difference).not.toHaveProperty("flags");
    expect(Object.keys(enough.named!)).toEqual(["pooled-z"]);
    // Nobody did it: Welch has no variance and says so; Newcombe's interval still stands.
    const none = estimateMetric(metric("conversion"), rate(200, 0), rate(200, 0));
    expect(none.difference.status).toBe("degenerate");
    expect(none.named!.newcombe!.status).toBe("ok");
  });

  it("mean and count: Welch and the lift", () => {
    const [a, b] = [[1, 2, 4, 5].map((x) => [x]), [3, 6, 7, 9].map((x) => [x])];
    for (const type of ["mean", "count"] as const) {
      const { difference, lift, named } = estimateMetric(
        metric(type),
        momentsOf(namesOf(type), a),
        momentsOf(namesOf(type), b),
      );
      expect(difference).toMatchObject({ status: "ok", method: "welch", value: 3.25 });
      expect(lift.value).toBeCloseTo(6.25 / 3 - 1, 14);
      expect(named).toBeUndefined();
    }
  });

  it("ratio: totals over totals, not the mean of ratios", () => {
    const control = momentsOf(
      namesOf("ratio"),
      Array.from({ length: 40 }, (_, i) => [10 + (i % 5), 1 + (i % 3)]),
    );
    const treatment = momentsOf(
      namesOf("ratio"),
      Array.from({ length: 40 }, (_, i) => [14 + (i % 4), 1 + (i % 2)]),
    );
    const { difference, lift } = estimateMetric(metric("ratio"), control, treatment);
    const of = ({ mean }: typeof control) => mean[0]! / mean[1]!;
    expect(difference).toMatchObject({ status: "ok" });
    expect(difference.value).toBeCloseTo(of(treatment) - of(control), 12);
    expect(lift.value).toBeCloseTo(of(treatment) / of(control) - 1, 12);
  });

  it("swapping the arms negates the difference, for every type", () => {
    for (const type of Object.keys(metricTypes) as (keyof typeof metricTypes)[]) {
      const names = namesOf(type);
      const arm = (shift: number) =>
        momentsOf(
          names,
          Array.from({ length: 30 }, (_, i) => names.map((_, j) => (i + j + shift) % (2 + j))),
        );
      const [a, b] = [
        arm(0),
        momentsOf(
          names,
          Array.from({ length: 31 }, (_, i) => names.map((_, j) => (i + j) % (2 + j))),
        ),
      ];
      const there = estimateMetric(metric(type), a, b).difference.value!;
      expect(estimateMetric(metric(type), b, a).difference.value!).toBeCloseTo(-there, 14);
    }
  });

  it("fewer than two units are a stated outcome for every type, not a number", () => {
    for (const type of Object.keys(metricTypes) as (keyof typeof metricTypes)[]) {
      const names = namesOf(type);
      const [few, enough] = [
        momentsOf(names, [names.map(() => 1)]),
        momentsOf(names, [names.map(() => 1), names.map(() => 0)]),
      ];
      expect(estimateMetric(metric(type), few, enough).difference).toMatchObject({
        status: "undefined",
        reason: "fewer than 2 units in control",
      });
      expect(estimateMetric(metric(type), enough, few, { level: 0.9 }).lift).toMatchObject({
        status: "undefined",
        reason: "fewer than 2 units in treatment",
        level: 0.9,
      });
    }
  });
});
