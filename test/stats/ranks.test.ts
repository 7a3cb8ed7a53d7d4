import { describe, expect, it } from "vitest";
import { randomSource, sampleLognormal } from "../../src/random/index.js";
import { mannWhitney, momentsOf, permutationTest, welch } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { cases, near } from "./reference.js";

describe("reference", () => {
  it.each(cases("ranks"))("$id", ({ input: { control, treatment }, expected, rtol }) => {
    const exact = mannWhitney(control, treatment);
    expect(exact.method).toBe("mann-whitney-exact");
    expect(exact.u).toBe(expected.U);
    near(exact.pValue, expected.pExact, rtol);
    near(mannWhitney(control, treatment, { method: "asymptotic" }).pValue, expected.pAsymptotic, rtol);
    const permuted = permutationTest(control, treatment);
    near(permuted.pValue, expected.pPermutationMeanDiff, rtol);
    expect(permuted.permutations).toBe(expected.permutations);
  });
});

describe("laws", () => {
  const values = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 15 });

  it("swapping the arms mirrors U and keeps p; only order counts", () =>
    fc.assert(
      fc.property(values, values, (a, b) => {
        const [forth, back] = [mannWhitney(a, b), mannWhitney(b, a)];
        near(forth.u + back.u, a.length * b.length, 1e-14);
        near(back.pValue, forth.pValue, 1e-10);
        const cubed = (list: number[]) => list.map((x) => x ** 3 - 7);
        expect(mannWhitney(cubed(a), cubed(b))).toEqual(forth);
        near(
          mannWhitney(a, b, { alternative: "greater" }).pValue,
          mannWhitney(b, a, { alternative: "less" }).pValue,
          1e-10,
        );
      }),
    ));

  it("the exact and the asymptotic p-value meet", () => {
    const source = randomSource("ranks");
    const arm = (n: number, factor: number) =>
      Array.from({ length: n }, () => factor * sampleLognormal(source, 0, 1));
    const [a, b] = [arm(40, 1), arm(50, 1.1)];
    near(mannWhitney(a, b).pValue, mannWhitney(a, b, { method: "asymptotic" }).pValue, 0.03);
  });

  it("random splits come near to all splits, and the same seed to the same p", () => {
    const [a, b] = [
      [1, 5, 2, 8, 3, 9, 4, 11, 2.5],
      [6, 7, 9.5, 12, 3.5, 14, 8.5, 10, 13],
    ];
    const run = () => permutationTest(a, b, { random: randomSource(4), replicates: 1999 });
    expect(run()).toEqual(run());
    expect(run().method).toBe("permutation");
    const t = welch(momentsOf(a), momentsOf(b));
    expect(Math.abs(run().pValue - (t.pValue ?? 1))).toBeLessThan(0.03);
  });
});

describe("edges", () => {
  it.each([
    [() => mannWhitney([], [1]), "insufficient_data", ["control", "length"]],
    [() => mannWhitney([1], [Number.NaN]), "not_finite", ["treatment", 0]],
    [() => mannWhitney([1, 1], [1], { method: "exact" }), "unknown_name", ["options", "method"]],
    [() => mannWhitney([1], [2], { method: "best" as "exact" }), "unknown_name", ["options", "method"]],
    [
      () => mannWhitney([1], [2], { alternative: "up" as "less" }),
      "unknown_name",
      ["options", "alternative"],
    ],
    [() => permutationTest([1], []), "insufficient_data", ["treatment", "length"]],
    [() => permutationTest([1, Number.NaN], [1]), "not_finite", ["control", 1]],
    [
      () => permutationTest(new Array(30).fill(1), new Array(30).fill(2)),
      "missing_value",
      ["options", "random"],
    ],
    [
      () => permutationTest(new Array(30).fill(1), new Array(30).fill(2), { replicates: 5 }),
      "out_of_range",
      ["options", "replicates"],
    ],
  ])("%# is refused", (run, code, path) => {
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });

  it("equal values tell nothing: p is 1", () => {
    expect(mannWhitney([3, 3, 3], [3, 3]).pValue).toBe(1);
    expect(permutationTest([3, 3, 3], [3, 3])).toMatchObject({ value: 0, pValue: 1 });
  });

  it("complete separation of 40 and 30 values keeps its exact tail", () => {
    const [a, b] = [Array.from({ length: 40 }, (_, i) => i), Array.from({ length: 30 }, (_, i) => 100 + i)];
    // 1 / C(70, 30)
    near(mannWhitney(a, b, { alternative: "greater" }).pValue, 1.807e-20, 1e-3);
  });
});

it("calibration slice: exact tests reject at most 5 % of true nulls, skewed values, unequal arms", () => {
  const source = randomSource("rank slice");
  const runs = 1000;
  let [ranks, permuted] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const arm = (n: number) => Array.from({ length: n }, () => sampleLognormal(source, 0, 1.5));
    const [a, b] = [arm(9), arm(5)];
    if (mannWhitney(a, b).pValue < 0.05) ranks++;
    if (run < 500 && permutationTest(a, b).pValue <= 0.05) permuted++;
  }
  expect(ranks / runs).toBeLessThan(0.05 + 3 * Math.sqrt(0.0475 / runs));
  expect(permuted / 500).toBeLessThan(0.05 + 3 * Math.sqrt(0.0475 / 500));
});

it("rejects the wrong version: ties counted for the treatment whole", () => {
  expect(mannWhitney([1, 2], [2, 3]).u).toBe(3.5);
});
