import { refuseType } from "../../errors/index.js";
import { isPlainObject } from "../../shapes/index.js";
import { requireWhom } from "./segments-formats.js";
import type { Whom } from "./whom.js";

/**
 * Reads what `essai segments --json` printed: found segments, and with them what policies and budgets are worth.
 * @param json  of unknown shape
 * @returns what the option `whom` of reports takes
 * @throws ExperimentError `unsupported_format`, `wrong_type`, `missing_value` … at their place
 * @example
 * const found = { format: "essai.segments/1", level: 0.95, units: 0, splits: 3, attributes: [], refused: [], treatments: [] };
 * const excluded = { missing_outcome: 0, several_variants: 0, other_variant: 0 };
 * parseWhom({ ...found, excluded }).segments.units; // 0
 */
export function parseWhom(json: unknown): Whom {
  if (!isPlainObject(json)) refuseType(json, [], "object");
  const { values, budget, ...segments } = json;
  const whom = { segments, ...(values ? { values } : {}), ...(budget ? { budget } : {}) };
  requireWhom(whom, { segments: [], values: ["values"], budget: ["budget"] });
  return whom;
}
