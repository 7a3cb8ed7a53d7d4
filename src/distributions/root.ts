/**
 * Root of an increasing function, by steps kept inside a shrinking bracket; always ends.
 * @param at  the function's value at x and the step it proposes, subtracted from x: one that converges faster
 *            than linearly, so that a step below `last` is the last
 */
export function findRoot(
  at: (x: number) => readonly [value: number, step: number],
  start: number,
  low: number,
  high: number,
  last = 1e-9,
): number {
  let x = start;
  for (let i = 0; i < 200; i++) {
    const [value, step] = at(x);
    if (value === 0) break;
    if (value > 0) high = x;
    else low = x;
    const proposed = x - step;
    const taken = proposed > low && proposed < high;
    const next = taken ? proposed : (low + high) / 2;
    if (next === x) break;
    x = next;
    if (taken && Math.abs(step) < last) break;
  }
  return x;
}

/**
 * The x at which a decreasing tail equals p, by the secant method on its logarithm.
 * @param low  where the tail is 1: 0, or −Infinity
 */
export function findTail(tail: (x: number) => number, p: number, low: number): number {
  if (p === 0) return Infinity;
  if (p === 1) return low;
  let high = 1;
  while (tail(high) > p) high *= 2;
  let from = low < 0 ? -1 : 0;
  while (from < 0 && tail(from) < p) from *= 2;
  let before: readonly [x: number, value: number] | undefined;
  return findRoot(
    (x) => {
      const value = Math.log(p) - Math.log(tail(x));
      const slope = before && (value - before[1]) / (x - before[0]);
      before = [x, value];
      return [value, slope ? value / slope : Number.NaN];
    },
    (from + high) / 2,
    from,
    high,
  );
}
