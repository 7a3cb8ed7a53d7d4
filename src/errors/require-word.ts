import { missing_value, unknown_name } from "./en/index.js";
import { ExperimentError } from "./experiment-error.js";
import { nearName } from "./near-name.js";
import type { ErrorPath } from "./parameters.js";

/**
 * Checks that a caller's value is one of some words.
 * @param value  anything
 * @param path   where it stands
 * @param words  those it may be
 * @throws ExperimentError `missing_value` for undefined, else `unknown_name` with the nearest word, at `path`
 */
export function requireWord<const W extends string>(
  value: unknown,
  path: ErrorPath,
  words: readonly W[],
): asserts value is W {
  if (words.some((word) => word === value)) return;
  if (value === undefined) throw new ExperimentError({ missing_value }, path, value, { known: words });
  throw new ExperimentError({ unknown_name }, path, value, nearName(value, words));
}
