import { type ErrorEntry, ExperimentError, type Problem, type Stated } from "./experiment-error.js";
import type { ErrorParameters, ErrorPath } from "./parameters.js";

/**
 * Describes one problem without throwing, for validations that collect all of them.
 * @param entry       the table's constant, by shorthand: `{ insufficient_data }`
 * @param path        where in the input, outermost key first
 * @param received    the value found there
 * @param parameters  what is known of the case, e.g. `{ expected: { atLeast: 2 } }`
 * @returns the problem with its derived sentences
 */
export function problem(entry: ErrorEntry, path: ErrorPath, received: unknown, parameters?: Stated): Problem {
  const { code, fix, message } = new ExperimentError(entry, path, received, parameters);
  return { ...parameters, code, path, received, fix, message };
}

/**
 * As `problem`, for what was found several times or has something to say of its own; apart, so that a page does without.
 * @param entry       the table's constant, by shorthand: `{ duplicate_unit }`
 * @param path        where in the input, outermost key first
 * @param received    the value found there
 * @param parameters  what is known of the case; `times`, how often it was found; `detail`, e.g. what an engine said
 * @returns the problem with its derived sentences
 */
export function detailedProblem(
  entry: ErrorEntry,
  path: ErrorPath,
  received: unknown,
  parameters: ErrorParameters,
): Problem {
  const { times = 1, detail } = parameters;
  // Some sentences state how often, too.
  const { message, ...told } = problem(entry, path, received, parameters as Stated);
  const often =
    times > 1 && received !== undefined
      ? message.replace(`); ${told.fix}`, (end) => `, ${times} times${end}`)
      : message;
  return { ...told, message: detail ? `${often} — ${detail}` : often };
}

/**
 * The error that carries collected problems; its own fields are the first's, its message has a line for each.
 * @param problems  at least one
 * @param options   `{ cause }`, the error that this one tells of
 * @returns the error, to be thrown
 */
export function errorOf(problems: readonly Problem[], options?: ErrorOptions): ExperimentError {
  const error = new ExperimentError({ [problems[0]!.code]: ["", ""] }, [], 0, options);
  Object.assign(error, problems[0], { message: problems.map(({ message }) => message).join("\n") });
  Object.defineProperty(error, "problems", { value: problems });
  // The stack begins with the message; V8 keeps the one it was captured with.
  Error.captureStackTrace?.(error, errorOf);
  return error;
}
