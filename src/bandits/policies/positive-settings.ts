import { ExperimentError, out_of_range } from "../../errors/index.js";

/**
 * Settings that have to be positive and finite, checked.
 * @throws ExperimentError `out_of_range` at the first setting that is not
 */
export function positiveSettings<S extends Readonly<Record<string, number>>>(settings: S): S {
  for (const [key, value] of Object.entries(settings))
    if (!(value > 0 && value < 1 / 0)) throw new ExperimentError({ out_of_range }, [key], value);
  return settings;
}
