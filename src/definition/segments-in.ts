import type { Condition } from "../core/condition.js";

/** @returns the segments that a condition names itself, repeats included */
export function segmentsIn(condition: Condition): string[] {
  if ("segment" in condition) return [condition.segment];
  if ("not" in condition) return segmentsIn(condition.not);
  if ("all" in condition) return condition.all.flatMap(segmentsIn);
  return "any" in condition ? condition.any.flatMap(segmentsIn) : [];
}
