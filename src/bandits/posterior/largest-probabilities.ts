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

// Boole's rule over five equidistant points; its 45ths and the step cancel out.
const WEIGHTS = [7, 32, 12, 32, 7];

/** Values at five equidistant points of a panel. */
type Five = [number, number, number, number, number];

/** A marginal on its way through the common panels. */
interface Curve {
  readonly edges: readonly number[];
  readonly density: (t: number) => number;
  readonly mass: number;
  /** Index of the edge that ends its panel. */
  next: number;
  /** What of its mass lies below. */
  below: number;
  readonly densities: Five;
  /** What of its mass lies below each point. */
  readonly shares: Five;
  /** What it has won so far, of all. */
  won: number;
}

/** Writes the integrals of the interpolating quartic from the first of five points to each, in 720ths of a step. */
function integrate([a, b, c, d, e]: Five, out: Five): void {
  out[1] = 251 * a + 646 * b - 264 * c + 106 * d - 19 * e;
  out[2] = 232 * a + 992 * b + 192 * c + 32 * d - 8 * e;
  out[3] = 243 * a + 918 * b + 648 * c + 378 * d - 27 * e;
  out[4] = 224 * (a + e) + 1024 * (b + d) + 384 * c;
}

/** A marginal with all of its mass, and what of it lies below a place, summed up from its own panels. */
function curveOf({ edges, density }: Marginal, low: number): Curve {
  const shares: Five = [0, 0, 0, 0, 0];
  const next = edges.findIndex((edge) => edge > low);
  let [mass, below, from] = [0, 0, edges[0]!];
  const densities: Five = [0, 0, 0, 0, density(from)];
  for (const to of [...edges.slice(0, next), low, ...edges.slice(next)]) {
    densities[0] = densities[4];
    if (to > low) {
      // Above, the mass is only a scale, for which Simpson's rule will do.
      densities[4] = density(to);
      mass += 120 * (to - from) * (densities[0] + 4 * density((from + to) / 2) + densities[4]);
    } else {
      // Below, it is what the common panels begin with.
      const step = (to - from) / 8;
      for (const middle of [0, 4]) {
        for (let n = 1; n < 5; n++) densities[n] = density(from + (middle + n) * step);
        integrate(densities, shares);
        mass += step * shares[4];
        densities[0] = densities[4];
      }
      below = mass;
    }
    from = to;
  }
  densities[4] = density(low);
  return { edges, density, mass, next, below, densities, shares, won: 0 };
}

/** `bestProbabilities` of marginals that are known to be sound. */
export function largestProbabilities(marginals: readonly Marginal[]): number[] {
  const ends = marginals.map(({ edges }) => edges[edges.length - 1]!);
  // Nothing below the latest start is the largest, and nothing that ends before.
  let low = -1 / 0;
  for (const { edges } of marginals) low = Math.max(low, edges[0]!);
  const curves = marginals.map((marginal, i) => (ends[i]! > low ? curveOf(marginal, low) : undefined));
  let open = curves.flatMap((curve) => curve ?? []);
  // A mass is a scale, and cancels out, as long as what has ended keeps the share that was summed up to its end.
  let [total, ended] = [0, 1];
  for (let t = low; open.length > 0; ) {
    let width = 1 / 0;
    for (const { edges, next } of open) {
      const own = edges[next]! - edges[next - 1]!;
      if (own < width) width = own;
    }
    // What is not a number has no width.
    if (width === 1 / 0) break;
    const step = Math.max(width / 4, Math.abs(t) * 1e-15);
    const all = [ended, ended, ended, ended, ended];
    for (const curve of open) {
      const { density, densities, shares, mass } = curve;
      densities[0] = densities[4]!;
      for (let n = 1; n < 5; n++) densities[n] = density(t + n * step);
      shares[0] = 0;
      integrate(densities, shares);
      for (let n = 0; n < 5; n++) all[n]! *= shares[n] = (curve.below + step * shares[n]!) / mass;
      curve.below = mass * shares[4];
    }
    for (const curve of open) {
      let part = 0;
      for (let n = 0; n < 5; n++)
        part += (WEIGHTS[n]! * all[n]! * curve.densities[n]!) / curve.shares[n]! || 0;
      part *= step / curve.mass;
      curve.won += part;
      total += part;
    }
    t += 4 * step;
    open = open.filter((curve) => {
      while (curve.edges[curve.next]! <= t) curve.next++;
      if (curve.next < curve.edges.length) return true;
      ended *= curve.below / curve.mass;
      return false;
    });
  }
  if (total > 0) return curves.map((curve) => Math.max(0, (curve?.won ?? 0) / total));
  // Spikes between the places looked at: the rightmost one is the largest.
  const last = Math.max(...ends);
  const ties = ends.filter((end) => end === last).length;
  return ends.map((end) => (end === last ? 1 / ties : 0));
}
