import { invalid_argument } from "./en/index.js";
import { ExperimentError } from "./experiment-error.js";
import type { ErrorPath, ValueType } from "./parameters.js";

/** What a part has to be: of a type, a whole number that is at least so much, or a number from 0 to so much. Text may not be empty. */
type Kind =
  | number
  | { readonly atMost: number }
  | Extract<ValueType, "text" | "number" | "function" | "object">;

/** By the name of each part, what it has to be. */
export interface Kinds {
  readonly [part: string]: Kind;
}

/** The tables of an options type: one of its required keys, one of the others. */
export type RequiredKinds<Options> = {
  readonly [K in keyof Options as object extends Pick<Options, K> ? never : K]: Kind;
};
export type OptionalKinds<Options> = {
  readonly [K in keyof Options as object extends Pick<Options, K> ? K : never]-?: Kind;
};

/**
 * Checks arguments, or the properties of one, in what pages load, where every byte counts; elsewhere `requireNumber` and
 * `checkFields` say more.
 * @param whole     anything
 * @param path      where it stands
 * @param required  the parts that must be there
 * @param optional  those that may be; with it, there must be no others
 * @throws ExperimentError `invalid_argument` at the first part that is not what it has to be, or that is not known
 */
export function requireParts(whole: unknown, path: ErrorPath, required: Kinds, optional?: Kinds): void {
  const kinds: Kinds = { ...required, ...optional };
  const parts = Object(whole) as Readonly<Record<string, unknown>>;
  for (const part in { ...kinds, ...(optional && parts) }) {
    const kind = kinds[part];
    const value = parts[part];
    if (value === undefined && !required[part]) continue;
    if (
      typeof kind === "number"
        ? !((value as number) >= kind && Number.isSafeInteger(value))
        : typeof kind === "object"
          ? !(typeof value === "number" && value >= 0 && value <= kind.atMost)
          : typeof value !== (kind === "text" ? "string" : kind) || value === "" || Number.isNaN(value)
    )
      throw new ExperimentError(
        { invalid_argument },
        [...path, part],
        value,
        kind === undefined
          ? { known: Object.keys(kinds) }
          : {
              expected:
                typeof kind === "object"
                  ? kind
                  : typeof kind === "number"
                    ? { whole: true, atLeast: kind }
                    : { type: kind },
            },
      );
  }
}
