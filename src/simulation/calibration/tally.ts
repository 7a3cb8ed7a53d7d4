import type { ScalarMoments } from "../../core/moments.js";

/** What one figure has gathered over simulated experiments. Tallies add up, so chunks can run anywhere. */
export interface Tally {
  /** Moments of the measured value: 1 or 0 an experiment for a share, any number for a mean. */
  readonly moments: ScalarMoments;
  /** How often something worth printing happened: `left`, `right`, `unbounded`, `none`, a flag. */
  readonly counts: Readonly<Record<string, number>>;
  /** Computed, not simulated: the figure has no Monte-Carlo error. */
  readonly exact?: true;
}

/** Gathers one figure, experiment by experiment. */
export class TallyBuilder {
  private n = 0;
  private mean = 0;
  private m2 = 0;
  private readonly counts: Record<string, number> = {};

  add(value: number): void {
    this.n += 1;
    const away = value - this.mean;
    this.mean += away / this.n;
    this.m2 += away * (value - this.mean);
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  tally(): Tally {
    return { moments: { n: this.n, mean: this.mean, m2: this.m2 }, counts: { ...this.counts } };
  }
}

/**
 * A figure that was computed, e.g. by summing over all outcomes.
 * @param value   the figure, and counts as shares of one experiment
 * @param counts  shares by name
 * @returns a tally without Monte-Carlo error
 */
export function exactTally(value: number, counts: Readonly<Record<string, number>> = {}): Tally {
  return { moments: { n: 1, mean: value, m2: 0 }, counts, exact: true };
}

/**
 * Two parts of the same figure together.
 * @param a  one part
 * @param b  the other
 * @returns the tally over both parts' experiments
 */
export function mergeTallies(a: Tally, b: Tally): Tally {
  if (a.exact) return a;
  const n = a.moments.n + b.moments.n;
  const away = b.moments.mean - a.moments.mean;
  const counts = { ...a.counts };
  for (const [what, times] of Object.entries(b.counts)) counts[what] = (counts[what] ?? 0) + times;
  return {
    moments: {
      n,
      mean: a.moments.mean + (away * b.moments.n) / n,
      m2: a.moments.m2 + b.moments.m2 + (away * away * a.moments.n * b.moments.n) / n,
    },
    counts,
  };
}
