import { type ErrorPath, ExperimentError, missing_value, wrong_type } from "../../errors/index.js";

/**
 * Refuses what cannot name a unit or a cluster; units without a name would become one.
 * @throws ExperimentError `missing_value` or `wrong_type` at `path`
 */
export function requireLabel(label: unknown, path: ErrorPath): asserts label is string | number {
  if (typeof label === "string" || (typeof label === "number" && !Number.isNaN(label))) return;
  const entry = label === undefined || label === null ? { missing_value } : { wrong_type };
  throw new ExperimentError(entry, path, label, { expected: { type: ["text", "number"] } });
}
