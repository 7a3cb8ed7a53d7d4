import { describe, expect, it } from "vitest";
import * as distributions from "../../src/distributions/index.js";
import { distance, FUNCTIONS, logOf, type Point, table, worst } from "./reference-values.js";

describe.each(["distributions.json", "distributions-extra.json"])("agrees with %s", (file) => {
  const { meta, ...reference } = table(file);
  it.each(Object.entries(reference))("%s", (name, points) => {
    const [tolerance, ...functions] = FUNCTIONS[name] ?? [0];
    expect(functions.length, `no function for ${name}`).toBeGreaterThan(0);
    const far = worst(points, functions);
    expect(far.distance, JSON.stringify(far)).toBeLessThanOrEqual(tolerance);
  });
});

describe("log tails agree with the same values, below the smallest double too", () => {
  const all = { ...table("distributions-extra.json") };
  const logs: Record<string, ((...args: number[]) => number)[]> = {
    "t.cdf": [distributions.tLogCdf, distributions.tLogSurvival],
    "beta.cdf": [distributions.betaLogCdf, distributions.betaLogSurvival],
    "gamma.cdf": [distributions.gammaLogCdf, distributions.gammaLogSurvival],
    "binom.cdf": [distributions.binomialLogCdf, distributions.binomialLogSurvival],
    "pois.cdf": [distributions.poissonLogCdf, distributions.poissonLogSurvival],
  };
  it.each(Object.entries(logs))("%s", (name, functions) => {
    for (const [args, ...values] of all[name] as Point[])
      functions.forEach((f, i) => {
        const expected = logOf(values[i]!);
        // a tail beside 1 has a tiny logarithm: what the other tail says is the truth there
        // beside 1 the logarithm is tiny: there the other tail tells it exactly
        const exact = expected > -0.1 ? Math.log1p(-Math.exp(logOf(values[1 - i]!))) : expected;
        const off = Math.abs(f(...args) - exact);
        expect(off, `${name} ${args}`).toBeLessThanOrEqual(1e-12 * Math.abs(exact) + 1e-300);
      });
  });

  it.each([
    [40, -804.6084420137538],
    [100, -5005.524208694205],
    [1e5, -5000000012.431864],
  ])("normal at %d standard deviations", (x, expected) => {
    expect(distance(distributions.normalLogSurvival(x), expected)).toBeLessThan(1e-14);
    expect(distributions.normalLogCdf(-x)).toBe(distributions.normalLogSurvival(x));
  });
});

describe("simultaneous comparisons agree with quadrature", () => {
  const number = (df: number | string) => Number(df);
  const rows = table<{
    tukey: [[q: number, k: number, df: number | string], number][];
    dunnett: [
      [t: number, ratio: number[], df: number | string, alternative: "two-sided" | "greater"],
      number,
    ][];
  }>("multiple-comparisons.json");

  it.each(rows.tukey)("studentized range %j", ([q, k, df], expected) => {
    expect(distance(distributions.studentizedRangeSurvival(q, k, number(df)), expected)).toBeLessThan(1e-11);
  });

  it.each(rows.dunnett)("Dunnett %j", ([t, ratio, df, alternative], expected) => {
    const design = { comparisons: ratio.length, ratio, df: number(df), alternative };
    expect(distance(distributions.dunnettSurvival(t, design), expected)).toBeLessThan(1e-11);
  });

  it("Dunnett's critical values agree with R 4.2.2 mvtnorm", () => {
    const critical = (comparisons: number, ratio: number, df: number) =>
      distributions.dunnettSurvivalQuantile(0.05, { comparisons, ratio, df });
    expect(critical(3, 1, Infinity)).toBeCloseTo(2.348970590339272, 10);
    expect(critical(5, 0.5, Infinity)).toBeCloseTo(2.5455765162620985, 10);
    expect(critical(10, 1, 539)).toBeCloseTo(2.725535034215728, 10);
  });
});
