import { requireMethod } from "../errors/index.js";
import { requireDialect } from "../sql/index.js";
import type { Engine } from "./engine.js";

/**
 * Checks a caller's engine: its methods, and how it spells SQL.
 * @throws ExperimentError `missing_value` or `wrong_type` within ["engine"]; `unknown_key` within its dialect
 */
export function requireEngine(engine: Engine): void {
  for (const method of ["open", "query"]) requireMethod(engine, ["engine"], method);
  requireDialect(engine.dialect, ["engine", "dialect"]);
}
