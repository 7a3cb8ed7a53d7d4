import type { Problem } from "./experiment-error.js";
import type { ErrorPath } from "./parameters.js";

/** A message begins with its place, as `ExperimentError` writes it. */
const placeOf = (path: ErrorPath): string => path.join(".") || "input";

/**
 * The same problem told at another place: where its input lies in a larger one, or on a command line.
 * @param path  the new place, outermost key first
 * @param told  the problem
 * @returns the problem with its path, and its message beginning with it
 */
export function problemAt(path: ErrorPath, told: Problem): Problem {
  return { ...told, path, message: placeOf(path) + told.message.slice(placeOf(told.path).length) };
}
