import { square } from "../../../core/powers.js";
import { packedLength } from "../../../linear/symmetric.js";
import {
  coefficientsOf,
  firstSpreads,
  precisionsOf,
  ROUNDS,
  reestimate,
  type Spreads,
} from "../../../regression/shared-estimates.js";
import { fitShared, type SharedFit, type Terms } from "../../../regression/shared-fit.js";
import { cellsOf, cellUnit } from "../sums/reward-cells.js";

/** A cell as the fit reads it: its features that are not zero, the constant included. */
interface Row {
  readonly n: number;
  readonly sum: number;
  readonly at: Int32Array;
  readonly value: Float64Array;
}

type Precisions = ReturnType<typeof precisionsOf>;

const STEPS = 100;
/** Largest relative change of a coefficient at the mode; between re-estimations less will do. */
const [EXACT, ROUGH] = [1e-9, 1e-3];
const HALVINGS = 40;

function rowsOf(block: readonly number[], first: number): Row[] {
  const { level, cells } = cellsOf(block);
  const unit = cellUnit(level);
  return [...cells.values()]
    .filter(({ n }) => n > 0)
    .map(({ n, sum, indices, codes }) => {
      const at = new Int32Array(indices.length + first);
      const value = new Float64Array(indices.length + first).fill(1);
      indices.forEach((index, i) => {
        at[i + first] = index + first;
        value[i + first] = codes[i]! * unit;
      });
      return { n, sum: Math.min(n, sum), at, value };
    });
}

/** log(1 + exp(x)) without overflow. */
const softplus = (x: number): number => (x > 0 ? x : 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Laplace's approximation around the mode of a logistic regression over arms. */
export interface LogisticFit {
  readonly fit: SharedFit;
  /** Added to every score. */
  readonly offset: number;
}

/**
 * Logistic regression over arms on cells of rewards: Newton's method, each step one regression over arms with the cells'
 * working weights, halved while it does not raise the penalised likelihood.
 * @param blocks  one block of cells an arm
 * @param ridge   prior precision of each coefficient; null: variances estimated, constants centred on the overall rate
 */
export function fitLogistic(
  blocks: readonly (readonly number[])[],
  terms: Terms,
  ridge: number | null,
): LogisticFit {
  const { own: d, shared: s } = terms;
  const size = d + s;
  const rows = blocks.map((block) => rowsOf(block, d > 0 ? 1 : 0));
  let [n, sum] = [1, 0.5];
  for (const row of rows.flat()) {
    n += row.n;
    sum += row.sum;
  }
  const rate = sum / n;
  const offset = ridge === null && d > 0 ? Math.log(rate / (1 - rate)) : 0;
  const unit = 1 / (rate * (1 - rate));
  const even = blocks.map(() => 1);
  const working = blocks.map(() => new Float64Array(2 + packedLength(size) + size));

  const objective = (coefficients: readonly Float64Array[], precision: Precisions): number => {
    let total = 0;
    rows.forEach((arm, a) => {
      const beta = coefficients[a]!;
      for (const { n, sum, at, value } of arm) {
        let score = offset;
        for (let i = 0; i < at.length; i++) score += beta[at[i]!]! * value[i]!;
        total += sum * score - n * softplus(score);
      }
      for (let i = 0; i < d; i++) total -= 0.5 * precision.own[a]![i]! * square(beta[i]!);
    });
    for (let i = 0; i < s; i++) total -= 0.5 * precision.shared[i]! * square(coefficients[0]?.[d + i] ?? 0);
    return total;
  };

  /** The regression that one Newton step from the coefficients solves. */
  const step = (coefficients: readonly Float64Array[], precision: Precisions): SharedFit => {
    rows.forEach((arm, a) => {
      const block = working[a]!.fill(0);
      const beta = coefficients[a]!;
      const target = 2 + packedLength(size);
      for (const { n, sum, at, value } of arm) {
        let score = 0;
        for (let i = 0; i < at.length; i++) score += beta[at[i]!]! * value[i]!;
        const expected = 1 / (1 + Math.exp(-score - offset));
        const weight = n * expected * (1 - expected);
        const pull = weight * score + sum - n * expected;
        for (let i = 0; i < at.length; i++) {
          const place = at[i]!;
          const scaled = weight * value[i]!;
          const row = 2 + packedLength(place);
          for (let j = 0; j <= i; j++) block[row + at[j]!]! += scaled * value[j]!;
          block[target + place]! += pull * value[i]!;
        }
      }
    });
    return fitShared(working, terms, even, precision.own, precision.shared);
  };

  let coefficients: readonly Float64Array[] = blocks.map(() => new Float64Array(size));
  const mode = (precision: Precisions, tolerance: number): SharedFit => {
    let height = objective(coefficients, precision);
    for (let count = 0; ; count++) {
      const fit = step(coefficients, precision);
      if (count === STEPS) return fit;
      const full = coefficientsOf(fit);
      const from = coefficients;
      let largest = 0;
      full.forEach((beta, a) => {
        for (let i = 0; i < size; i++)
          largest = Math.max(largest, Math.abs(beta[i]! - from[a]![i]!) / (1 + Math.abs(beta[i]!)));
      });
      if (largest < tolerance) return fit;
      let scale = 1;
      for (let halving = 0; ; halving++) {
        coefficients =
          scale === 1
            ? full
            : full.map((beta, a) => beta.map((value, i) => from[a]![i]! + scale * (value - from[a]![i]!)));
        const reached = objective(coefficients, precision);
        if (reached >= height - 1e-12 * Math.abs(height) || halving === HALVINGS) {
          height = reached;
          break;
        }
        scale /= 2;
      }
    }
  };

  if (ridge !== null) {
    const precision: Precisions = {
      own: blocks.map(() => new Float64Array(d).fill(ridge)),
      shared: new Float64Array(s).fill(ridge),
    };
    return { fit: mode(precision, EXACT), offset };
  }
  let spreads: Spreads = firstSpreads(terms, unit);
  for (let round = 0; ; round++) {
    const precision = precisionsOf(spreads, { arms: blocks.length, terms });
    const fit = mode(precision, round === ROUNDS ? EXACT : ROUGH);
    if (round === ROUNDS) return { fit, offset };
    spreads = reestimate(fit, spreads, unit).spreads;
  }
}
