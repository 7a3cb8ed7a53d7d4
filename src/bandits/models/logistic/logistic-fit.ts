import { square } from "../../../core/powers.js";
import { multiplySymmetric, packedLength } from "../../../linear/symmetric.js";
import {
  coefficientsOf,
  firstSpreads,
  precisionsOf,
  ROUNDS,
  reestimate,
  type Spreads,
} from "../../../regression/shared-estimates.js";
import { fitShared, type SharedFit, type Terms } from "../../../regression/shared-fit.js";
import { blockOf, CELL_UNIT, cellsOf, foldedLength, joinFolded } from "../sums/reward-cells.js";

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
  return [...cellsOf(block).cells.values()]
    .filter(({ n }) => n > 0)
    .map(({ n, sum, indices, codes }) => {
      const at = new Int32Array(indices.length + first);
      const value = new Float64Array(indices.length + first).fill(1);
      indices.forEach((index, i) => {
        at[i + first] = index + first;
        value[i + first] = codes[i]! * CELL_UNIT;
      });
      return { n, sum: Math.min(n, sum), at, value };
    });
}

/** log(1 + exp(x)) without overflow. */
const softplus = (x: number): number => (x > 0 ? x : 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** Adds the second-order terms of a row's log-likelihood at coefficients θ: its curvature, and what it pulls towards. */
function addQuadratic(
  block: { [place: number]: number },
  { n, sum, at, value }: Row,
  theta: Float64Array,
  target: number,
): void {
  let score = 0;
  for (let i = 0; i < at.length; i++) score += theta[at[i]!]! * value[i]!;
  const expected = 1 / (1 + Math.exp(-score));
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

/** Coefficients from 0 on, of those told from the offset on: the first is the constant, where there is an offset. */
const fromZero = (beta: ArrayLike<number>, offset: number): Float64Array =>
  Float64Array.from(beta, (each, i) => (i === 0 ? each + offset : each));

/** A quadratic in coefficients from 0 on as the same in those from the offset on, in place; an empty one stays. */
function fromOffset(block: Float64Array, size: number, offset: number): Float64Array {
  const target = 2 + packedLength(size);
  for (let i = 0; i < size && offset !== 0 && block.length > 0; i++)
    block[target + i]! -= offset * block[2 + packedLength(i)]!;
  return block;
}

/** A quadratic's value at coefficients, up to what all share; 0 for an empty one. */
function quadraticAt(block: Float64Array, beta: ArrayLike<number>): number {
  if (block.length === 0) return 0;
  const target = 2 + packedLength(beta.length);
  const curved = multiplySymmetric(block.subarray(2, target), beta);
  return curved.reduce((sum, each, i) => sum + (beta[i] ?? 0) * ((block[target + i] ?? 0) - each / 2), 0);
}

/** Laplace's approximation around the mode of a logistic regression over arms. */
export interface LogisticFit {
  readonly fit: SharedFit;
  /** Added to every score. */
  readonly offset: number;
}

/**
 * Logistic regression over arms on cells of rewards: Newton's method, each step one regression over arms with the cells'
 * working weights, halved while it does not raise the penalised likelihood.
 * @param blocks  one block of cells an arm; what is folded counts as the quadratic that it is
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
  for (const [count = 0, total = 0] of blocks.map((block) => cellsOf(block).folded)) {
    n += count;
    sum += total;
  }
  for (const row of rows.flat()) {
    n += row.n;
    sum += row.sum;
  }
  const rate = sum / n;
  const offset = ridge === null && d > 0 ? Math.log(rate / (1 - rate)) : 0;
  const unit = 1 / (rate * (1 - rate));
  const even = blocks.map(() => 1);
  const target = 2 + packedLength(size);
  const working = blocks.map(() => new Float64Array(foldedLength(size)));
  const folds = blocks.map((block) => {
    const { folded } = cellsOf(block);
    return { folded, quadratic: fromOffset(Float64Array.from(folded), size, offset) };
  });

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
    folds.forEach(({ quadratic }, a) => {
      total += quadraticAt(quadratic, coefficients[a] ?? []);
    });
    return total;
  };

  /** The regression that one Newton step from the coefficients solves. */
  const step = (coefficients: readonly Float64Array[], precision: Precisions): SharedFit => {
    working.forEach((block, a) => {
      block.fill(0).set(folds[a]?.folded ?? []);
      const theta = fromZero(coefficients[a] ?? [], offset);
      for (const row of rows[a] ?? []) addQuadratic(block, row, theta, target);
      fromOffset(block, size, offset);
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

/**
 * Blocks with no more cells than there may be: all cells of a block that has more are folded into the quadratic of their
 * log-likelihood at the mode of everything that was learned. Later rewards add to it as to any prior.
 * @param most  most cells of an arm
 */
export function foldCells(
  blocks: readonly (readonly number[])[],
  terms: Terms,
  ridge: number | null,
  most: number,
): readonly (readonly number[])[] {
  if (!blocks.some((block) => cellsOf(block).cells.size > most)) return blocks;
  const { fit, offset } = fitLogistic(blocks, terms, ridge);
  const size = terms.own + terms.shared;
  return blocks.map((block, arm) => {
    const { folded, cells } = cellsOf(block);
    if (cells.size <= most) return block;
    const theta = fromZero(coefficientsOf(fit)[arm] ?? [], offset);
    const quadratic = new Array<number>(foldedLength(size)).fill(0);
    let [n, sum] = [0, 0];
    for (const row of rowsOf(block, terms.own > 0 ? 1 : 0)) {
      n += row.n;
      sum += row.sum;
      addQuadratic(quadratic, row, theta, 2 + packedLength(size));
    }
    const added = [n, sum, ...quadratic.slice(2)];
    return blockOf({ folded: joinFolded(folded, added), cells: new Map() });
  });
}
