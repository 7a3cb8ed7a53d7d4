import { numberAt } from "../../numeric/number-at.js";
import { type Found, lookUp, type Table } from "./tabulate.js";

/** How likely an arm is to lie below a line of another's value, and how fast that rises with the line. */
export interface BelowLine {
  probability: number;
  /** By the line's shift, and by its factor. */
  byShift: number;
  byFactor: number;
}

const found: Found = { below: 0, density: 0, excess: 0 };

/** Steps of the rule where the line leaves the range of values, in eighths of the narrower standard deviation. */
const EIGHTHS = 3;
/** Where what remains of a share, one end or the other, is negligible: e⁻³⁷. */
const NEGLIGIBLE = 37;

/** Adds the probability of a value y of the other arm, which lacks `rest` to 1; x is this arm's value. */
function add(other: Table, y: number, rest: number, x: number, weight: number, out: BelowLine): void {
  lookUp(other, other.law.coordinate(y, rest), found);
  out.probability += weight * found.below;
  if (found.density === 0) return;
  const density = (weight * found.density) / other.law.slope(y, rest);
  out.byShift += density;
  out.byFactor += density * x;
}

/** Over all values of one arm: the line stays in the range of values. */
function along(
  { values, weights }: Table,
  other: Table,
  factor: number,
  shift: number,
  out: BelowLine,
): void {
  for (let i = 0; i < values.length; i++) {
    const x = numberAt(values, i);
    const y = factor * x + shift;
    add(other, y, 1 - y, x, numberAt(weights, i), out);
  }
}

/** Over those values at which the line is in the range, in a coordinate that ends where they end. */
function alongPart(own: Table, other: Table, factor: number, shift: number, out: BelowLine): void {
  const share = own.law.domain === "share";
  const last = own.values.at(-1) ?? 0;
  const low = Math.max(0, -shift / factor);
  const high = share ? Math.min(1, (1 - shift) / factor) : low + 1;
  const span = high - low;
  if (!(span > 0 && last > low)) {
    out.probability = shift > 0 ? 1 : 0;
    return;
  }
  if (share && high < 1) {
    // At greater values the other arm is always below.
    lookUp(own, own.law.coordinate(high, 1 - high), found);
    out.probability = 1 - found.below;
  }
  const lowest = low > 0 ? other.law.from - Math.log(factor * span) : own.law.from - Math.log(span);
  const from = Math.max(lowest, Math.log((own.values[0] ?? 0) - low) - Math.log(span) || lowest);
  const to = !share ? Math.log(last - low) : high < 1 ? NEGLIGIBLE : own.law.to;
  const step = EIGHTHS * Math.min(own.law.step, other.law.step);
  for (let s = from; s <= to; s += step) {
    const small = Math.exp(-Math.abs(s));
    const part = !share ? Math.exp(s) : (s < 0 ? small : 1) / (1 + small);
    const rest = !share ? 1 : (s < 0 ? 1 : small) / (1 + small);
    const x = low + span * part;
    const xRest = 1 - high + span * rest;
    lookUp(own, own.law.coordinate(x, xRest), found);
    if (found.density === 0) continue;
    const weight = (step * span * part * rest * found.density) / own.law.slope(x, xRest);
    const y = low > 0 ? factor * span * part : factor * x + shift;
    add(other, y, high < 1 ? factor * span * rest : 1 - y, x, weight, out);
  }
}

/**
 * P(b ≤ factor · a + shift) of two independent arms of one domain, by a trapezoidal rule over the one whose values lie
 * closer together.
 * @param factor  > 0, or any where values lie anywhere
 * @param out     absolute error about 1e-10
 */
export function belowLine(a: Table, b: Table, factor: number, shift: number, out: BelowLine): void {
  const turned = Math.abs(factor) * a.deviation > b.deviation;
  const own = turned ? b : a;
  const other = turned ? a : b;
  const f = turned ? 1 / factor : factor;
  const s = turned ? -shift / factor : shift;
  const first = f * numberAt(own.values, 0) + s;
  const last = f * numberAt(own.values, own.values.length - 1) + s;
  const { domain } = own.law;
  out.probability = out.byShift = out.byFactor = 0;
  if (domain !== "line" && (first <= 0 || (domain === "share" && last >= 1)))
    alongPart(own, other, f, s, out);
  else along(own, other, f, s, out);
  if (!turned) return;
  if (factor > 0) out.probability = 1 - out.probability;
  out.byFactor = (Math.sign(factor) * (out.byFactor - shift * out.byShift)) / (factor * factor);
  out.byShift /= Math.abs(factor);
}

/**
 * Expectation of how far one arm lies above another, or 0: E max(0, a − b).
 * @returns to an absolute error of about 1e-10 of the values' deviation
 */
export function expectedAbove(a: Table, b: Table): number {
  const turned = a.deviation > b.deviation;
  const [own, other] = turned ? [b, a] : [a, b];
  const { coordinate, mean } = other.law;
  let above = 0;
  for (let i = 0; i < own.values.length; i++) {
    const x = numberAt(own.values, i);
    lookUp(other, coordinate(x, 1 - x), found, true);
    above += numberAt(own.weights, i) * ((x - mean) * found.below - found.excess);
  }
  return turned ? above + a.law.mean - b.law.mean : above;
}
