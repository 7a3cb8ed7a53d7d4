import { type NumberRange, requireNumber } from "../errors/index.js";

/**
 * Refuses a value that is not a number (infinite ones are), or for which `within` does not hold.
 * @param within    whether it lies in `expected`
 * @param expected  what is told of a value that does not
 * @returns the value
 */
export function argument(value: number, name: string, within = true, expected?: NumberRange): number {
  if (typeof value !== "number" || Number.isNaN(value) || !within) requireNumber(value, [name], expected);
  return value;
}

const DEGREES = { atLeast: 1e-100 };
const POSITIVE = { atLeast: 1e-100, atMost: 1e100 };
const PROBABILITY = { atLeast: 0, atMost: 1 };

/** Refuses a count that is not a whole number of at least `atLeast`. */
export function wholeNumber(value: number, name: string, atLeast: number): number {
  if (!(value >= atLeast && Number.isSafeInteger(value)))
    requireNumber(value, [name], { atLeast, whole: true });
  return value;
}

/** Refuses a parameter that is not a positive finite number; 1e-100 to 1e100 is what the kernels can square. */
export function positive(value: number, name: string): number {
  return argument(value, name, value >= 1e-100 && value <= 1e100, POSITIVE);
}

/** Refuses degrees of freedom that are not positive; Infinity is allowed. */
export function degrees(value: number, name = "df"): number {
  return argument(value, name, value >= 1e-100, DEGREES);
}

/** Refuses a probability outside [0, 1]. */
export function probability(value: number, name = "p"): number {
  return argument(value, name, value >= 0 && value <= 1, PROBABILITY);
}
