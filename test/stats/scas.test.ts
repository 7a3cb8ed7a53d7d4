import { describe, expect, it } from "vitest";
import type { Estimate, EstimateOptions } from "../../src/core/estimate.js";
import { miettinenNurminen, type Proportion, scasDifference, scasLift } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { binomialWeights } from "./binomial-coverage.js";
import { cases } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const proportion = (most: number) =>
  fc
    .record({ n: fc.integer({ min: 2, max: most }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ n, share }) => ({ x: Math.round(n * share * share), n }));

describe("reference: R's ratesci", () => {
  it.each(cases("scas"))("$id", ({ input: { control, treatment, level }, expected, rtol }) => {
    const within = (received: number, target: number | string, scale = 1) =>
      expect(Math.abs(received - Number(target))).toBeLessThanOrEqual(rtol * scale);
    const difference = ok(scasDifference(control, treatment, { level }));
    within(difference.interval[0], expected.difference[0]);
    within(difference.interval[1], expected.difference[1]);
    within(difference.statistic as number, expected.z);
    const lift = scasLift(control, treatment, { level });
    if (control.x + treatment.x === 0) expect(lift).toMatchObject({ status: "undefined", pValue: 1 });
    else if (expected.ratio[1] === "Infinity") {
      expect(lift).toMatchObject({ status: "unbounded", pValue: difference.pValue });
      within((lift as { lower: number }).lower + 1, expected.ratio[0]);
    } else {
      const { interval } = ok(lift);
      within(interval[0] + 1, expected.ratio[0]);
      within(interval[1] + 1, expected.ratio[1], 10 * expected.ratio[1]);
    }
  });
});

describe("laws", () => {
  it("the p-value is below 1 − level where the interval leaves out no difference, on both scales", () => {
    fc.assert(
      fc.property(
        proportion(300),
        proportion(3000),
        fc.constantFrom(0.8, 0.9, 0.95, 0.99),
        fc.boolean(),
        (a, b, level, turned) => {
          const [control, treatment] = turned ? [b, a] : [a, b];
          const difference = ok(scasDifference(control, treatment, { level }));
          const lift = scasLift(control, treatment, { level });
          const [lower, upper] = difference.interval;
          expect(lower).toBeLessThanOrEqual(difference.value);
          expect(upper).toBeGreaterThanOrEqual(difference.value);
          expect(difference.standardError).toBeGreaterThan(0);
          if (Math.abs(difference.pValue - (1 - level)) < 1e-9) return;
          expect(lower > 0 || upper < 0).toBe(difference.pValue < 1 - level);
          if (lift.status !== "ok") return;
          expect(lift.pValue).toBe(difference.pValue);
          expect(lift.interval[0] > 0 || lift.interval[1] < 0).toBe(lift.pValue < 1 - level);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("arms that change places, or successes that are counted as failures, mirror everything", () => {
    fc.assert(
      fc.property(proportion(500), proportion(500), (control, treatment) => {
        const [lower, upper] = ok(scasDifference(control, treatment)).interval;
        const other = ({ x, n }: Proportion) => ({ x: n - x, n });
        for (const mirrored of [
          ok(scasDifference(treatment, control)),
          ok(scasDifference(other(control), other(treatment))),
        ]) {
          expect(-mirrored.interval[1]).toBeCloseTo(lower, 9);
          expect(-mirrored.interval[0]).toBeCloseTo(upper, 9);
        }
      }),
    );
  });

  it("a ratio's interval is the reciprocal of that of the arms in the other order", () => {
    const [a, b] = [
      { x: 4, n: 90 },
      { x: 31, n: 400 },
    ];
    const [forth, back] = [ok(scasLift(a, b)), ok(scasLift(b, a))];
    expect(1 + forth.interval[0]).toBeCloseTo(1 / (1 + back.interval[1]), 9);
    expect(1 + forth.interval[1]).toBeCloseTo(1 / (1 + back.interval[0]), 9);
  });

  it("one-sided alternatives share the bound of the two-sided interval of twice the tail", () => {
    const [control, treatment] = [
      { x: 10, n: 400 },
      { x: 6, n: 90 },
    ];
    for (const estimator of [scasDifference, scasLift]) {
      const both = ok(estimator(control, treatment, { level: 0.9 }));
      expect(ok(estimator(control, treatment, { alternative: "greater" })).interval[0]).toBeCloseTo(
        both.interval[0],
        10,
      );
      expect(ok(estimator(control, treatment, { alternative: "less" })).interval[1]).toBeCloseTo(
        both.interval[1],
        10,
      );
    }
  });
});

describe("edges", () => {
  it("no row loses its numbers", () => {
    const [none, all] = [
      { x: 0, n: 100 },
      { x: 100, n: 100 },
    ];
    expect(ok(scasDifference(none, none))).toMatchObject({ value: 0, pValue: 1 });
    expect(ok(scasDifference(all, all))).toMatchObject({ value: 0, pValue: 1 });
    const apart = ok(scasDifference(none, all));
    expect(apart.value).toBe(1);
    expect(apart.interval[0]).toBeGreaterThan(0.97);
    expect(apart.interval[1]).toBe(1);
    expect(ok(scasLift(all, none))).toMatchObject({ value: -1 });
    expect(ok(scasLift(all, none)).interval[0]).toBe(-1);
    expect(scasLift(none, all)).toMatchObject({ status: "unbounded" });
  });

  it("one unit an arm, ten million units, and levels near 0 and 1", () => {
    for (const level of [0.01, 0.5, 0.999999])
      for (const options of [{ level }, { level, alternative: "greater" as const }])
        for (const [control, treatment] of [
          [
            { x: 0, n: 1 },
            { x: 1, n: 1 },
          ],
          [
            { x: 1, n: 1 },
            { x: 1, n: 2 },
          ],
          [
            { x: 500_000, n: 10_000_000 },
            { x: 501_000, n: 10_000_000 },
          ],
          [
            { x: 1, n: 10_000_000 },
            { x: 2, n: 3 },
          ],
        ] as const) {
          const difference = ok(scasDifference(control, treatment, options));
          const lift = scasLift(control, treatment, options);
          for (const each of lift.status === "ok" ? [difference, lift] : [difference]) {
            expect(each.interval[0]).toBeLessThanOrEqual(each.interval[1]);
            expect(each.standardError).toBeGreaterThan(0);
            expect(Number.isFinite(each.standardError)).toBe(true);
          }
        }
  });

  it("two-sided p-values reach 1e-300", () => {
    const { pValue } = ok(scasDifference({ x: 100000, n: 1000000 }, { x: 115680, n: 1000000 }));
    expect(pValue).toBeGreaterThan(1e-300);
    expect(pValue).toBeLessThan(1e-270);
  });
});

/** Exact probability that a one-sided test at .025 finds an effect where there is none, treatment better. */
function falseRate(
  estimator: (control: Proportion, treatment: Proportion, options: EstimateOptions) => Estimate,
  [nc, nt]: readonly [number, number],
  p: number,
): number {
  const [wc, wt] = [binomialWeights(nc, p), binomialWeights(nt, p)];
  let wrong = 0;
  wc.forEach((a, xc) => {
    wt.forEach((b, xt) => {
      if (a * b < 1e-12) return;
      const { pValue = 1 } = estimator({ x: xc, n: nc }, { x: xt, n: nt }, { alternative: "greater" });
      if (pValue < 0.025) wrong += a * b;
    });
  });
  return wrong;
}

describe("calibration: exact one-sided false rates at .025, no draw involved", () => {
  it.each([
    [[50, 450], 0.02],
    [[450, 50], 0.02],
    [[10, 90], 0.05],
    [[90, 10], 0.05],
    [[5, 495], 0.02],
    [[495, 5], 0.02],
  ] as const)("%j at %d, an arm with fewer than ten expected events: at most 3.4 %%", (split, p) => {
    expect(falseRate(scasDifference, split, p)).toBeLessThanOrEqual(0.034);
  });

  it.each([
    [[200, 1800], 0.05],
    [[1800, 200], 0.05],
    [[500, 500], 0.05],
    [[100, 900], 0.15],
  ] as const)("%j at %d, ten and more: at most 2.65 %%", (split, p) => {
    expect(falseRate(scasDifference, split, p)).toBeLessThanOrEqual(0.0265);
  });

  it("wrong version: the score test without the correction", () => {
    expect(falseRate(miettinenNurminen, [495, 5], 0.02)).toBeGreaterThan(0.09);
    expect(falseRate(miettinenNurminen, [450, 50], 0.02)).toBeGreaterThan(0.034);
  });
});
