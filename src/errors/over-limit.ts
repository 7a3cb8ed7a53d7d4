import { type LimitName, limits } from "../core/limits.js";
import { over_limit } from "./en/data.js";
import { ExperimentError } from "./experiment-error.js";
import type { ErrorPath } from "./parameters.js";

/** @returns the error that names the limit which an input is beyond */
export function overLimit(name: LimitName, path: ErrorPath, received: unknown): ExperimentError {
  return new ExperimentError({ over_limit }, path, received, {
    expected: { atMost: limits[name].most },
    other: name,
  });
}
