/**
 * Root of an increasing function, by steps kept inside a shrinking bracket.
 * @param at    the function's value at x, and the step it proposes (subtracted from x)
 * @returns the root, to about 1e-14 of 1 + |x|; always ends
 */
export function findRoot(
  at: (x: number) => readonly [value: number, step: number],
  start: number,
  low: number,
  high: number,
): number {
  let x = start;
  for (let i = 0; i < 200; i++) {
    const [value, step] = at(x);
    if (value === 0) break;
    if (value > 0) high = x;
    else low = x;
    const proposed = x - step;
    const next = proposed > low && proposed < high ? proposed : (low + high) / 2;
    const moved = Math.abs(next - x);
    x = next;
    if (moved <= 1e-15 * (1 + Math.abs(x)) || Math.abs(high - low) <= 1e-15 * (1 + Math.abs(x))) break;
  }
  return x;
}
