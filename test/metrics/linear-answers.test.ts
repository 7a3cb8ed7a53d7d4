import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import type { Moments } from "../../src/core/moments.js";
import { normalQuantile, tQuantile } from "../../src/distributions/index.js";
import { metricTypes } from "../../src/metrics/index.js";
import type { MetricStratum } from "../../src/metrics/types/metric-type.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { near } from "../stats/reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};

const random = randomSource("linear answers");
/** Amounts of an arm, as cells without third moments hold them: nothing to see skewness by. */
function arm(n: number, mean: number, sd: number): Moments {
  const values = Array.from({ length: n }, () => mean + sd * sampleNormal(random));
  const center = values.reduce((sum, x) => sum + x, 0) / n;
  const m2 = values.reduce((sum, x) => sum + (x - center) * (x - center), 0);
  return { n, names: ["value"], mean: [center], comoment: [m2] };
}
const strata: MetricStratum[] = [
  { control: arm(12, 10, 3), treatment: arm(30, 11, 2) },
  { control: arm(25, 20, 6), treatment: arm(9, 24, 5) },
  { control: arm(7, 5, 1), treatment: arm(11, 5, 4) },
];

/** Means and their variances averaged over strata by the strata's share of the units, as a textbook writes it. */
function byTheBook(parts: readonly MetricStratum[]) {
  const total = parts.reduce((sum, { control, treatment }) => sum + control.n + treatment.n, 0);
  const side = (pick: (stratum: MetricStratum) => Moments) => {
    let [mean, variance] = [0, 0];
    for (const stratum of parts) {
      const { n, mean: means, comoment } = pick(stratum);
      const weight = (stratum.control.n + stratum.treatment.n) / total;
      mean += weight * means[0]!;
      variance += weight * weight * (comoment[0]! / (n - 1) / n);
    }
    return { mean, variance };
  };
  return { control: side(({ control }) => control), treatment: side(({ treatment }) => treatment) };
}

describe("what is, to first order, a mean: several strata", () => {
  const { control, treatment } = byTheBook(strata);
  const error = Math.sqrt(control.variance + treatment.variance);

  it.each([0.9, 0.95])(
    "difference and lift are averaged by share, with one test for both, at %d",
    (level) => {
      const found = metricTypes.mean.estimate(strata, { level });
      const [difference, lift] = [ok(found.difference), ok(found.lift)];
      near(difference.value, treatment.mean - control.mean, 1e-12);
      near(difference.standardError, error, 1e-12);
      expect([difference.method, lift.method]).toEqual(["by-version", "by-version"]);
      const t = tQuantile((1 + level) / 2, difference.df!);
      near(difference.interval[1] - difference.value, t * error, 1e-10);
      near(lift.value, treatment.mean / control.mean - 1, 1e-12);
      // Fieller: at a bound r the two means are t standard errors of mean₁ − r mean₀ apart.
      for (const bound of lift.interval) {
        const r = 1 + bound;
        const apart = Math.abs(treatment.mean - r * control.mean);
        near(apart / Math.sqrt(treatment.variance + r * r * control.variance), t, 1e-9);
      }
      near(lift.pValue, difference.pValue, 1e-9);
      expect(lift.interval[0]).toBeLessThan(lift.value);
      expect([difference.flags, lift.flags]).toEqual([["no_third_moments"], ["no_third_moments"]]);
      expect(found.named).toBeUndefined();
    },
  );

  it("the order of strata does not matter, and arms that change places negate", () => {
    const there = ok(metricTypes.mean.estimate(strata).difference);
    const turned = strata.toReversed().map((each) => ({ control: each.treatment, treatment: each.control }));
    const back = ok(metricTypes.mean.estimate(turned).difference);
    near(back.value, -there.value, 1e-12);
    near(back.standardError, there.standardError, 1e-12);
    near(back.df, there.df!, 1e-10);
  });

  it("a cell is put beside the rest with the errors of both", () => {
    const [cell, rest] = [strata.slice(0, 1), strata.slice(1)];
    const [own, other] = [byTheBook(cell), byTheBook(rest)];
    const found = ok(metricTypes.mean.apart(cell, rest, { level: 0.9 }));
    near(
      found.value,
      own.treatment.mean - own.control.mean - (other.treatment.mean - other.control.mean),
      1e-12,
    );
    const variances = [own, other].flatMap((side) => [side.control.variance, side.treatment.variance]);
    near(found.standardError, Math.sqrt(variances.reduce((sum, each) => sum + each, 0)), 1e-12);
    near(found.interval[1] - found.value, normalQuantile(0.95) * found.standardError, 1e-10);
    expect(found).toMatchObject({ method: "cell-minus-rest", level: 0.9, flags: ["no_third_moments"] });
  });

  it("a level's average has the difference by share, and a wider error than shares that are given", () => {
    const found = ok(metricTypes.mean.stratified(strata));
    near(found.value, treatment.mean - control.mean, 1e-12);
    expect(found.standardError).toBeGreaterThan(error);
    expect(found.flags).toEqual(["no_third_moments"]);
  });
});

describe("what cannot be answered is said with its reason", () => {
  it.each([
    ["no cell", metricTypes.mean.apart([], strata), "cell-minus-rest", "no units outside this cell"],
    ["no rest", metricTypes.mean.apart(strata, []), "cell-minus-rest", "no units outside this cell"],
    [
      "no level",
      metricTypes.mean.stratified([], { level: 0.9 }),
      "post-stratified",
      "no level has two units",
    ],
  ])("%s", (_, estimate, method, reason) => {
    expect(estimate).toMatchObject({ status: "undefined", method, reason: expect.stringContaining(reason) });
  });

  it("of conversions, too", () => {
    const none = "no units outside this cell to compare with";
    expect(metricTypes.conversion.apart([], [])).toEqual({
      ...{ status: "undefined", method: "scas-cell-minus-rest", reason: none, level: 0.95 },
    });
    expect(metricTypes.conversion.apart([], [], { level: 0.8 })).toHaveProperty("level", 0.8);
  });
});
