import { ExperimentError, singular_matrix } from "../errors/index.js";

/**
 * Cholesky factor of a symmetric positive definite matrix: A = L Lᵀ.
 * @param packed     packed lower triangle of A, length d(d+1)/2; left as it is
 * @param dimension  d
 * @returns packed lower triangle of L, same layout
 * @throws ExperimentError `singular_matrix` at ["matrix", column] when A is not positive definite to working precision
 * @source Golub & Van Loan, Matrix Computations, 4.2
 */
export function cholesky(packed: ArrayLike<number>, dimension: number): Float64Array {
  const d = dimension;
  const l = new Float64Array((d * (d + 1)) / 2);
  const root = (square: number, i: number, row: number): number => {
    // Below this the pivot is rounding error of the subtraction, not information.
    if (!(square > 1e-14 * (packed[row + i] as number)))
      throw new ExperimentError({ singular_matrix }, ["matrix", i], square);
    return Math.sqrt(square);
  };
  // Two rows by two columns at a time: each number read serves two sums, and no addition waits for the last.
  let i = 0;
  for (; i + 1 < d; i += 2) {
    const r = (i * (i + 1)) / 2;
    const s = r + i + 1;
    for (let j = 0; j < i; j += 2) {
      const u = (j * (j + 1)) / 2;
      const v = u + j + 1;
      let ru = packed[r + j] as number;
      let rv = packed[r + j + 1] as number;
      let su = packed[s + j] as number;
      let sv = packed[s + j + 1] as number;
      for (let k = 0; k < j; k++) {
        const rk = l[r + k] as number;
        const sk = l[s + k] as number;
        const uk = l[u + k] as number;
        const vk = l[v + k] as number;
        ru -= rk * uk;
        rv -= rk * vk;
        su -= sk * uk;
        sv -= sk * vk;
      }
      const between = l[v + j] as number;
      l[r + j] = ru /= l[u + j] as number;
      l[s + j] = su /= l[u + j] as number;
      l[r + j + 1] = (rv - ru * between) / (l[v + j + 1] as number);
      l[s + j + 1] = (sv - su * between) / (l[v + j + 1] as number);
    }
    let rr = packed[r + i] as number;
    let sr = packed[s + i] as number;
    let ss = packed[s + i + 1] as number;
    for (let k = 0; k < i; k++) {
      const rk = l[r + k] as number;
      const sk = l[s + k] as number;
      rr -= rk * rk;
      sr -= sk * rk;
      ss -= sk * sk;
    }
    l[r + i] = root(rr, i, r);
    l[s + i] = sr /= l[r + i] as number;
    l[s + i + 1] = root(ss - sr * sr, i + 1, s);
  }
  if (i < d) {
    const r = (i * (i + 1)) / 2;
    const last = solveLower(
      l,
      Array.from({ length: i }, (_, j) => packed[r + j] as number),
    );
    l.set(last, r);
    l[r + i] = root((packed[r + i] as number) - last.reduce((sum, x) => sum + x * x, 0), i, r);
  }
  return l;
}

/**
 * Solves L y = x by forward substitution.
 * @param factor  packed lower triangular L, from {@link cholesky}
 * @param x       vector of length d
 * @param out     where y goes; may be `x` itself; default a new array
 * @returns y; |y|² = xᵀ A⁻¹ x
 */
export function solveLower(
  factor: Float64Array,
  x: ArrayLike<number>,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  const d = x.length;
  let at = 0;
  for (let i = 0; i < d; i++) {
    // Four sums side by side: one alone would wait for each of its additions.
    let s0 = x[i] as number;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let j = 0;
    for (; j + 3 < i; j += 4, at += 4) {
      s0 -= (factor[at] as number) * (out[j] as number);
      s1 += (factor[at + 1] as number) * (out[j + 1] as number);
      s2 += (factor[at + 2] as number) * (out[j + 2] as number);
      s3 += (factor[at + 3] as number) * (out[j + 3] as number);
    }
    for (; j < i; j++, at++) s0 -= (factor[at] as number) * (out[j] as number);
    out[i] = (s0 - (s1 + s2 + s3)) / (factor[at++] as number);
  }
  return out;
}

/**
 * Solves Lᵀ y = x by back substitution.
 * @param factor  packed lower triangular L, from {@link cholesky}
 * @param x       vector of length d
 * @param out     where y goes; may be `x` itself; default a new array
 * @returns y; when x is standard normal, y has covariance A⁻¹
 */
export function solveUpper(
  factor: Float64Array,
  x: ArrayLike<number>,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  const d = x.length;
  if (out !== x) for (let i = 0; i < d; i++) out[i] = x[i] as number;
  let i = d - 1;
  // Four rows at a time, so that each earlier number is read and written once for the four of them.
  for (; i >= 3; i -= 4) {
    const r0 = (i * (i + 1)) / 2;
    const r1 = r0 - i;
    const r2 = r1 - i + 1;
    const r3 = r2 - i + 2;
    const y0 = (out[i] as number) / (factor[r0 + i] as number);
    const y1 =
      ((out[i - 1] as number) - (factor[r0 + i - 1] as number) * y0) / (factor[r1 + i - 1] as number);
    const y2 =
      ((out[i - 2] as number) - (factor[r0 + i - 2] as number) * y0 - (factor[r1 + i - 2] as number) * y1) /
      (factor[r2 + i - 2] as number);
    const y3 =
      ((out[i - 3] as number) -
        (factor[r0 + i - 3] as number) * y0 -
        (factor[r1 + i - 3] as number) * y1 -
        (factor[r2 + i - 3] as number) * y2) /
      (factor[r3 + i - 3] as number);
    out[i] = y0;
    out[i - 1] = y1;
    out[i - 2] = y2;
    out[i - 3] = y3;
    for (let j = 0; j < i - 3; j++)
      out[j] =
        (out[j] as number) -
        ((factor[r0 + j] as number) * y0 + (factor[r1 + j] as number) * y1) -
        ((factor[r2 + j] as number) * y2 + (factor[r3 + j] as number) * y3);
  }
  for (; i >= 0; i--) {
    const row = (i * (i + 1)) / 2;
    const y = (out[i] as number) / (factor[row + i] as number);
    out[i] = y;
    for (let j = 0; j < i; j++) out[j] = (out[j] as number) - (factor[row + j] as number) * y;
  }
  return out;
}

/**
 * Solves A y = x.
 * @param factor  packed lower triangular factor of A, from {@link cholesky}
 * @param x       vector of length d
 * @param out     where y goes; may be `x` itself; default a new array
 * @returns y = A⁻¹ x
 */
export function solve(
  factor: Float64Array,
  x: ArrayLike<number>,
  out: Float64Array = new Float64Array(x.length),
): Float64Array {
  const y = solveLower(factor, x, out);
  return solveUpper(factor, y, y);
}

/**
 * The inverse of a matrix from its factor.
 * @param factor     packed lower triangular factor of A, from {@link cholesky}
 * @param dimension  d
 * @returns packed lower triangle of A⁻¹
 */
export function invert(factor: Float64Array, dimension: number): Float64Array {
  const inverse = new Float64Array(factor.length);
  const unit = new Float64Array(dimension);
  for (let i = 0; i < dimension; i++) {
    unit.fill(0);
    unit[i] = 1;
    const column = solve(factor, unit);
    for (let j = i; j < dimension; j++) inverse[(j * (j + 1)) / 2 + i] = column[j] as number;
  }
  return inverse;
}

/**
 * The inverse of a triangular factor: its rows dotted with x give {@link solveLower} without waiting for one another.
 * @param factor     packed lower triangular L, from {@link cholesky}
 * @param dimension  d
 * @returns packed lower triangle of L⁻¹
 */
export function invertLower(factor: Float64Array, dimension: number): Float64Array {
  const inverse = new Float64Array(factor.length);
  for (let i = 0, row = 0; i < dimension; row += ++i) {
    // Row i is minus the earlier rows, weighed by the factor's, four at a time; row k is zero past its place k.
    let k = 0;
    for (; k + 3 < i; k += 4) {
      const r0 = (k * (k + 1)) / 2;
      const r1 = r0 + k + 1;
      const r2 = r1 + k + 2;
      const r3 = r2 + k + 3;
      const f0 = factor[row + k] as number;
      const f1 = factor[row + k + 1] as number;
      const f2 = factor[row + k + 2] as number;
      const f3 = factor[row + k + 3] as number;
      for (let j = 0; j <= k; j++)
        inverse[row + j] =
          (inverse[row + j] as number) -
          (f0 * (inverse[r0 + j] as number) + f1 * (inverse[r1 + j] as number)) -
          (f2 * (inverse[r2 + j] as number) + f3 * (inverse[r3 + j] as number));
      inverse[row + k + 1] =
        (inverse[row + k + 1] as number) -
        f1 * (inverse[r1 + k + 1] as number) -
        f2 * (inverse[r2 + k + 1] as number) -
        f3 * (inverse[r3 + k + 1] as number);
      inverse[row + k + 2] =
        (inverse[row + k + 2] as number) -
        f2 * (inverse[r2 + k + 2] as number) -
        f3 * (inverse[r3 + k + 2] as number);
      inverse[row + k + 3] = (inverse[row + k + 3] as number) - f3 * (inverse[r3 + k + 3] as number);
    }
    for (; k < i; k++) {
      const start = (k * (k + 1)) / 2;
      const f = factor[row + k] as number;
      for (let j = 0; j <= k; j++)
        inverse[row + j] = (inverse[row + j] as number) - f * (inverse[start + j] as number);
    }
    const pivot = factor[row + i] as number;
    for (let j = 0; j < i; j++) inverse[row + j] = (inverse[row + j] as number) / pivot;
    inverse[row + i] = 1 / pivot;
  }
  return inverse;
}

/**
 * log det A from its factor.
 * @param factor     packed lower triangular factor of A
 * @param dimension  d
 * @returns natural logarithm of the determinant
 */
export function logDeterminant(factor: Float64Array, dimension: number): number {
  let sum = 0;
  for (let i = 0, at = 0; i < dimension; i++, at += i + 1) sum += Math.log(factor[at] as number);
  return 2 * sum;
}

/**
 * The factor of A + x xᵀ from the factor of A, in place and in O(d²).
 * @param factor  packed lower triangular factor of A; becomes that of A + x xᵀ
 * @param x       vector of length d; left as it is
 * @source Golub & Van Loan, Matrix Computations, 6.5.4
 */
export function updateCholesky(factor: Float64Array, x: ArrayLike<number>): void {
  const d = x.length;
  const rest = Float64Array.from(x);
  for (let k = 0, diagonal = 0; k < d; k++, diagonal += k + 1) {
    const pivot = factor[diagonal] as number;
    const xk = rest[k] as number;
    if (xk === 0) continue;
    const r = Math.hypot(pivot, xk);
    const c = r / pivot;
    const s = xk / pivot;
    factor[diagonal] = r;
    for (let i = k + 1, at = diagonal + k + 1; i < d; i++, at += i) {
      const entry = ((factor[at] as number) + s * (rest[i] as number)) / c;
      factor[at] = entry;
      rest[i] = c * (rest[i] as number) - s * entry;
    }
  }
}

/**
 * |N x|² for a packed lower triangular N; with N = L⁻¹ from {@link invertLower} that is xᵀ A⁻¹ x.
 * @param lower  packed lower triangle of N
 * @param x      vector of length d
 * @returns the square, ≥ 0
 */
export function squaredProduct(lower: Float64Array, x: Float64Array): number {
  const d = x.length;
  let square = 0;
  let i = 0;
  let at = 0;
  // Two rows at a time and two sums a row: a number of x is read once for both, and no addition waits for the last.
  for (; i + 1 < d; i += 2) {
    const next = at + i + 1;
    let [a, b, c, e] = [0, 0, 0, 0];
    let j = 0;
    for (; j + 1 < i + 1; j += 2) {
      const x0 = x[j] as number;
      const x1 = x[j + 1] as number;
      a += (lower[at + j] as number) * x0;
      b += (lower[at + j + 1] as number) * x1;
      c += (lower[next + j] as number) * x0;
      e += (lower[next + j + 1] as number) * x1;
    }
    // i is even, so both rows have the diagonal of the first left, and the second its own.
    const x0 = x[i] as number;
    a += (lower[at + i] as number) * x0;
    c += (lower[next + i] as number) * x0;
    e += (lower[next + i + 1] as number) * (x[i + 1] as number);
    square += (a + b) * (a + b) + (c + e) * (c + e);
    at = next + i + 2;
  }
  if (i < d) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += (lower[at + j] as number) * (x[j] as number);
    square += sum * sum;
  }
  return square;
}
