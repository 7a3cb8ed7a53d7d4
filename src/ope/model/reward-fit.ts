import {
  addOuterProduct,
  cholesky,
  multiplySymmetric,
  packedIndex,
  packedLength,
  solve,
} from "../../linear/index.js";

/** How many rounds of an action its own coefficients are worth against those of all actions together. */
const SHARED_SLOPE = 10;
const SHARED_CONSTANT = 1;

/** Sums of one action in one fold. */
interface Sums {
  readonly gram: Float64Array;
  readonly moments: Float64Array;
}

const emptySums = (size: number): Sums => ({
  gram: new Float64Array(packedLength(size)),
  moments: new Float64Array(size),
});

function addSums(into: Sums, from: Sums): void {
  for (let j = 0; j < into.gram.length; j++)
    into.gram[j] = (into.gram[j] as number) + (from.gram[j] as number);
  for (let j = 0; j < into.moments.length; j++)
    into.moments[j] = (into.moments[j] as number) + (from.moments[j] as number);
}

function ridge({ gram, moments }: Sums, size: number, penalty: (j: number) => number): Float64Array {
  const held = gram.slice();
  for (let j = 0; j < size; j++) {
    const at = packedIndex(j, j);
    held[at] = (held[at] as number) + penalty(j);
  }
  return solve(cholesky(held, size), moments);
}

/** Coefficients of all actions, one after another: zero where there are no rounds. */
function coefficientsOf(own: readonly Sums[], size: number, rounds: number): Float64Array {
  const all = emptySums(size);
  for (const each of own) addSums(all, each);
  const coefficients = new Float64Array(own.length * size);
  const total = all.gram[0] as number;
  if (!(total > 0)) return coefficients;
  const unit = total / rounds;
  // A feature that is zero in every round has no size of its own.
  const sizes = Float64Array.from(
    { length: size },
    (_, j) => (all.gram[packedIndex(j, j)] as number) / total || 1,
  );
  const shared = ridge(all, size, (j) => (j === 0 ? 1e-9 * unit : unit * (sizes[j] as number)));
  for (const [action, { gram, moments }] of own.entries()) {
    const told = multiplySymmetric(gram, shared);
    const rest = moments.map((each, j) => each - (told[j] as number));
    const added = ridge({ gram, moments: rest }, size, (j) =>
      j === 0 ? SHARED_CONSTANT * unit : SHARED_SLOPE * unit * (sizes[j] as number),
    );
    for (let j = 0; j < size; j++)
      coefficients[action * size + j] = (shared[j] as number) + (added[j] as number);
  }
  return coefficients;
}

/**
 * Expected rewards by least squares, one fit for each fold on the rounds of all others: a line shared by all actions, and
 * what each action adds to it, held towards nothing as if ten rounds of it had said so (one round for its constant).
 * Features are weighed by their own size, so that a change of unit changes nothing. Holds sums, never rounds.
 * @source Hoerl & Kennard (1970), Technometrics 12; cross-fitting: Chernozhukov et al. (2018), Econometrics Journal 21
 */
export class RewardFit {
  readonly #size: number;
  readonly #actions: number;
  readonly #cells: readonly Sums[];
  readonly #counts: Float64Array;
  readonly #folds: number;

  /** @param size  of the context's vectors, whose first number is the constant 1 */
  constructor(actions: number, size: number, folds: number) {
    this.#size = size;
    this.#actions = actions;
    this.#folds = folds;
    this.#cells = Array.from({ length: folds * actions }, () => emptySums(size));
    this.#counts = new Float64Array(folds);
  }

  add(fold: number, action: number, x: Float64Array, reward: number, weight: number): void {
    const { gram, moments } = this.#cells[fold * this.#actions + action] as Sums;
    this.#counts[fold] = (this.#counts[fold] as number) + 1;
    if (weight === 0) return;
    addOuterProduct(gram, x, weight);
    for (let j = 0; j < x.length; j++)
      moments[j] = (moments[j] as number) + weight * reward * (x[j] as number);
  }

  /** @returns coefficients from all rounds, action after action */
  whole(): Float64Array {
    return this.#without(-1);
  }

  /** @returns coefficients for the rounds of every fold, action after action */
  solve(): readonly Float64Array[] {
    return Array.from({ length: this.#folds }, (_, fold) => this.#without(fold));
  }

  #without(fold: number): Float64Array {
    const own = Array.from({ length: this.#actions }, () => emptySums(this.#size));
    let rounds = 0;
    for (let f = 0; f < this.#folds; f++) {
      if (f === fold) continue;
      rounds += this.#counts[f] as number;
      for (let action = 0; action < this.#actions; action++)
        addSums(own[action] as Sums, this.#cells[f * this.#actions + action] as Sums);
    }
    return coefficientsOf(own, this.#size, rounds);
  }
}
