import { ExperimentError } from "./experiment-error.js";
import type { ErrorPath } from "./parameters.js";
import { errorOf } from "./problem.js";
import { problemAt } from "./problem-at.js";

/**
 * Does something for a part of an input that knows nothing of the whole.
 * @param path  where the part stands
 * @param act   throws problems at paths within the part
 * @returns what `act` returns
 * @throws ExperimentError with the same problems, told at paths within the whole
 */
export function within<T>(path: ErrorPath, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    if (!(cause instanceof ExperimentError)) throw cause;
    throw errorOf(
      cause.problems.map((each) => problemAt([...path, ...each.path], each)),
      { cause },
    );
  }
}
