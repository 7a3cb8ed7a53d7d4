import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { type FitVariance, leastSquares, momentsOf, welch } from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate | undefined): Ok => {
  expect(estimate?.status).toBe("ok");
  return estimate as Ok;
};
const ones = (n: number) => new Array<number>(n).fill(1);

describe("reference", () => {
  it.each(cases("adjustment", "ancovaMultiCovariate"))("$id", ({ input, expected, rtol }) => {
    const { y, treatment, covariates } = input;
    const columns = {
      one: ones(y.length),
      treatment,
      a: covariates.map((row: number[]) => row[0]),
      b: covariates.map((row: number[]) => row[1]),
      c: covariates.map((row: number[]) => row[2]),
    };
    Object.values(leastSquares(columns, y)).forEach((estimate, i) => {
      near(ok(estimate).value, expected.coef[i], rtol);
    });
    near(ok(leastSquares(columns, y, { variance: "ols" }).treatment).standardError, expected.seOLS, rtol);
    near(ok(leastSquares(columns, y, { variance: "hc2" }).treatment).standardError, expected.seHC2, rtol);
  });

  it.each(cases("clusters"))("$id", ({ input: { y, treatment, cluster }, expected, rtol }) => {
    const columns = { one: ones(y.length), treatment };
    for (const [variance, key] of [
      ["cr0", "CR0"],
      ["cr1", "CR1"],
      ["cr1s", "CR1S"],
      ["cr2", "CR2"],
    ] as const) {
      const fit = leastSquares(columns, y, { clusters: cluster, variance });
      near(ok(fit.treatment).standardError, expected[key], rtol);
    }
    near(ok(leastSquares(columns, y, { clusters: cluster }).treatment).df, expected.satterthwaiteDfCR2, rtol);
  });

  it.each(cases("factorial", "factorialOLS"))("$id", ({ input: { factors, y }, expected, rtol }) => {
    const code = (i: number) => factors.map((levels: number[]) => 2 * levels[i]! - 1);
    if (factors[0].length !== 2) return;
    const [A, B] = [code(0), code(1)];
    const columns = { one: ones(y.length), A, B, AB: A.map((a: number, i: number) => a * B[i]) };
    for (const [variance, key] of [
      ["ols", "seOLS"],
      ["hc0", "seHC0"],
      ["hc1", "seHC1"],
      ["hc2", "seHC2"],
      ["hc3", "seHC3"],
    ] as const)
      Object.values(leastSquares(columns, y, { variance })).forEach((estimate, i) => {
        near(ok(estimate).standardError, expected[key][i], rtol);
      });
  });
});

describe("laws", () => {
  const source = randomSource("least squares");
  const x = Array.from({ length: 80 }, () => sampleNormal(source));
  const y = x.map((value) => 2 + 3 * value + (1 + Math.abs(value)) * sampleNormal(source));

  it("columns' units and order do not matter", () => {
    const one = ok(leastSquares({ one: ones(80), x }, y).x);
    const other = ok(leastSquares({ x: x.map((value) => 10 * value), one: ones(80) }, y).x);
    near(other.value * 10, one.value, 1e-10);
    near(other.pValue, one.pValue, 1e-8);
  });

  it("a column of 0 and 1 is Welch's difference with HC2", () => {
    const treated = x.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const arm = (which: number) => momentsOf(y.filter((_, i) => treated[i] === which));
    const difference = ok(welch(arm(0), arm(1)));
    const fit = ok(leastSquares({ one: ones(80), treated }, y).treated);
    near(fit.value, difference.value, 1e-10);
    near(fit.standardError, difference.standardError, 1e-10);
  });

  it("clusters of one are HC2", () => {
    const columns = { one: ones(80), x };
    const robust = ok(leastSquares(columns, y, { clusters: x.map((_, i) => i) }).x);
    near(robust.standardError, ok(leastSquares(columns, y).x).standardError, 1e-8);
  });
});

describe("edges", () => {
  it.each([
    [{ one: [1, 1] }, [1, 2, 3], {}, "wrong_length", ["columns", "one"]],
    [{ one: [1, Number.NaN, 1] }, [1, 2, 3], {}, "not_finite", ["columns", "one", 1]],
    [{ one: [1, 1, 1] }, [1, 2, Number.NaN], {}, "not_finite", ["outcome", 2]],
    [{ one: [1] }, [1], {}, "insufficient_data", ["outcome", "length"]],
    [{}, [1, 2], {}, "insufficient_data", ["columns"]],
    [
      { one: [1, 1, 1] },
      [1, 2, 3],
      { variance: "hc9" as FitVariance },
      "unknown_name",
      ["options", "variance"],
    ],
    [{ one: [1, 1, 1] }, [1, 2, 3], { variance: "cr2" as const }, "wrong_length", ["options", "clusters"]],
    [{ one: [1, 1, 1] }, [1, 2, 3], { clusters: [1, 1, 1] }, "insufficient_data", ["options", "clusters"]],
    [{ one: [1, 1, 1], two: [2, 2, 2] }, [1, 2, 3], {}, "singular_matrix", ["matrix", 1]],
  ])("%# is refused", (columns, outcome, options, code, path) => {
    expect(() => leastSquares(columns as Record<string, number[]>, outcome, options)).toThrow(
      expect.objectContaining({ code, path }),
    );
  });

  it("an exact fit is degenerate", () => {
    const x = [1, 2, 3, 5];
    expect(
      leastSquares(
        { one: ones(4), x },
        x.map((value) => 1 + 2 * value),
      ).x,
    ).toMatchObject({ status: "degenerate" });
  });
});

it("rejects the wrong version: one variance for all where it grows with the regressor", () => {
  const source = randomSource("heteroscedastic");
  let [robust, common] = [0, 0];
  for (let run = 0; run < 600; run++) {
    const x = Array.from({ length: 60 }, () => sampleNormal(source));
    const y = x.map((value) => value * value * sampleNormal(source));
    const columns = { one: ones(60), x };
    if (ok(leastSquares(columns, y, { variance: "hc3" }).x).pValue < 0.05) robust++;
    if (ok(leastSquares(columns, y, { variance: "ols" }).x).pValue < 0.05) common++;
  }
  expect(robust / 600).toBeLessThan(0.12);
  expect(common / 600).toBeGreaterThan(0.25);
});
