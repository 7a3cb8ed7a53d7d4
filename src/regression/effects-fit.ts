import { square } from "../core/powers.js";
import { cholesky, invertLower, solve } from "../linear/cholesky.js";
import { packedLength } from "../linear/symmetric.js";
import type { Link } from "./links.js";

/** Rewards of all units that share the same features: n, Σ r and Σ r² of one row of the design. */
export interface EffectsCell {
  /** Indices of the coefficients that apply, ascending. */
  readonly row: readonly number[];
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Coefficients that share one prior variance: main effects of a factor, one interaction, … */
export interface EffectsBlock {
  readonly from: number;
  readonly size: number;
  /** Standard deviation expected of the coefficients before there are data, in the link's {@link Link.unit}. */
  readonly sd: number;
}

/** A Gaussian posterior over coefficients. */
export interface EffectsFit {
  readonly coefficients: Float64Array;
  /** Packed Cholesky factor of the posterior precision. */
  readonly factor: Float64Array;
  /** Estimated standard deviation of each block's coefficients. */
  readonly sds: readonly number[];
}

/** A prior guess of a block's variance is worth this many coefficients. */
const GUESS = 4;
/** Iterations in which block variances may still move, and what counts as a move: far from their end they start slowly. */
const MOVES = 12;
const MOVED = 0.01;
/** Iterations in all; the last changed no coefficient by more than this, and left an error of its square. */
const STEPS = 60;
const CHANGED = 1e-3;

/**
 * Generalised linear regression on cells with empirical-Bayes variances: Laplace's approximation around the posterior
 * mode (Newton), block variances by MacKay's fixed point, between Newton's steps. The first coefficient is the constant.
 * @param cells   cells with n > 0 are read
 * @param size    number of coefficients
 * @param blocks  disjoint, covering everything but the constant
 * @param link    from {@link links}
 * @param prior   what the overall mean reward is centred on: a reward and how many it is worth
 * @returns the posterior
 * @source MacKay (1992), Neural Computation 4(3)
 */
export function fitEffects(
  cells: readonly EffectsCell[],
  size: number,
  blocks: readonly EffectsBlock[],
  link: Link,
  prior: { readonly mean: number; readonly n: number },
): EffectsFit {
  const filled = cells.filter(({ n }) => n > 0);
  let [n, sum, squares] = [prior.n, prior.n * prior.mean, prior.n * square(prior.mean)];
  let [within, df] = [0, 0];
  for (const cell of filled) {
    n += cell.n;
    sum += cell.sum;
    squares += cell.squares;
    within += Math.max(0, cell.squares - (cell.sum * cell.sum) / cell.n);
    df += Math.max(0, cell.n - 1);
  }
  const overall = sum / n;
  // Variance within cells, and as if from one more reward that of all; where all are alike, that of a coin.
  const spread = squares / n - overall * overall;
  const noise = (within + (spread > 1e-200 ? spread : 0.25)) / (df + 1);
  const unit = link.unit(noise);
  const coefficients = new Float64Array(size);
  const center = link.of(overall);
  coefficients[0] = center;
  const guesses = blocks.map(({ sd }) => sd * unit);
  const sds = guesses.slice();
  const precision = new Float64Array(size).fill(1e-2 / (unit * unit));
  const setPrecision = () => {
    blocks.forEach(({ from, size: width }, b) => {
      precision.fill(1 / square(sds[b]!), from, from + width);
    });
  };
  setPrecision();
  const hessian = new Float64Array(packedLength(size));
  const gradient = new Float64Array(size);
  let factor: Float64Array = new Float64Array(0);
  let moves = filled.length > 0 ? MOVES : 0;

  for (let step = 0; step < STEPS; step++) {
    hessian.fill(0);
    for (let i = 0, at = 0; i < size; i++, at += i + 1) {
      hessian[at] = precision[i]!;
      gradient[i] = -precision[i]! * (coefficients[i]! - (i === 0 ? center : 0));
    }
    for (const cell of filled) {
      const { row } = cell;
      let predictor = 0;
      for (let p = 0; p < row.length; p++) predictor += coefficients[row[p]!]!;
      const expected = link.inverse(predictor);
      const weight = link.weight(cell.n, expected, noise);
      const pull = (weight * (cell.sum / cell.n - expected)) / link.slope(expected) || 0;
      for (let p = 0; p < row.length; p++) {
        const i = row[p]!;
        gradient[i]! += pull;
        const start = (i * (i + 1)) / 2;
        for (let q = 0; q <= p; q++) hessian[start + row[q]!]! += weight;
      }
    }
    factor = cholesky(hessian, size);
    const change = solve(factor, gradient);
    let largest = 0;
    for (const each of change) largest = Math.max(largest, Math.abs(each) / unit);
    // Far from the mode a full Newton step can overshoot.
    const scale = Math.min(1, 2 / largest);
    for (let i = 0; i < size; i++) coefficients[i]! += scale * change[i]!;
    if (moves > 0) {
      moves--;
      if (largest < 0.5) {
        const inverse = invertLower(factor, size);
        const variance = new Float64Array(size);
        for (let i = 0, at = 0; i < size; i++)
          for (let j = 0; j <= i; j++, at++) variance[j]! += inverse[at]! * inverse[at]!;
        let moved = 0;
        blocks.forEach(({ from, size: width }, b) => {
          let [total, known] = [GUESS * square(guesses[b]!), width];
          for (let i = from; i < from + width; i++) {
            total += square(coefficients[i]!);
            known -= variance[i]! / square(sds[b]!);
          }
          const next = Math.sqrt(total / (GUESS + Math.max(0, known)));
          moved = Math.max(moved, Math.abs(next / sds[b]! - 1));
          sds[b] = next;
        });
        setPrecision();
        if (moved < MOVED) moves = 0;
      }
    } else if (largest < CHANGED) break;
  }
  return { coefficients, factor, sds };
}
