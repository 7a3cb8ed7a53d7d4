import type { Problem } from "../experiment-error.js";
import { type ErrorLanguage, inLanguage } from "../language.js";
import * as sentences from "./sentences.js";

/** French: every error of essai, from the same codes and parameters as in English. */
export const french: ErrorLanguage = {
  sentences,
  input: "entrée",
  message: (place, problem, fix) => `${place}\u00a0: ${problem}\u202f; ${fix}`,
  found: (received, times) => ` (reçu\u00a0: ${received}${times > 1 ? `, ${times} fois` : ""})`,
};

/**
 * An error's problem in French.
 * @param problem  one of an `ExperimentError`'s `problems`, or the error itself for its first
 * @returns the same problem with `message` and `fix` in French
 * @example
 * inFrench({ code: "missing_now", path: ["now"], received: undefined, message: "", fix: "" }).fix; // "passez `now`"
 */
export function inFrench(problem: Problem): Problem {
  return inLanguage(problem, french);
}
