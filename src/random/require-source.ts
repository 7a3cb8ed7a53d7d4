import { requireMethod } from "../errors/index.js";

/** @throws ExperimentError `missing_value` or `wrong_type` at ["random"] or ["random", "next"] */
export function requireSource(random: unknown): void {
  requireMethod(random, ["random"], "next");
}
