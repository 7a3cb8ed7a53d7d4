import { power, square } from "../../core/powers.js";
/**
 * A power of a symmetric positive matrix by Jacobi rotations; small matrices only.
 * @param matrix    full rows, not changed
 * @param exponent  e.g. −0.5 for the inverse square root; eigenvalues at or below 0 count as 0 and give 0
 * @returns full rows
 * @source Golub & Van Loan (2013), Matrix Computations, §8.5
 */
export function symmetricPower(matrix: readonly (readonly number[])[], exponent: number): number[][] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, i) => a.map((__, j) => (i === j ? 1 : 0)));
  const at = (m: number[][], i: number, j: number) => (m[i] as number[])[j] as number;
  const set = (m: number[][], i: number, j: number, value: number) => {
    (m[i] as number[])[j] = value;
  };
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    let size = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        if (i !== j) off += square(at(a, i, j));
        size += square(at(a, i, j));
      }
    if (off <= 1e-32 * size) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const apq = at(a, p, q);
        if (apq === 0) continue;
        const theta = (at(a, q, q) - at(a, p, p)) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (const m of [a, vectors])
          for (let k = 0; k < n; k++) {
            const [kp, kq] = [at(m, k, p), at(m, k, q)];
            set(m, k, p, c * kp - s * kq);
            set(m, k, q, s * kp + c * kq);
          }
        for (let k = 0; k < n; k++) {
          const [pk, qk] = [at(a, p, k), at(a, q, k)];
          set(a, p, k, c * pk - s * qk);
          set(a, q, k, s * pk + c * qk);
        }
      }
  }
  const powers = a.map((_, i) => (at(a, i, i) > 1e-12 ? power(at(a, i, i), exponent) : 0));
  return a.map((_, i) =>
    a.map((__, j) =>
      powers.reduce((sum, power, k) => sum + power * at(vectors, i, k) * at(vectors, j, k), 0),
    ),
  );
}
