/**
 * Smallest integer in [0, last] from which on `reached` holds, by galloping from a guess and bisection.
 * @param reached  false up to some integer, true from there on
 */
export function smallestCount(reached: (k: number) => boolean, guess: number, last: number): number {
  let high = Math.min(Math.max(Math.round(guess), 0), last);
  let low = high;
  let stride = 1;
  while (low >= 0 && reached(low)) {
    high = low;
    low -= stride;
    stride *= 2;
  }
  for (stride = 1; high < last && !reached(high); stride *= 2) {
    low = high;
    high = Math.min(high + stride, last);
  }
  for (low = Math.max(low, -1); high - low > 1; ) {
    const middle = Math.floor((low + high) / 2);
    if (middle <= low || middle >= high) break;
    if (reached(middle)) high = middle;
    else low = middle;
  }
  return high;
}
