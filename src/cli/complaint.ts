import { bad_arguments, type ExperimentError, errorOf, problem } from "../errors/index.js";

/**
 * @param received  the part of the command line that is wrong
 * @param hint      what to write instead
 * @returns the error `bad_arguments`, to be thrown
 */
export const complaint = (received: unknown, hint: string, options?: ErrorOptions): ExperimentError =>
  errorOf([problem({ bad_arguments }, ["command line"], received, { detail: hint })], options);
