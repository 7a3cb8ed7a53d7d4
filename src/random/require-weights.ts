import {
  ExperimentError,
  missing_value,
  type NumberRange,
  requireArray,
  requireNumber,
} from "../errors/index.js";

/** @throws ExperimentError `wrong_type` or `missing_value` for none at [name]; what `requireNumber` throws at [name, i] */
export function requireWeights(weights: unknown, name: string, range: NumberRange): void {
  requireArray(weights, [name]);
  if (weights.length === 0)
    throw new ExperimentError({ missing_value }, [name, 0], undefined, { expected: { type: "number" } });
  weights.forEach((weight, i) => {
    requireNumber(weight, [name, i], range);
  });
}
