import { once } from "../core/once.js";
import { square } from "../core/powers.js";
import { invertLower } from "../linear/cholesky.js";
import { multiplySymmetric, packedLength } from "../linear/symmetric.js";
import { fitShared, type SharedFit, type Terms } from "./shared-fit.js";

/** Rounds of re-estimation; the first fit is not one. */
export const ROUNDS = 4;
/** Where estimates of a coefficient's variance start, in units of the rewards' … */
const START = 1;
/** … what they lean on, the constant's first, … */
const [CONSTANT, SLOPE] = [0.01, 0.001];
/** … how many coefficients that is worth, and how many the mean over features is worth for one feature. */
const [GUESS, FEATURE] = [1, 1];
/** Rewards that the pooled noise is worth in an arm's own. */
const POOLED = 5;
/** Regressions that explain more of the rewards' variance than all but this part are not believed. */
const LEAST = 0.01;

/** The coefficients of u = (x, z) that predict each arm's reward, worked out once a fit. */
export const coefficientsOf = (fit: SharedFit): readonly Float64Array[] =>
  once(fit, ({ arms, shared }) => arms.map(({ own }) => Float64Array.of(...own, ...shared)));

/** Variance of all rewards; 1 where there is none to see. Blocks are [n, Σ r², packed uuᵀ, u·r]. */
function rewardVariance(blocks: readonly ArrayLike<number>[], { own, shared }: Terms): number {
  let [n, sum, squares] = [0, 0, 0];
  for (const block of blocks) {
    n += block[0]!;
    squares += block[1]!;
    // The constant comes first in x.
    if (own > 0) sum += block[2 + packedLength(own + shared)]!;
  }
  const variance = n > 0 ? (squares - (sum * sum) / n) / n : 0;
  return variance > 1e-12 * squares ? variance : squares > 0 ? squares / n : 1;
}

/** Sums of squares of the columns of a packed lower triangle. */
function columnSquares(lower: Float64Array, d: number): Float64Array {
  const squares = new Float64Array(d);
  for (let i = 0, at = 0; i < d; i++) for (let j = 0; j <= i; j++, at++) squares[j]! += square(lower[at]!);
  return squares;
}

/** Residual sum of squares of an arm. */
function residual(block: readonly number[], coefficients: Float64Array): number {
  const d = coefficients.length;
  const length = packedLength(d);
  const fitted = multiplySymmetric(block.slice(2, 2 + length), coefficients);
  let sum = block[1]!;
  for (let i = 0; i < d; i++) sum += coefficients[i]! * (fitted[i]! - 2 * block[2 + length + i]!);
  return Math.max(0, sum);
}

/** Noise variance of each arm: its own residuals', leaning on all arms' pooled. */
function noises(
  blocks: readonly (readonly number[])[],
  losses: readonly number[],
  used: ArrayLike<number>,
  variance: number,
): number[] {
  let [loss, n] = [variance, 1];
  const free = blocks.map((block, arm) => Math.max(0, block[0]! - used[arm]!));
  losses.forEach((each, arm) => {
    loss += each;
    n += free[arm]!;
  });
  const pooled = loss / n;
  return losses.map((each, arm) =>
    Math.max(LEAST * variance, (each + POOLED * pooled) / (free[arm]! + POOLED)),
  );
}

/** The regression under one given precision of all coefficients, in units of the noise's. */
export function ridgeFit(
  blocks: readonly (readonly number[])[],
  terms: Terms,
  ridge: number,
  deviation: number | null,
): SharedFit {
  const flat = (size: number, value: number) => new Float64Array(size).fill(value);
  const unit = fitShared(
    blocks,
    terms,
    blocks.map(() => 1),
    blocks.map(() => flat(terms.own, ridge)),
    flat(terms.shared, ridge),
  );
  const coefficients = coefficientsOf(unit);
  const length = 2 + packedLength(terms.own + terms.shared);
  const noise =
    deviation === null
      ? noises(
          blocks,
          blocks.map((block, arm) =>
            coefficients[arm]!.reduce((sum, value, i) => sum - value * block[length + i]!, block[1]!),
          ),
          blocks.map(() => 0),
          rewardVariance(blocks, terms),
        )
      : blocks.map(() => square(deviation));
  if (terms.shared === 0) return { ...unit, arms: unit.arms.map((arm, i) => ({ ...arm, noise: noise[i]! })) };
  const mean = noise.reduce((sum, each) => sum + each / noise.length, 0);
  return fitShared(
    blocks,
    terms,
    noise,
    noise.map((each) => flat(terms.own, ridge / each)),
    flat(terms.shared, ridge / mean),
  );
}

/** Prior variances: of each own coefficient over the arms, and of the shared ones. */
export interface Spreads {
  readonly own: Float64Array;
  readonly shared: number;
}

/** Where the estimates start. */
export const firstSpreads = ({ own }: Terms, unit: number): Spreads => ({
  own: new Float64Array(own).fill(START * unit),
  shared: START * unit,
});

/** The precisions that spreads stand for, as `fitShared` takes them. */
export const precisionsOf = (
  { own, shared }: Spreads,
  { arms, terms }: { readonly arms: number; readonly terms: Terms },
): { readonly own: readonly Float64Array[]; readonly shared: Float64Array } => {
  const precision = own.map((each) => 1 / each);
  return {
    own: Array.from({ length: arms }, () => precision),
    shared: new Float64Array(terms.shared).fill(1 / shared),
  };
};

/**
 * One round of evidence maximisation: a coefficient's variance is its square over how much of it the data tell.
 * @param unit  what prior guesses are multiples of
 * @returns new spreads, and the number of coefficients that each arm's data determine
 * @source MacKay (1992), Neural Computation 4; Tipping (2001), JMLR 1
 */
export function reestimate(
  { terms, arms, shared, factor }: SharedFit,
  spreads: Spreads,
  unit: number,
): { readonly spreads: Spreads; readonly used: Float64Array } {
  const { own: d, shared: s } = terms;
  const between = (variance: number) => Math.min(100 * unit, Math.max(1e-6 * unit, variance));
  const squares = new Float64Array(d);
  const known = new Float64Array(d);
  const used = new Float64Array(arms.length);
  arms.forEach(({ own, inverseFactor, noise }, arm) => {
    columnSquares(inverseFactor, d).forEach((norm, i) => {
      const told = Math.max(0, 1 - (noise * norm) / spreads.own[i]!);
      known[i]! += told;
      used[arm]! += told;
      squares[i]! += square(own[i]!);
    });
  });
  let [all, count] = [GUESS * SLOPE * unit, GUESS];
  for (let i = 1; i < d; i++) {
    all += squares[i]!;
    count += known[i]!;
  }
  const mean = between(all / count);
  const own = squares.map((square, i) =>
    i === 0
      ? between((square + GUESS * CONSTANT * unit) / (known[0]! + GUESS))
      : between((square + FEATURE * mean) / (known[i]! + FEATURE)),
  );
  [all, count] = [GUESS * SLOPE * unit, GUESS];
  columnSquares(invertLower(factor, s), s).forEach((norm, i) => {
    all += square(shared[i]!);
    count += Math.max(0, 1 - norm / spreads.shared);
  });
  return { spreads: { own, shared: between(all / count) }, used };
}

/**
 * The regression with its variances estimated from the same sums (empirical Bayes): of the arms' constants, of each
 * feature's coefficients over the arms, of the shared coefficients, and of each arm's noise.
 */
export function estimatedFit(
  blocks: readonly (readonly number[])[],
  terms: Terms,
  deviation: number | null,
): SharedFit {
  const unit = rewardVariance(blocks, terms);
  let noise = blocks.map(() => (deviation === null ? unit : square(deviation)));
  let spreads = firstSpreads(terms, unit);
  for (let round = 0; ; round++) {
    const precisions = precisionsOf(spreads, { arms: blocks.length, terms });
    const fit = fitShared(blocks, terms, noise, precisions.own, precisions.shared);
    if (round === ROUNDS) return fit;
    const next = reestimate(fit, spreads, unit);
    spreads = next.spreads;
    if (deviation === null) {
      const coefficients = coefficientsOf(fit);
      noise = noises(
        blocks,
        blocks.map((block, arm) => residual(block, coefficients[arm]!)),
        next.used,
        unit,
      );
    }
  }
}
