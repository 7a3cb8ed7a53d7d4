import { numberAt } from "../../numeric/number-at.js";
import type { ArmLaw } from "../laws/arm-law.js";
import type { Marginal } from "./largest-probabilities.js";
import { integralTo, lookAlong, POINTS, STEPS, WHOLE } from "./panel-rule.js";

/** How likely an arm's value is the largest, and how much is lost on average by choosing it. */
export interface Rank {
  readonly best: number;
  /** Expectation of the largest value minus the arm's own, in its unit. */
  readonly loss: number;
}

/** Panels that all arms are looked at in. */
interface Panel {
  readonly from: number;
  readonly width: number;
}

const PANEL = STEPS + 1;
/** Panels from a place up, each as wide as the narrowest of the arms' own there, up to where the next arm begins. */
function panelsFrom(start: number, marginals: readonly Marginal[]): readonly Panel[] {
  const next = marginals.map(() => 0);
  const panels: Panel[] = [];
  for (let from = start; ; ) {
    let width = 1 / 0;
    for (const [i, { edges }] of marginals.entries()) {
      let at = next[i] ?? 0;
      while ((edges[at] ?? 1 / 0) <= from) at++;
      next[i] = at;
      width = Math.min(width, (edges[at] ?? 1 / 0) - (at === 0 ? from : (edges[at - 1] ?? 0)));
    }
    if (!(width < 1 / 0)) return panels;
    width = Math.max(width, Math.abs(from) * 8e-15);
    panels.push({ from, width });
    from += width;
  }
}

/** All arms at every point of the panels, one arm after the other: densities, and probabilities of less and of more. */
interface Laid {
  readonly density: Float64Array;
  readonly below: Float64Array;
  readonly above: Float64Array;
}

/** Writes an arm, whose place among the arms is `i` of `k`. */
function lay(
  { edges, density }: Marginal,
  start: number,
  panels: readonly Panel[],
  i: number,
  k: number,
  out: Laid,
): void {
  const [first = 0, last = 0] = [edges[0], edges.at(-1)];
  const values = new Float64Array(PANEL);
  let mass = 0;
  // Before the common panels there are its own.
  for (let edge = 0, from = first; edge < edges.length && from < start; edge++) {
    const width = Math.min(edges[edge] ?? 0, start) - from;
    values[STEPS] = density(from);
    lookAlong(density, from, width, values);
    mass += width * integralTo(STEPS, values);
    from += width;
  }
  let at = i;
  let before = -1 / 0;
  for (const { from, width } of panels) {
    const outside = from + width <= first || from >= last;
    if (outside) values.fill(0);
    else {
      if (before < first) values[STEPS] = density(from);
      lookAlong(density, from, width, values);
    }
    before = from;
    for (let n = 0; n < PANEL; n++, at += k) {
      out.density[at] = numberAt(values, n);
      out.below[at] = outside ? mass : mass + width * integralTo(n, values);
    }
    mass = numberAt(out.below, at - k);
  }
  // Summed up from the other end: what lies above is small there, and must not be the rest of something large.
  let above = 0;
  for (at -= k; at >= 0; ) {
    const end = numberAt(out.below, at);
    let own = 0;
    for (let n = 0; n < PANEL; n++, at -= k) {
      const below = numberAt(out.below, at);
      own = end - below;
      out.above[at] = (above + own) / mass;
      out.below[at] = below / mass;
      out.density[at] = numberAt(out.density, at) / mass;
    }
    above += own;
  }
}

/** An arm of which the smallest value is the best, turned round. */
const turned = (law: ArmLaw): ArmLaw => ({
  ...law,
  mean: -law.mean,
  marginal() {
    const { edges, density } = law.marginal();
    return { edges: edges.map((edge) => -edge).reverse(), density: (t) => density(-t) };
  },
});

/**
 * Ranks independent arms of one domain. Losses are ∫ F (1 − ∏ F of the others) of the arm with the best mean, in which nothing
 * cancels, and differences of means from it.
 * @param better  which values are the best
 * @returns one rank per arm; relative error about 1e-9
 */
export function rankLaws(laws: readonly ArmLaw[], better: "higher" | "lower"): readonly Rank[] {
  const arms = better === "higher" ? laws : laws.map(turned);
  const line = laws[0]?.domain === "line";
  let top = 0;
  arms.forEach(({ mean }, i) => {
    if (mean > (arms[top]?.mean ?? 0)) top = i;
  });
  const leader = arms[top];
  if (!leader) return [];
  const marginals = arms.map(({ marginal }) => marginal());
  const start = marginals[top]?.edges[0] ?? 0;
  const panels = panelsFrom(start, marginals);
  const k = arms.length;
  const size = panels.length * PANEL * k;
  const laid = {
    density: new Float64Array(size),
    below: new Float64Array(size),
    above: new Float64Array(size),
  };
  for (const [i, marginal] of marginals.entries()) lay(marginal, start, panels, i, k, laid);
  const { density, below, above } = laid;
  const best = new Float64Array(k);
  const before = new Float64Array(k);
  const sign = better === "higher" ? 1 : -1;
  let loss = 0;
  let at = 0;
  for (const { from, width } of panels)
    for (let n = 0; n < PANEL; n++, at += k) {
      const weight = width * numberAt(WHOLE, n);
      const own = numberAt(below, at + top);
      // Products of all but one, from both ends, and the probability that another arm lies above.
      let all = 1;
      let more = 0;
      let others = 1;
      for (let i = 0; i < k; i++) {
        const less = numberAt(below, at + i);
        before[i] = all;
        all *= less;
        if (i === top) continue;
        more += others * numberAt(above, at + i);
        others *= less;
      }
      all = weight;
      for (let i = k - 1; i >= 0; i--) {
        best[i] = numberAt(best, i) + all * numberAt(before, i) * numberAt(density, at + i);
        all *= numberAt(below, at + i);
      }
      const x = leader.value(sign * (from + numberAt(POINTS, n) * width));
      loss += weight * own * more * (line ? 1 : leader.slope(x, 1 - x));
    }
  const sum = best.reduce((total, each) => total + each, 0);
  return arms.map(({ mean }, i) => ({ best: (best[i] ?? 0) / sum, loss: loss + (leader.mean - mean) }));
}
