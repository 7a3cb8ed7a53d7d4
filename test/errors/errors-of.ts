import { ExperimentError, type Problem } from "../../src/errors/index.js";

/** @returns what a call was refused for; nothing where it was not. What is not essai's own error is thrown on. */
export function errorsOf(call: () => unknown): readonly Problem[] {
  try {
    call();
  } catch (error) {
    if (error instanceof ExperimentError) return error.problems;
    throw error;
  }
  return [];
}
