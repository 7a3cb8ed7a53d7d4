import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { type Proportion, type ProportionStratum, scasDifference } from "../../src/stats/index.js";
import { differenceOf, liftOf, scasApart, scasInputs } from "../../src/stats/proportions/index.js";
import { fc } from "../properties.js";
import { binomialWeights } from "./binomial-coverage.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const stratified = (strata: readonly ProportionStratum[], options = {}) =>
  ok(differenceOf(scasInputs(strata), options));
const lifted = (strata: readonly ProportionStratum[], options = {}) => liftOf(scasInputs(strata), options);
const table = (xc: number, nc: number, xt: number, nt: number): ProportionStratum => ({
  control: { x: xc, n: nc },
  treatment: { x: xt, n: nt },
});
const turned = ({ control, treatment }: ProportionStratum) => ({ control: treatment, treatment: control });

const proportion = fc
  .record({ n: fc.integer({ min: 2, max: 300 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ n, share }): Proportion => ({ x: Math.round(n * share * share), n }));
const stratum = fc.record({ control: proportion, treatment: proportion });
const strata = fc.array(stratum, { minLength: 1, maxLength: 4 });
const levels = fc.constantFrom(0.7, 0.8, 0.9, 0.95, 0.99, 0.9999);

describe("reference: the definitions in 30 digits", () => {
  it.each(cases("scas-contrasts", "stratified"))("strata $id", ({ input, expected, rtol }) => {
    const difference = stratified(input.strata, { level: input.level });
    near(difference.statistic, expected.z, rtol);
    near(difference.interval[0], expected.difference[0], rtol);
    near(difference.interval[1], expected.difference[1], rtol);
    const lift = lifted(input.strata, { level: input.level });
    if (expected.lift[1] === null) {
      expect(lift.status).toBe("unbounded");
      near((lift as { lower: number }).lower + 1, expected.lift[0] + 1, rtol);
    } else {
      const { interval } = ok(lift);
      near(interval[0], expected.lift[0] ?? -1, 1e-8);
      near(interval[1], expected.lift[1], 1e-8);
    }
  });

  it.each(cases("scas-contrasts", "apart"))("a cell apart $id", ({ input, expected, rtol }) => {
    const apart = ok(scasApart(input.cell, input.rest)({ level: input.level }));
    near(apart.statistic, expected.z, rtol);
    near(apart.interval[0], expected.interval[0], 1e-7);
    near(apart.interval[1], expected.interval[1], 1e-7);
  });
});

describe("laws", () => {
  /** At any level, of any table: the interval leaves zero out exactly where p is below 1 − level. */
  const agrees = ({ interval: [lower, upper], pValue, level, value }: Ok) => {
    expect(lower).toBeLessThanOrEqual(value + 1e-12);
    expect(upper).toBeGreaterThanOrEqual(value - 1e-12);
    if (Math.abs(pValue - (1 - level)) > 1e-9) expect(lower > 0 || upper < 0).toBe(pValue < 1 - level);
  };

  it("the interval and the p-value of strata cannot disagree, on either scale", () => {
    fc.assert(
      fc.property(strata, levels, (tables, level) => {
        const difference = stratified(tables, { level });
        agrees(difference);
        const lift = lifted(tables, { level });
        if (lift.status === "ok") {
          agrees(lift);
          expect(lift.pValue).toBe(difference.pValue);
        } else if (lift.lower !== undefined && Math.abs(difference.pValue - (1 - level)) > 1e-9)
          expect(lift.lower > 0).toBe(difference.pValue < 1 - level);
      }),
      { numRuns: 300 },
    );
  });

  it("nor can those of a cell against the rest", () => {
    fc.assert(
      fc.property(strata, strata, levels, (cell, rest, level) => {
        agrees(ok(scasApart(cell, rest)({ level })));
      }),
      { numRuns: 300 },
    );
  });

  it("arms that change places, and a cell that changes places with the rest, negate", () => {
    fc.assert(
      fc.property(strata, strata, (cell, rest) => {
        const apart = ok(scasApart(cell, rest)({}));
        for (const mirrored of [
          ok(scasApart(cell.map(turned), rest.map(turned))({})),
          ok(scasApart(rest, cell)({})),
        ]) {
          expect(-mirrored.interval[1]).toBeCloseTo(apart.interval[0], 9);
          expect(-mirrored.interval[0]).toBeCloseTo(apart.interval[1], 9);
          expect(mirrored.pValue).toBeCloseTo(apart.pValue, 9);
        }
        const [forth, back] = [stratified(cell), stratified(cell.map(turned))];
        expect(-back.interval[1]).toBeCloseTo(forth.interval[0], 9);
        expect(back.pValue).toBeCloseTo(forth.pValue, 9);
      }),
      { numRuns: 100 },
    );
  });

  it("one stratum is the plain test, and against a rest without end so is a cell apart", () => {
    const one = table(12, 450, 5, 50);
    expect(stratified([one])).toEqual(scasDifference(one.control, one.treatment));
    const rest = table(1e13, 1e15, 1e13, 1e15);
    const apart = ok(scasApart([one], [rest])({}));
    const alone = scasDifference(one.control, one.treatment) as Ok;
    near(apart.statistic, alone.statistic as number, 1e-5);
    near(apart.interval[1], alone.interval[1], 1e-5);
  });

  it("the order of strata does not matter; strata of one rate add up to their sum", () => {
    const [a, b] = [table(40, 400, 30, 200), table(80, 800, 60, 400)];
    near(stratified([b, a]).pValue, stratified([a, b]).pValue, 1e-12);
    near(stratified([a, b]).value, stratified([table(120, 1200, 90, 600)]).value, 1e-14);
    near(stratified([a, b]).statistic, stratified([table(120, 1200, 90, 600)]).statistic as number, 2e-3);
  });

  it("ten million units have an answer, and nobody anywhere an interval", () => {
    const huge = table(500_000, 10_000_000, 501_000, 10_000_000);
    agrees(stratified([huge, huge]));
    agrees(ok(scasApart([huge], [huge, huge])({})));
    const none = table(0, 30, 0, 40);
    expect(stratified([none, none])).toMatchObject({ value: 0, pValue: 1 });
    expect(lifted([none, none])).toMatchObject({ status: "undefined", pValue: 1 });
    expect(ok(scasApart([none], [none])({})).standardError).toBeGreaterThan(0);
  });
});

describe("calibration: a cell against the rest where nothing differs", () => {
  /**
   * Exact probability, over the cell's counts, of a one-sided finding at `tail` that the cell gains more than the rest,
   * whose counts are those expected.
   */
  function falseRate(
    [nc, nt]: readonly [number, number],
    p: number,
    critical: number,
    z: typeof score,
  ): number {
    const [wc, wt] = [binomialWeights(nc, p), binomialWeights(nt, p)];
    const rest = table(Math.round(23 * nc * p), 23 * nc, Math.round(23 * nt * p), 23 * nt);
    let wrong = 0;
    wc.forEach((a, xc) => {
      wt.forEach((b, xt) => {
        if (a * b > 1e-10 && z(table(xc, nc, xt, nt), rest) > critical) wrong += a * b;
      });
    });
    return wrong;
  }
  const score = (cell: ProportionStratum, rest: ProportionStratum): number =>
    ok(scasApart([cell], [rest])({})).statistic as number;
  const welch = (cell: ProportionStratum, rest: ProportionStratum): number => {
    let [gap, variance] = [0, 0];
    for (const [sign, { x, n }] of [
      [1, cell.treatment],
      [-1, cell.control],
      [-1, rest.treatment],
      [1, rest.control],
    ] as const) {
      gap += (sign * x) / n;
      variance += (x * (n - x)) / n / n / (n - 1);
    }
    return gap / Math.sqrt(variance);
  };
  // Of 24 cells, Bonferroni's share of 2.5 % on one side.
  const far = 3.078;

  it.each([
    [[450, 50], 0.02],
    [[450, 50], 0.05],
    [[50, 450], 0.05],
    [[90, 10], 0.1],
  ] as const)("%j at %d: one side at most 3.4 %%, and within .0025 where 24 cells are asked", (split, p) => {
    expect(falseRate(split, p, 1.96, score)).toBeLessThanOrEqual(0.034);
    expect(falseRate(split, p, far, score)).toBeLessThanOrEqual(0.0025);
  });

  it("wrong version: a normal difference of observed variances", () => {
    // A treatment nobody of which converted has no variance of its own: found worse at once.
    const reversed = (cell: ProportionStratum, rest: ProportionStratum) => -welch(cell, rest);
    expect(falseRate([450, 50], 0.02, far, reversed)).toBeGreaterThan(0.04);
  });
});
