import { describe, expect, it } from "vitest";
import type { MetricDefinition } from "../../src/core/metric-definition.js";
import { aggregatesOf, estimateMetric, metricTypes } from "../../src/metrics/index.js";
import { MomentsAccumulator } from "../../src/stats/moments/moments-accumulator.js";

const sources = { numerator: { column: "revenue" }, denominator: { column: "orders" } };
const metric = (type: string) =>
  ({
    key: "m",
    type,
    role: "goal",
    ...(type === "ratio" ? sources : {}),
    ...(type === "overall" ? { of: { spend: 1 } } : {}),
    ...(type === "retention" ? { days: 7 } : {}),
    ...(type === "quantile" ? { percentile: 50 } : {}),
  }) as MetricDefinition;
const momentsOf = (names: readonly string[], rows: number[][]) => {
  const all = new MomentsAccumulator(names, { distribution: names.length === 1 });
  for (const row of rows) all.push(row);
  return all.moments();
};
const namesOf = (type: keyof typeof metricTypes) =>
  aggregatesOf(metric(type), [{ key: "spend", type: "mean", role: "goal" }]).map(({ name }) => name);

/** Moments of 0/1 values by their counts. */
const rate = (n: number, x: number) => ({
  ...{ n, names: ["value"], mean: [x / n] },
  comoment: [(x / n) * (n - x)],
});

describe("estimates of a metric", () => {
  // The e-mail test of Hillstrom (2008), by its published counts: visits among No E-Mail and Mens E-Mail.
  it("conversion: the corrected score, the lift by the same test, and the pooled z-test named beside it", () => {
    const { difference, lift, named } = estimateMetric(
      metric("conversion"),
      rate(21306, 2262),
      rate(21307, 3894),
    );
    expect(difference).toMatchObject({ status: "ok", method: "scas" });
    if (difference.status !== "ok" || lift.status !== "ok") throw new Error("no estimate");
    expect(difference.value).toBeCloseTo(0.07658956365153125, 12);
    expect(lift.value).toBeCloseTo(3894 / 21307 / (2262 / 21306) - 1, 12);
    expect(lift.pValue).toBe(difference.pValue);
    expect(Object.keys(named!)).toEqual(["pooled-z"]);
    expect(named!["pooled-z"]).toMatchObject({ status: "ok", method: "pooled-z" });
  });

  it("conversion: the pooled test's p-value is the known one", () => {
    const { difference, named } = estimateMetric(metric("conversion"), rate(21306, 122), rate(21307, 267));
    if (named!["pooled-z"]?.status !== "ok") throw new Error("no estimate");
    expect(difference.value).toBeCloseTo(0.006805006519615695, 12);
    expect(named!["pooled-z"].pValue / 1.5232235e-13).toBeCloseTo(1, 7);
  });

  it("conversion: with fewer than ten events on a side, flagged, and Newcombe's interval beside it", () => {
    const rare = estimateMetric(metric("conversion"), rate(200, 9), rate(200, 30));
    for (const estimate of [rare.difference, rare.lift])
      expect(estimate).toHaveProperty("flags", ["few_events"]);
    expect(rare.named!.newcombe).toMatchObject({ status: "ok", method: "newcombe" });
    const nearlyAll = estimateMetric(metric("conversion"), rate(200, 100), rate(200, 191));
    expect(nearlyAll.difference).toMatchObject({ flags: ["few_events"] });
    const enough = estimateMetric(metric("conversion"), rate(200, 10), rate(200, 190));
    expect(enough.difference).not.toHaveProperty("flags");
    expect(Object.keys(enough.named!)).toEqual(["pooled-z"]);
  });

  it("conversion: no row loses its numbers", () => {
    const none = estimateMetric(metric("conversion"), rate(200, 0), rate(200, 0));
    expect(none.difference).toMatchObject({ status: "ok", value: 0, pValue: 1 });
    expect(none.lift).toMatchObject({ status: "undefined", pValue: 1 });
    const all = estimateMetric(metric("conversion"), rate(100, 0), rate(100, 100));
    expect(all.difference).toMatchObject({ status: "ok", value: 1 });
    const over = estimateMetric(metric("conversion"), rate(50, 0), rate(50, 6)).lift as { lower?: number };
    expect(over).toMatchObject({ status: "unbounded" });
    expect(over.lower).toBeGreaterThan(0);
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
