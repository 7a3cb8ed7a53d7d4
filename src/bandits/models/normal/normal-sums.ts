/** Values from here on are no rewards: their squares, which the sums hold, would not be numbers for long. */
export const LARGEST = 1e150;

/** [n, mean, Σ (x − mean)²] with a value in, in place, from `at` on (Welford). */
export function addValue(block: number[], value: number, at = 0): void {
  const n = block[at]! + 1;
  const delta = value - block[at + 1]!;
  block[at] = n;
  block[at + 1]! += delta / n;
  block[at + 2]! += delta * (value - block[at + 1]!);
}

/** [n, mean, Σ (x − mean)²] of both (Chan). */
export function mergeValues(a: readonly number[], b: readonly number[]): number[] {
  const n = a[0]! + b[0]!;
  if (n === 0) return [0, 0, 0];
  const delta = b[1]! - a[1]!;
  const [share, rest] = [a[0]! / n, b[0]! / n];
  // Written so that swapping a and b changes no bit.
  return [n, share * a[1]! + rest * b[1]!, a[2]! + b[2]! + delta * delta * ((a[0]! * b[0]!) / n)];
}
