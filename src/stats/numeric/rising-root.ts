/** Beyond this, no zero is looked for. */
const FAR = 1e30;

/**
 * The zero of a function that rises and is nearly straight: secants, kept within the points where the sign is known,
 * and halved where they crawl.
 * @param guess  where to begin
 * @param slope  about how steep it is there, > 0
 * @returns the zero, to the last digits; ±Infinity where the function never gets there
 */
export function risingRoot(f: (x: number) => number, guess: number, slope: number): number {
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let x = guess;
  let fx = f(guess);
  let step = -fx / slope;
  let reach = 1 / slope;
  for (let i = 0; i < 200 && fx !== 0; i++) {
    const toward = fx < 0 ? 1 : -1;
    if (fx < 0) low = x;
    else high = x;
    let next = x + step;
    if ((fx < 0 ? high : -low) === Number.POSITIVE_INFINITY) {
      // Never further than four times as far as before, and never back: a flat stretch has no secant to follow.
      if (!(step * toward > 0 && step * toward < reach)) next = x + toward * reach;
      reach *= 4;
      if (Math.abs(next) > FAR) return toward * Number.POSITIVE_INFINITY;
    } else if (!(next > low && next < high) || i % 8 === 7) next = low + (high - low) / 2;
    if (next === x || Math.abs(next - x) <= 1e-14 * Math.abs(next)) return next;
    const fn = f(next);
    step = (-fn * (next - x)) / (fn - fx);
    x = next;
    fx = fn;
  }
  return x;
}
