/**
 * One independent posterior in a coordinate that all compared posteriors share.
 * `density` need not be normalised; `edges` cut its support into panels on which it is smooth.
 */
export interface Marginal {
  /** Ascending; everything outside first and last is negligible. */
  readonly edges: readonly number[];
  readonly density: (t: number) => number;
}

// Coordinates beyond are not looked at: the next steps would not be numbers.
const FARTHEST = 1e300;

/**
 * Cuts the support of a unimodal density into panels, each a fraction of a standard deviation wide in the middle.
 * @param mode   where the log-density peaks
 * @param drop   how far the log-density at t lies below its peak, ≥ 0
 * @param scale  width of the first panel tried; each is at most twice its neighbor
 * @param steep  largest fall within one panel; smaller for heavy tails
 * @returns ascending edges; the outermost lie 24 below the peak
 */
export function panelEdges(mode: number, drop: (t: number) => number, scale = 1, steep = 24): number[] {
  const edges = [mode];
  for (const side of [-1, 1]) {
    let t = mode;
    let reached = 0;
    // Where a density is narrower than numbers are apart, one step leads out of it.
    const finest = Math.abs(mode) * 4 * Number.EPSILON;
    let step = Math.max(scale, finest);
    while (reached < 24 && Math.abs(t) < FARTHEST) {
      const limit = reached + Math.min(steep, 0.2 + Math.sqrt(reached));
      let next = drop(t + side * step);
      if (next < limit) next = drop(t + side * (step *= 2));
      while (next > limit && step > finest) next = drop(t + side * (step = Math.max(finest, step / 2)));
      edges.push((t += side * step));
      reached = next;
    }
  }
  return edges.sort((a, b) => a - b);
}

// Integrals of the interpolating quartic from the first of five equidistant points to each, in 720ths of a step.
const RULES = [
  [0, 0, 0, 0, 0],
  [251, 646, -264, 106, -19],
  [232, 992, 192, 32, -8],
  [243, 918, 648, 378, -27],
  [224, 1024, 384, 1024, 224],
];

/** `bestProbabilities` of marginals that are known to be sound. */
export function largestProbabilities(marginals: readonly Marginal[]): number[] {
  const steps: number[] = [];
  const curves = marginals.map((marginal) => ({
    ...marginal,
    next: 0,
    mass: 0,
    densities: [] as number[],
    shares: [] as number[],
  }));
  let t = Math.min(...marginals.map(({ edges }) => edges[0]!));
  for (;;) {
    let width = 1 / 0;
    for (const curve of curves) {
      const { edges } = curve;
      while (edges[curve.next]! <= t) curve.next++;
      width = Math.min(width, edges[curve.next]! - (edges[curve.next - 1] ?? t) || width);
    }
    if (width > 1e300) break;
    const step = Math.max(width, Math.abs(t) * 1e-15) / 4;
    steps.push(step);
    for (const curve of curves) {
      const { edges, density, next, mass, densities, shares } = curve;
      const inside = next < edges.length && t + width > edges[0]!;
      const at = densities.length;
      for (let n = 0; n < 5; n++) densities.push(inside ? density(t + n * step) : 0);
      for (const rule of RULES) {
        let sum = 0;
        if (inside) for (let n = 0; n < 5; n++) sum += rule[n]! * densities[at + n]!;
        shares.push((curve.mass = mass + sum * step));
      }
    }
    t += 4 * step;
  }
  const best = curves.map(() => 0);
  let total = 0;
  steps.forEach((step, panel) => {
    RULES[4]!.forEach((weight, n) => {
      const at = 5 * panel + n;
      let all = weight * step;
      for (const { shares, mass } of curves) all *= shares[at]! / mass;
      curves.forEach(({ densities, shares }, i) => {
        const part = (all * densities[at]!) / shares[at]! || 0;
        best[i]! += part;
        total += part;
      });
    });
  });
  if (total > 0) return best.map((sum) => Math.max(0, sum / total));
  // Spikes between the places looked at: the rightmost one is the largest.
  const ends = marginals.map(({ edges }) => edges[edges.length - 1]!);
  const last = Math.max(...ends);
  const ties = ends.filter((end) => end === last).length;
  return ends.map((end) => (end === last ? 1 / ties : 0));
}
