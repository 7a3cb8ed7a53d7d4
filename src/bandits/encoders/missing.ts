import {
  type ErrorParameters,
  type ErrorPath,
  missing_value,
  type Problem,
  problem,
} from "../../errors/index.js";

/**
 * Whether a field of a context has no value. It is the meaning that audiences give it: absent, null, NaN, or an object where
 * one value is wanted. An audience's tests all fail then; a reward model refuses to guess what it stands for.
 */
export const isMissing = (value: unknown): boolean =>
  value === undefined || typeof value === "object" || Number.isNaN(value);

/** What is wrong with a context that lacks a value of a field. */
export function missingProblems(
  value: unknown,
  field: string,
  path: ErrorPath,
  known: Pick<ErrorParameters, "known" | "expected">,
): Problem[] {
  return isMissing(value) ? [problem({ missing_value }, [...path, field], value, known)] : [];
}
