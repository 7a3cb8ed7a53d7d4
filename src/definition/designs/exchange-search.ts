import {
  addOuterProduct,
  cholesky,
  invert,
  logDeterminant,
  packedIndex,
  packedLength,
  packSymmetric,
} from "../../linear/index.js";
import type { RandomSource } from "../../random/source.js";

/** What chosen rows tell about every candidate row, kept up as rows are added and removed (Sherman–Morrison). */
class Information {
  private readonly inverse: Float64Array[];
  /** Of each candidate row x: xᵀ M⁻¹ x, with M the sum of x xᵀ over the chosen rows. */
  readonly variances: Float64Array;

  constructor(
    private readonly rows: readonly Float64Array[],
    chosen: Iterable<number>,
    ridge: number,
  ) {
    const p = (rows[0] as Float64Array).length;
    const packed = packSymmetric(
      Array.from({ length: p }, (_, i) => Array.from({ length: p }, (_, j) => (i === j ? ridge : 0))),
    );
    for (const r of chosen) addOuterProduct(packed, rows[r] as Float64Array);
    const flat = invert(cholesky(packed, p), p);
    this.inverse = Array.from({ length: p }, (_, i) =>
      Float64Array.from({ length: p }, (_, j) => flat[packedIndex(i, j)] as number),
    );
    this.variances = Float64Array.from(rows, (_, r) => this.dot(r, this.times(r)));
  }

  /** Inverse times a row. */
  times(r: number): Float64Array {
    return Float64Array.from(this.inverse, (line) => this.dot(r, line));
  }

  /** A row times a vector. */
  dot(r: number, vector: Float64Array): number {
    const row = this.rows[r] as Float64Array;
    let sum = 0;
    for (let i = 0; i < row.length; i++) sum += (row[i] as number) * (vector[i] as number);
    return sum;
  }

  /** Adds (+1) or removes (-1) a row. */
  change(r: number, sign: 1 | -1): void {
    const vector = this.times(r);
    const scale = sign / (1 + sign * this.dot(r, vector));
    for (let i = 0; i < vector.length; i++) {
      const line = this.inverse[i] as Float64Array;
      const by = scale * (vector[i] as number);
      for (let j = 0; j < vector.length; j++) line[j] = (line[j] as number) - by * (vector[j] as number);
    }
    for (let other = 0; other < this.rows.length; other++) {
      const along = this.dot(other, vector);
      this.variances[other] = (this.variances[other] as number) - scale * along * along;
    }
  }
}

/** A few rows at random, then always the row known least about, until there are enough. */
function start(rows: readonly Float64Array[], size: number, random: RandomSource): Set<number> {
  const chosen = new Set<number>();
  const seeds = Math.ceil(Math.min(size, (rows[0] as Float64Array).length) / 2);
  while (chosen.size < seeds) chosen.add(Math.floor(random.next() * rows.length));
  const information = new Information(rows, chosen, 1e-4);
  while (chosen.size < size) {
    let best = -1;
    let most = 0;
    for (let r = 0; r < rows.length; r++) {
      const variance = information.variances[r] as number;
      if (!chosen.has(r) && (best < 0 || variance > most * (1 + 1e-9))) [best, most] = [r, variance];
    }
    chosen.add(best);
    information.change(best, 1);
  }
  return chosen;
}

/** Swaps each chosen row for the one that raises the determinant most, until no swap does. */
function exchange(rows: readonly Float64Array[], chosen: Set<number>): void {
  for (let improved = true; improved; ) {
    improved = false;
    const information = new Information(rows, chosen, 0);
    for (const out of [...chosen]) {
      const away = information.times(out);
      const own = information.variances[out] as number;
      let best = -1;
      let gain = 1 + 1e-7;
      for (let r = 0; r < rows.length; r++) {
        if (chosen.has(r)) continue;
        const cross = information.dot(r, away);
        const factor = (1 - own) * (1 + (information.variances[r] as number)) + cross * cross;
        if (factor > gain) [best, gain] = [r, factor];
      }
      if (best < 0) continue;
      information.change(best, 1);
      information.change(out, -1);
      chosen.delete(out);
      chosen.add(best);
      improved = true;
    }
  }
}

/**
 * Rows whose cross-product matrix has the largest determinant that exchanges from random starts find.
 * @param rows    candidate rows of the model matrix, of full column rank
 * @param size    how many different rows to choose, at least the number of columns
 * @param starts  random starts
 * @param random  source of chance
 * @returns indexes of the chosen rows, increasing
 */
export function exchangeSearch(
  rows: readonly Float64Array[],
  size: number,
  starts: number,
  random: RandomSource,
): number[] {
  const p = (rows[0] as Float64Array).length;
  let best: number[] = [];
  let largest = Number.NEGATIVE_INFINITY;
  for (let s = 0; s < starts; s++) {
    const chosen = start(rows, size, random);
    exchange(rows, chosen);
    const packed = new Array<number>(packedLength(p)).fill(0);
    for (const r of chosen) addOuterProduct(packed, rows[r] as Float64Array);
    const logDet = logDeterminant(cholesky(packed, p), p);
    if (logDet > largest + 1e-9) [best, largest] = [[...chosen].sort((a, b) => a - b), logDet];
  }
  return best;
}
