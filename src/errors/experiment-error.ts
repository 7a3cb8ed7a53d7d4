import type * as table from "./en/index.js";
import type { ErrorParameters, ErrorPath, Sentences, Told } from "./parameters.js";

/** Every code an {@link ExperimentError} can carry; the names of the error table. */
export type ErrorCode = keyof typeof table;

/** One entry of the error table, passed by shorthand: `{ insufficient_data }`. */
export type ErrorEntry = { readonly [K in ErrorCode]?: Sentences };

/** One thing that is wrong with an input, as data. */
export interface Problem extends ErrorParameters {
  readonly code: ErrorCode;
  readonly path: ErrorPath;
  readonly received: unknown;
  /** `path: problem (received …); fix` in English; `essai/errors/fr` says it in French. */
  readonly message: string;
  readonly fix: string;
}

/** The parameters that a sentence states; `detailedProblem` adds the others to the message, so that a page does without them. */
export type Stated = Omit<ErrorParameters, "times" | "detail"> & {
  readonly times?: never;
  readonly detail?: never;
};

/** A received value, briefly. What only lists have tells them: `Array.isArray` costs each page eight bytes more. */
export const shown = (value: unknown): string =>
  Object(value) === value
    ? (value as []).flatMap
      ? "list"
      : typeof value
    : typeof value === "string"
      ? JSON.stringify(value.slice(0, 60))
      : String(value);

/**
 * What essai throws at a caller's mistake: `code`, `path`, `received` and the parameters of the case (`expected`, `known`,
 * `near` …) are data, the sentence is derived. When a validation finds several problems at once, `problems` lists all of
 * them and the fields are the first's.
 */
export class ExperimentError extends Error implements Problem {
  override readonly name = "ExperimentError";
  // `declare`: emitted fields would only be bytes, the constructor sets them.
  declare readonly code: ErrorCode;
  declare readonly path: ErrorPath;
  declare readonly received: unknown;
  declare readonly fix: string;
  declare readonly expected?: ErrorParameters["expected"];
  declare readonly known?: ErrorParameters["known"];
  declare readonly near?: ErrorParameters["near"];
  declare readonly other?: ErrorParameters["other"];
  declare readonly example?: ErrorParameters["example"];
  declare readonly decisionId?: ErrorParameters["decisionId"];
  declare readonly row?: ErrorParameters["row"];
  declare readonly times?: ErrorParameters["times"];
  declare readonly at?: ErrorParameters["at"];
  declare readonly file?: ErrorParameters["file"];
  declare readonly detail?: ErrorParameters["detail"];

  /**
   * @param entry       the table's constant, by shorthand: `{ insufficient_data }`
   * @param path        where in the input, outermost key first
   * @param received    the value found there
   * @param parameters  what is known of the case, e.g. `{ expected: { atLeast: 2 } }`; `cause`, the error that this one
   *                    tells of
   */
  constructor(entry: ErrorEntry, path: ErrorPath, received?: unknown, parameters?: Stated & ErrorOptions) {
    const [[code, sentences]] = Object.entries(entry) as [[ErrorCode, Sentences]];
    const told: Told & { code: ErrorCode; fix?: string } = { ...parameters, code, path, received };
    const [sentence, fix] = sentences.map ? sentences : sentences(told);
    super(
      `${path.join(".") || "input"}: ${sentence}${received === undefined ? "" : ` (received ${shown(received)})`}; ${fix}`,
      parameters,
    );
    Object.assign(this, told).fix = fix;
  }

  /** Everything that was found wrong at once; usually this alone. */
  get problems(): readonly Problem[] {
    return [this];
  }
}
