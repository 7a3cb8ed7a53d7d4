import { ExperimentError, not_finite, out_of_range } from "../errors/index.js";

/** Refuses a value that is not a number, or for which `within` does not hold. Returns the value. */
export function argument(value: number, name: string, within = true): number {
  if (typeof value !== "number" || Number.isNaN(value))
    throw new ExperimentError({ not_finite }, [name], value);
  if (!within) throw new ExperimentError({ out_of_range }, [name], value);
  return value;
}

/** Refuses a parameter that is not a positive finite number; 1e-100 to 1e100 is what the kernels can square. */
export function positive(value: number, name: string): number {
  if (value === Infinity) throw new ExperimentError({ not_finite }, [name], value);
  return argument(value, name, value >= 1e-100 && value <= 1e100);
}

/** Refuses degrees of freedom that are not positive; Infinity is allowed. */
export function degrees(value: number, name = "df"): number {
  return argument(value, name, value >= 1e-100);
}

/** Refuses a probability outside [0, 1]. */
export function probability(value: number, name = "p"): number {
  return argument(value, name, !(value < 0 || value > 1));
}
