import { numberAt } from "../../numeric/number-at.js";
import { integralTo, lookAlong, STEPS } from "./panel-rule.js";

/**
 * One independent posterior in a coordinate that all compared posteriors share.
 * `density` need not be normalised; `edges` cut its support into panels on which it is smooth.
 */
export interface Marginal {
  /** Ascending; everything outside first and last is negligible. */
  readonly edges: readonly number[];
  readonly density: (t: number) => number;
}

/** A marginal on its way through the common panels. */
interface Curve {
  readonly edges: readonly number[];
  readonly density: (t: number) => number;
  readonly mass: number;
  /** Index of the edge that ends its panel. */
  next: number;
  /** What of its mass lies below. */
  below: number;
  readonly densities: Float64Array;
  /** What of its mass lies below each point. */
  readonly shares: Float64Array;
  /** What it has won so far, of all. */
  won: number;
}

/** A marginal with all of its mass, and what of it lies below a place, summed up from its own panels. */
function curveOf({ edges, density }: Marginal, low: number): Curve {
  const next = edges.findIndex((edge) => edge > low);
  let [mass, below, from] = [0, 0, edges[0] ?? 0];
  const densities = new Float64Array(STEPS + 1);
  densities[STEPS] = density(from);
  for (const to of [...edges.slice(0, next), low, ...edges.slice(next)]) {
    // Above, the mass is only a scale, for which a glance will do; below, it is what the common panels begin with.
    if (to > low) mass += (to - from) * density((from + to) / 2);
    else {
      lookAlong(density, from, to - from, densities);
      below = mass += (to - from) * integralTo(STEPS, densities);
    }
    from = to;
  }
  densities[STEPS] = density(low);
  return { edges, density, mass, next, below, densities, shares: new Float64Array(STEPS + 1), won: 0 };
}

/** `bestProbabilities` of marginals that are known to be sound. */
export function largestProbabilities(marginals: readonly Marginal[]): number[] {
  const ends = marginals.map(({ edges }) => edges.at(-1) || 0);
  // Nothing below the latest start is the largest, and nothing that ends before.
  let low = -1 / 0;
  for (const { edges } of marginals) low = Math.max(low, edges[0] || 0);
  const curves = marginals.map((marginal, i) => ((ends[i] || 0) > low ? curveOf(marginal, low) : undefined));
  let open = curves.flatMap((curve) => curve ?? []);
  // A mass is a scale, and cancels out, as long as what has ended keeps the share that was summed up to its end.
  let [total, ended] = [0, 1];
  const all = new Float64Array(STEPS + 1);
  const parts = new Float64Array(STEPS + 1);
  for (let t = low; open.length > 0; ) {
    let width = 1 / 0;
    for (const { edges, next } of open)
      width = Math.min(width, numberAt(edges, next) - numberAt(edges, next - 1));
    // What is not a number has no width.
    if (!(width < 1 / 0)) break;
    width = Math.max(width, Math.abs(t) * 8e-15);
    all.fill(ended);
    for (const curve of open) {
      const { density, densities, shares, mass } = curve;
      lookAlong(density, t, width, densities);
      for (let n = 0; n <= STEPS; n++)
        all[n] = numberAt(all, n) * (shares[n] = (curve.below + width * integralTo(n, densities)) / mass);
      curve.below = mass * numberAt(shares, STEPS);
    }
    for (const curve of open) {
      const { densities, shares } = curve;
      for (let n = 0; n <= STEPS; n++)
        parts[n] = (numberAt(all, n) * numberAt(densities, n)) / numberAt(shares, n) || 0;
      const part = (width * integralTo(STEPS, parts)) / curve.mass;
      curve.won += part;
      total += part;
    }
    t += width;
    open = open.filter((curve) => {
      while ((curve.edges[curve.next] ?? 1 / 0) <= t) curve.next++;
      if (curve.next < curve.edges.length) return true;
      ended *= curve.below / curve.mass;
      return false;
    });
  }
  if (total > 0) return curves.map((curve) => Math.max(0, (curve?.won || 0) / total));
  // Spikes between the places looked at: the rightmost one is the largest.
  const last = Math.max(...ends);
  const ties = ends.filter((end) => end === last).length;
  return ends.map((end) => (end === last ? 1 / ties : 0));
}
