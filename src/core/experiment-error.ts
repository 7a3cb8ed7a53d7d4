import type * as table from "./errors.js";

/** Every code an {@link ExperimentError} can carry; the names exported by `core/errors.ts`. */
export type ErrorCode = keyof typeof table;

/** Where in the input a problem lies, outermost key first. */
export type ErrorPath = readonly (string | number)[];

/** One entry of the error table, passed by shorthand: `{ insufficient_data }`. */
export type ErrorEntry = { readonly [K in ErrorCode]?: readonly [problem: string, fix: string] };

/** One thing that is wrong with an input, as data. */
export interface Problem {
  readonly code: ErrorCode;
  readonly path: ErrorPath;
  readonly received: unknown;
  /** `path: problem (received …); fix` */
  readonly message: string;
  readonly fix: string;
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  return Object(value) === value ? typeof value : String(value);
}

/**
 * What essai throws at a caller's mistake: `code`, `path` and `received` are data, the sentence is derived.
 * When a validation finds several problems at once, `problems` lists all of them and the fields are the first's.
 */
export class ExperimentError extends Error implements Problem {
  override readonly name = "ExperimentError";
  // `declare`: emitted fields would only be bytes, the constructor sets them.
  declare readonly code: ErrorCode;
  declare readonly path: ErrorPath;
  declare readonly received: unknown;
  declare readonly fix: string;

  /**
   * @param entry     the table's constant, by shorthand: `{ insufficient_data }`
   * @param path      where in the input, outermost key first
   * @param received  the value found there
   * @param options   `{ cause }`, the error that this one tells of
   */
  constructor(entry: ErrorEntry, path: ErrorPath, received?: unknown, options?: ErrorOptions) {
    const [[code, [sentence, fix]]] = Object.entries(entry) as [[ErrorCode, readonly [string, string]]];
    super(`${path.join(".") || "input"}: ${sentence} (received ${shown(received)}); ${fix}`, options);
    Object.assign(this, { code, path, received, fix });
  }

  /** Everything that was found wrong at once; usually this alone. */
  get problems(): readonly Problem[] {
    return [this];
  }
}

/**
 * Describes one problem without throwing, for validations that collect all of them.
 * @param entry     the table's constant, by shorthand: `{ insufficient_data }`
 * @param path      where in the input, outermost key first
 * @param received  the value found there
 * @param hint      what only this case knows, e.g. the names that exist; ends fix and message
 * @returns the problem with its derived sentences
 */
export function problem(entry: ErrorEntry, path: ErrorPath, received: unknown, hint?: string): Problem {
  const { code, fix, message } = new ExperimentError(entry, path, received);
  const more = hint ? ` — ${hint}` : "";
  return { code, path, received, fix: fix + more, message: message + more };
}

/**
 * The error that carries collected problems; its own fields are the first's, its message has a line for each.
 * @param problems  at least one
 * @param options   `{ cause }`, the error that this one tells of
 * @returns the error, to be thrown
 */
export function errorOf(problems: readonly Problem[], options?: ErrorOptions): ExperimentError {
  const { code, path, received, fix } = problems[0]!;
  const error = new ExperimentError({ [code]: ["", fix] }, path, received, options);
  Object.defineProperties(error, {
    message: { value: problems.map(({ message }) => message).join("\n") },
    problems: { value: problems },
  });
  // The stack begins with the message; V8 keeps the one it was captured with.
  Error.captureStackTrace?.(error, errorOf);
  return error;
}
