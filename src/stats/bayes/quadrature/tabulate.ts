import { numberAt } from "../../numeric/number-at.js";
import type { ArmLaw } from "../laws/arm-law.js";

/** Pairs of points around a cell that its polynomial goes through: half a step from the middle, one and a half, … */
const PAIRS = 5;

/**
 * Of the polynomials in the place from a cell's middle, in steps, that are 1 at both points of a pair (or 1 and −1) and 0 at
 * the other pairs: coefficients of even powers, which those of odd ones differ from by the pair's place.
 */
const basis = Array.from({ length: PAIRS }, (_, j) => {
  let coefficients = [1];
  for (let i = 0; i < PAIRS; i++) {
    if (i === j) continue;
    const own = coefficients;
    const [at, other] = [(j + 0.5) * (j + 0.5), (i + 0.5) * (i + 0.5)];
    coefficients = [...own, 0].map((_, k) => ((own[k - 1] ?? 0) - other * (own[k] ?? 0)) / (at - other));
  }
  return coefficients;
});
const even = Float64Array.from(basis.flat(), (each) => each / 2);
const odd = Float64Array.from(basis.flatMap((own, j) => own.map((each) => each / (2 * j + 1))));

/** Terms of what lies below, in a cell. */
const TERMS = 2 * PAIRS + 1;
/** Most steps between two places of the trapezoidal rule: half a standard deviation. */
const MOST = 4;
/** Places of less weight are left out. */
const LEAST = 1e-14;

/** Polynomials by cell, and power of the place from its middle. */
interface Cells {
  /** What lies below. */
  readonly below: Float64Array;
  /** The mean of what lies below, but for the law's own: ∫ (value − mean); absent where the density gives it. */
  readonly excess?: Float64Array;
}

/** A law in places half a standard deviation apart, and its distribution function for whoever asks. */
export interface Table {
  readonly law: ArmLaw;
  /** Values, and their shares of the trapezoidal rule. */
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** Standard deviation of the value. */
  readonly deviation: number;
  /** Worked out when they are first looked at. */
  cells?: Cells;
}

/** What a table holds at a coordinate: the probability of less, and the density of the coordinate. */
export interface Found {
  below: number;
  density: number;
  /** ∫ (value − mean) over what lies below. */
  excess: number;
}

const spreadOf = ({ step, slope, mean }: ArmLaw): number => 8 * step * slope(mean, 1 - mean);

/** As many steps as lie not much more than half of the other's standard deviation apart where this law is still likely. */
function stepsBeside(law: ArmLaw, other: ArmLaw): number {
  const { step, value, slope, coordinate, mean } = law;
  const high = value(coordinate(mean, 1 - mean) + 24 * step);
  return Math.max(1, Math.min(MOST, Math.floor((0.6 * spreadOf(other)) / (step * slope(high, 1 - high)))));
}

/** Looks at a law where its averages need it, over functions that change as the other law does. */
export function tabulate(law: ArmLaw, other: ArmLaw): Table {
  const { from, to, density, value } = law;
  const step = stepsBeside(law, other) * law.step;
  const weights = new Float64Array(Math.floor((to - from) / step) + 1);
  const values = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i] = density(from + i * step);
  let count = 0;
  let mean = 0;
  for (let i = 0; i < weights.length; i++) {
    const share = numberAt(weights, i) / sum;
    if (share < LEAST) continue;
    weights[count] = share;
    mean += share * (values[count] = value(from + i * step));
    count++;
  }
  let spread = 0;
  for (let i = 0; i < count; i++) {
    const away = numberAt(values, i) - mean;
    spread += numberAt(weights, i) * away * away;
  }
  return {
    law,
    values: values.subarray(0, count),
    weights: weights.subarray(0, count),
    deviation: Math.sqrt(spread),
  };
}

/** Polynomials of the integral of what was looked at, {@link PAIRS} − 1 places before the first cell and as many after the last. */
function integrated(looked: Float64Array, step: number): Float64Array {
  const cells = looked.length - 2 * PAIRS + 1;
  const terms = new Float64Array(cells * TERMS);
  let sum = 0;
  for (let cell = 0, at = 0; cell < cells; cell++, at += TERMS) {
    // Written out: a loop over the pairs takes three times as long.
    const l0 = numberAt(looked, cell + 4);
    const r0 = numberAt(looked, cell + 5);
    const l1 = numberAt(looked, cell + 3);
    const r1 = numberAt(looked, cell + 6);
    const l2 = numberAt(looked, cell + 2);
    const r2 = numberAt(looked, cell + 7);
    const l3 = numberAt(looked, cell + 1);
    const r3 = numberAt(looked, cell + 8);
    const l4 = numberAt(looked, cell);
    const r4 = numberAt(looked, cell + 9);
    // From the cell's middle to its end, and to its start.
    let end = 0;
    let start = 0;
    let reach = step / 2;
    for (let k = 0; k < PAIRS; k++) {
      const whole =
        (l0 + r0) * numberAt(even, k) +
        (l1 + r1) * numberAt(even, k + 5) +
        (l2 + r2) * numberAt(even, k + 10) +
        (l3 + r3) * numberAt(even, k + 15) +
        (l4 + r4) * numberAt(even, k + 20);
      const rising =
        (r0 - l0) * numberAt(odd, k) +
        (r1 - l1) * numberAt(odd, k + 5) +
        (r2 - l2) * numberAt(odd, k + 10) +
        (r3 - l3) * numberAt(odd, k + 15) +
        (r4 - l4) * numberAt(odd, k + 20);
      const one = whole / (2 * k + 1);
      const two = rising / (2 * k + 2);
      terms[at + 2 * k + 1] = step * one;
      terms[at + 2 * k + 2] = step * two;
      end += reach * (one + two / 2);
      start -= reach * (one - two / 2);
      reach /= 4;
    }
    terms[at] = sum - start;
    sum += end - start;
  }
  return terms;
}

// What is looked at on the way to polynomials; kept, since making room for it takes longer than filling it.
let scratch = [new Float64Array(0), new Float64Array(0)] as const;

/** What lies below, and the excess of it where the law does not know it by itself; absolute error 1e-10. */
function cellsOf({ from, to, step, density, value, mean, excess: known }: ArmLaw): Cells {
  const cells = Math.max(1, Math.ceil((to - from) / step));
  const length = cells + 2 * PAIRS - 1;
  if (scratch[0].length < length) scratch = [new Float64Array(2 * length), new Float64Array(2 * length)];
  const [below, excess] = [scratch[0].subarray(0, length), scratch[1].subarray(0, length)];
  below.fill(0);
  let sum = 0;
  for (let i = 0; i <= cells; i++) sum += below[i + PAIRS - 1] = density(from + i * step);
  for (let at = PAIRS - 1; at < PAIRS + cells; at++) below[at] = numberAt(below, at) / (sum * step);
  if (known !== undefined) return { below: integrated(below, step) };
  excess.fill(0);
  for (let i = 0, at = PAIRS - 1; i <= cells; i++, at++)
    excess[at] = numberAt(below, at) * (value(from + i * step) - mean);
  return { below: integrated(below, step), excess: integrated(excess, step) };
}

/** Writes what a table holds at a coordinate, `excess` where it is asked for. */
export function lookUp(table: Table, u: number, found: Found, excess = false): void {
  const { from, step } = table.law;
  table.cells ??= cellsOf(table.law);
  const { below } = table.cells;
  const place = (u - from) / step;
  const cell = Math.floor(place);
  found.density = found.excess = 0;
  if (!(cell >= 0)) found.below = 0;
  else if ((cell + 1) * TERMS > below.length) found.below = 1;
  else {
    const t = place - cell - 0.5;
    const at = cell * TERMS;
    // Even and odd powers apart, which do not wait for each other, and written out: lookups are most of a comparison's time.
    const square = t * t;
    let even = numberAt(below, at + 10);
    let odd = numberAt(below, at + 9);
    let evenSlope = even;
    let oddSlope = odd;
    even = even * square + numberAt(below, at + 8);
    odd = odd * square + numberAt(below, at + 7);
    evenSlope = evenSlope * square + even;
    oddSlope = oddSlope * square + odd;
    even = even * square + numberAt(below, at + 6);
    odd = odd * square + numberAt(below, at + 5);
    evenSlope = evenSlope * square + even;
    oddSlope = oddSlope * square + odd;
    even = even * square + numberAt(below, at + 4);
    odd = odd * square + numberAt(below, at + 3);
    evenSlope = evenSlope * square + even;
    oddSlope = oddSlope * square + odd;
    even = even * square + numberAt(below, at + 2);
    odd = odd * square + numberAt(below, at + 1);
    evenSlope = evenSlope * square + even;
    even = even * square + numberAt(below, at);
    found.below = even + t * odd;
    found.density = (2 * (t * evenSlope + square * oddSlope) + odd) / step;
    if (!excess) return;
    const { excess: terms } = table.cells;
    if (!terms) {
      found.excess = -(table.law.excess ?? 0) * found.density;
      return;
    }
    let value = 0;
    for (let each = at + TERMS - 1; each >= at; each--) value = value * t + numberAt(terms, each);
    found.excess = value;
  }
}
