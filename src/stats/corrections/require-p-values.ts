import { requireArray, requireNumber } from "../../errors/index.js";

const probability = { atLeast: 0, atMost: 1 };

/** @throws ExperimentError what `requireArray` throws at ["pValues"], and `requireNumber` at ["pValues", i] */
export function requirePValues(pValues: readonly number[]): void {
  requireArray(pValues, ["pValues"]);
  // A list with holes has elements that forEach never sees.
  for (let i = 0; i < pValues.length; i++) requireNumber(pValues[i], ["pValues", i], probability);
}
