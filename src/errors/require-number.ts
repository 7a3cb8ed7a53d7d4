import { missing_value, not_finite, out_of_range, wrong_type } from "./en/index.js";
import type { Problem } from "./experiment-error.js";
import type { ErrorPath, NumberRange } from "./parameters.js";
import { errorOf, problem } from "./problem.js";

/**
 * What keeps a value from being a number of a range.
 * @returns `missing_value`, `wrong_type`, `not_finite` or `out_of_range`, which states the range; undefined for a number
 *   within it
 */
export function numberProblem(value: unknown, path: ErrorPath, range: NumberRange): Problem | undefined {
  if (inRange(value, range)) return undefined;
  if (Number.isFinite(value)) return problem({ out_of_range }, path, value, { expected: range });
  const entry =
    value === undefined ? { missing_value } : typeof value === "number" ? { not_finite } : { wrong_type };
  return problem(entry, path, value, { expected: { type: "number", ...range } });
}

/** @returns whether a value is a finite number of a range */
export function inRange(value: unknown, range: NumberRange): boolean {
  const { atLeast = -1 / 0, atMost = 1 / 0, above = -1 / 0, below = 1 / 0, whole } = range;
  return (
    typeof value === "number" &&
    value > above &&
    value < below &&
    value >= atLeast &&
    value <= atMost &&
    (!whole || Number.isSafeInteger(value))
  );
}

/**
 * Checks one number of a caller.
 * @param value  anything
 * @param path   where it stands
 * @param range  what it has to lie in; default: any finite number
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_finite` or `out_of_range` at `path`
 */
export function requireNumber(
  value: unknown,
  path: ErrorPath,
  range: NumberRange = {},
): asserts value is number {
  const found = numberProblem(value, path, range);
  if (found) throw errorOf([found]);
}
