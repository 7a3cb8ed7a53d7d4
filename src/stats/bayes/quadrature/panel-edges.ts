// Coordinates beyond are not looked at: the next steps would not be numbers.
const FARTHEST = 1e300;

/**
 * Cuts the support of a unimodal density into panels, each one or two standard deviations wide in the middle.
 * @param mode   where the log-density peaks
 * @param drop   how far the log-density at t lies below its peak, ≥ 0
 * @param scale  width of the first panel tried; each is at most twice its neighbor
 * @param steep  largest fall within one panel; smaller for heavy tails
 * @param reach  how far below the peak the outermost edges lie
 * @returns ascending edges
 */
export function panelEdges(
  mode: number,
  drop: (t: number) => number,
  scale = 1,
  steep = 24,
  reach = 24,
): number[] {
  const edges = [mode];
  for (const side of [-1, 1]) {
    let t = mode;
    let reached = 0;
    // Where a density is narrower than numbers are apart, one step leads out of it.
    const finest = Math.abs(mode) * 4 * Number.EPSILON;
    let step = Math.max(scale, finest);
    while (reached < reach && Math.abs(t) < FARTHEST) {
      const limit = reached + Math.min(steep, 0.8 + 2.2 * Math.sqrt(reached));
      let next = drop(t + side * step);
      if (next < limit) next = drop(t + side * (step *= 2));
      while (next > limit && step > finest) next = drop(t + side * (step = Math.max(finest, step / 2)));
      edges.push((t += side * step));
      reached = next;
    }
  }
  return edges.sort((a, b) => a - b);
}
