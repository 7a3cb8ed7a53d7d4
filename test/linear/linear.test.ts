import { describe, expect, test } from "vitest";
import { ExperimentError } from "../../src/errors/index.js";
import {
  addOuterProduct,
  cholesky,
  invert,
  invertLower,
  logDeterminant,
  multiplySymmetric,
  packedIndex,
  packedLength,
  packSymmetric,
  solve,
  solveLower,
  solveUpper,
  squaredProduct,
  updateCholesky,
} from "../../src/linear/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { fc } from "../properties.js";

/** XᵀX + ridge · I of 2d random rows. */
function randomMatrix(d: number, seed: string, ridge = 0.1): number[] {
  const random = randomSource(seed);
  const a = new Array<number>(packedLength(d)).fill(0);
  for (let i = 0; i < d; i++) a[packedIndex(i, i)] = ridge;
  for (let row = 0; row < 2 * d; row++)
    addOuterProduct(
      a,
      Array.from({ length: d }, () => sampleNormal(random)),
    );
  return a;
}

const vectorOf = (d: number, seed: string) => {
  const random = randomSource(seed);
  return Array.from({ length: d }, () => sampleNormal(random));
};

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits = 10): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) expect(actual[i]).toBeCloseTo(expected[i] as number, digits);
}

describe("linear", () => {
  test("a textbook matrix: [[4,12,−16],[12,37,−43],[−16,−43,98]] has factor 2; 6 1; −8 5 3", () => {
    const a = packSymmetric([
      [4, 12, -16],
      [12, 37, -43],
      [-16, -43, 98],
    ]);
    const l = cholesky(a, 3);
    expect(Array.from(l)).toEqual([2, 6, 1, -8, 5, 3]);
    expect(logDeterminant(l, 3)).toBeCloseTo(Math.log(36), 12);
  });

  test("solve undoes multiplication, at any dimension", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.string(), (d, seed) => {
        const a = randomMatrix(d, seed);
        const x = vectorOf(d, `${seed}/x`);
        expectClose(solve(cholesky(a, d), multiplySymmetric(a, x)), x, 8);
      }),
      { numRuns: 50 },
    );
  });

  test("|L⁻¹x|² = xᵀA⁻¹x, L⁻ᵀ is its transpose, and the inverse agrees", () => {
    const d = 12;
    const a = randomMatrix(d, "quadratic");
    const l = cholesky(a, d);
    const x = vectorOf(d, "x");
    const y = solveLower(l, x);
    const inverse = invertLower(l, d);
    const rows = Array.from({ length: d }, (_, i) => {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += inverse[packedIndex(i, j)]! * x[j]!;
      return sum;
    });
    expectClose(rows, y);
    const z = vectorOf(d, "z");
    const dot = (u: ArrayLike<number>, v: ArrayLike<number>) =>
      Array.from(u).reduce((sum, ui, i) => sum + ui * (v[i] as number), 0);
    expect(dot(y, y)).toBeCloseTo(dot(x, multiplySymmetric(invert(l, d), x)), 10);
    expect(dot(y, z)).toBeCloseTo(dot(x, solveUpper(l, z)), 10);
  });

  test("|Nx|² in one pass equals the squares of N's rows with x, at every length", () => {
    for (let d = 0; d <= 13; d++) {
      const lower = invertLower(cholesky(randomMatrix(d, `pass ${d}`), d), d);
      const x = Float64Array.from(vectorOf(d, `x ${d}`));
      let square = 0;
      for (let i = 0; i < d; i++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += lower[packedIndex(i, j)]! * x[j]!;
        square += sum * sum;
      }
      expect(Math.abs(squaredProduct(lower, x) - square)).toBeLessThanOrEqual(1e-12 * square);
    }
  });

  test("a rank-one update equals factoring anew", () => {
    for (const d of [1, 2, 7, 40]) {
      const a = randomMatrix(d, `update ${d}`);
      const l = cholesky(a, d);
      for (let step = 0; step < 5; step++) {
        const x = vectorOf(d, `x ${step}`);
        updateCholesky(l, x);
        addOuterProduct(a, x);
      }
      expectClose(l, cholesky(a, d));
    }
  });

  test("inputs are left as they are", () => {
    const a = randomMatrix(4, "kept");
    const before = a.slice();
    const l = cholesky(a, 4);
    const x = [1, 2, 3, 4];
    solve(l, x);
    updateCholesky(l, x);
    expect(a).toEqual(before);
    expect(x).toEqual([1, 2, 3, 4]);
  });

  test("a singular matrix is refused with the column that repeats", () => {
    const a = new Array<number>(6).fill(0);
    for (const row of [
      [1, 2, 3],
      [2, 1, 3],
      [0, 1, 1],
      [5, 2, 7],
    ])
      addOuterProduct(a, row);
    try {
      cholesky(a, 3);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ExperimentError);
      expect(error).toMatchObject({ code: "singular_matrix", path: ["matrix", 2] });
    }
    expect(() => cholesky([Number.NaN], 1)).toThrow(ExperimentError);
  });

  test("the test rejects a wrong version: an update that forgets to carry the rest on", () => {
    const a = randomMatrix(3, "wrong");
    const l = cholesky(a, 3);
    const wrong = l.slice();
    const x = vectorOf(3, "x");
    wrong[0] = Math.hypot(wrong[0] as number, x[0] as number);
    updateCholesky(l, x);
    expect(Math.abs((wrong[1] as number) - (l[1] as number))).toBeGreaterThan(1e-6);
  });
});
