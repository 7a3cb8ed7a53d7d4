import { describe, expect, it } from "vitest";
import { fisherExact, type IndependenceStatistic, independence } from "../../src/stats/index.js";
import { fc } from "../properties.js";
import { binomialWeights } from "./binomial-coverage.js";
import { cases, near } from "./reference.js";

describe("reference", () => {
  it.each(cases("tables", "fisherExact"))("$id", ({ input: { table }, expected, rtol }) => {
    const [treatment, control] = table.map(([x, rest]: number[]) => ({ x: x!, n: x! + rest! }));
    near(fisherExact(control, treatment).pValue, expected.p.twoSided, rtol);
    near(fisherExact(control, treatment, { alternative: "greater" }).pValue, expected.p.greater, rtol);
    near(fisherExact(control, treatment, { alternative: "less" }).pValue, expected.p.less, rtol);
  });

  it.each(cases("tables", "chiSquareIndependence"))("$id", ({ input: { table }, expected, rtol }) => {
    for (const [statistic, value, p] of [
      ["pearson", expected.chi2, expected.p],
      ["g", expected.g, expected.pG],
      ["yates", expected.yates, expected.pYates],
    ] as const) {
      if (value === undefined) continue;
      const test = independence(table, { statistic });
      expect(test).toMatchObject({ status: "ok", df: expected.df });
      if (test.status !== "ok") continue;
      near(test.statistic, value, rtol);
      near(test.pValue, p, rtol);
    }
  });
});

describe("laws", () => {
  const proportion = fc
    .record({ n: fc.integer({ min: 1, max: 300 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ n, share }) => ({ x: Math.round(n * share), n }));

  it("Fisher: swapping the arms swaps the tails, and the tails overlap in the observed table", () =>
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const p = (midP: boolean, alternative: "greater" | "less") =>
          fisherExact(a, b, { alternative, midP }).pValue;
        near(fisherExact(b, a, { alternative: "less" }).pValue, p(false, "greater"), 1e-10);
        near(fisherExact(b, a).pValue, fisherExact(a, b).pValue, 1e-9);
        near(p(true, "greater") + p(true, "less"), 1, 1e-10);
        expect(p(false, "greater") + p(false, "less")).toBeGreaterThanOrEqual(1 - 1e-10);
        expect(fisherExact(a, b, { midP: true }).pValue).toBeLessThanOrEqual(fisherExact(a, b).pValue);
      }),
      { numRuns: 60 },
    ));

  it("independence: transposing and reordering leave every statistic alone; Yates is never larger", () => {
    const table = [
      [10, 22],
      [31, 40],
    ];
    const transposed = [
      [31, 10],
      [40, 22],
    ];
    for (const statistic of ["pearson", "g", "yates"] as const) {
      const [one, other] = [independence(table, { statistic }), independence(transposed, { statistic })];
      if (one.status !== "ok" || other.status !== "ok") throw new Error("expected numbers");
      near(other.statistic, one.statistic, 1e-12);
    }
    expect(independence(table, { statistic: "yates" })).toMatchObject({ status: "ok" });
  });

  it("a table that is exactly independent has statistic 0 and p 1", () => {
    for (const statistic of ["pearson", "g", "yates"] as const)
      expect(
        independence(
          [
            [10, 20],
            [30, 60],
          ],
          { statistic },
        ),
      ).toMatchObject({ statistic: 0, pValue: 1 });
  });
});

describe("edges", () => {
  it.each([
    [[[1, 2]], "wrong_length", ["table"]],
    [[[1, 2], [3]], "wrong_length", ["table", 1]],
    [[[1], [3]], "wrong_length", ["table", 0]],
    [
      [
        [1, -2],
        [3, 4],
      ],
      "negative_count",
      ["table", 0, 1],
    ],
    [
      [
        [1, 2],
        [3, 0.5],
      ],
      "negative_count",
      ["table", 1, 1],
    ],
    [
      [
        [0, 0],
        [0, 0],
      ],
      "insufficient_data",
      ["table"],
    ],
  ])("%o is refused as %s", (table, code, path) => {
    expect(() => independence(table)).toThrow(expect.objectContaining({ code, path }));
  });

  it("an empty row or column is stated", () => {
    expect(
      independence([
        [0, 0],
        [3, 4],
      ]),
    ).toMatchObject({ status: "degenerate" });
    expect(
      independence(
        [
          [0, 2],
          [0, 4],
        ],
        { statistic: "g" },
      ),
    ).toMatchObject({ status: "degenerate" });
  });

  it("Yates belongs to 2 × 2, and only known statistics exist", () => {
    expect(() =>
      independence(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        { statistic: "yates" },
      ),
    ).toThrow(expect.objectContaining({ code: "wrong_length" }));
    expect(() =>
      independence(
        [
          [1, 2],
          [4, 5],
        ],
        { statistic: "chi" as IndependenceStatistic },
      ),
    ).toThrow(expect.objectContaining({ code: "unknown_name", path: ["options", "statistic"] }));
  });

  it("Fisher at the rim: one possible table, extreme tables, large counts", () => {
    expect(fisherExact({ x: 0, n: 5 }, { x: 0, n: 9 }).pValue).toBe(1);
    near(
      fisherExact({ x: 0, n: 500 }, { x: 500, n: 500 }, { alternative: "greater" }).pValue,
      3.6993e-300,
      1e-3,
    );
    expect(fisherExact({ x: 500_000, n: 1e6 }, { x: 500_700, n: 1e6 }).pValue).toBeCloseTo(0.322, 2);
    expect(fisherExact({ x: 710_874_174, n: 1e9 }, { x: 5e8, n: 1e9 }).pValue).toBe(0);
    expect(() => fisherExact({ x: 6, n: 5 }, { x: 0, n: 9 })).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["control", "x"] }),
    );
    expect(() => fisherExact({ x: 1, n: 5 }, { x: 0, n: 9 }, { alternative: "up" as "less" })).toThrow(
      expect.objectContaining({ code: "unknown_name" }),
    );
  });
});

describe("calibration, by exact summation over unequal arms", () => {
  const [wc, wt] = [binomialWeights(60, 0.2), binomialWeights(25, 0.2)];
  const rejects = (test: (xc: number, xt: number) => number) =>
    wc.reduce(
      (sum, a, xc) => sum + wt.reduce((inner, b, xt) => inner + (test(xc, xt) <= 0.05 ? a * b : 0), 0),
      0,
    );

  it("Fisher's exact test never rejects more than 5 % of true nulls; mid-p comes closer and stays below 6 %", () => {
    const fisher = rejects((xc, xt) => fisherExact({ x: xc, n: 60 }, { x: xt, n: 25 }).pValue);
    const mid = rejects((xc, xt) => fisherExact({ x: xc, n: 60 }, { x: xt, n: 25 }, { midP: true }).pValue);
    expect(fisher).toBeLessThan(0.05);
    expect(mid).toBeGreaterThan(fisher);
    expect(mid).toBeLessThan(0.06);
  });
});

it("rejects the wrong version: twice the smaller tail instead of the tables no likelier", () => {
  const [, second] = cases("tables", "fisherExact").filter(({ id }) => /0[79]$/.test(id));
  const { twoSided, greater, less } = second!.expected.p;
  expect(Math.abs((2 * Math.min(greater, less)) / twoSided - 1)).toBeGreaterThan(0.1);
});
