import { unknown_part } from "../../core/errors.js";
import { ExperimentError } from "../../core/experiment-error.js";
import type { Json } from "../../core/json.js";

/**
 * One part of a bandit: its policy, its reward model, a constraint. `JSON.stringify` keeps name and settings;
 * a factory of the same name makes the part again from them.
 */
export interface Part {
  readonly name: string;
  readonly settings: Json;
}

/** Makes a part from settings; every setting has a default. */
// biome-ignore lint/suspicious/noExplicitAny: each factory has settings of its own; `any` lets all of them in one map
export type PartFactory<P extends Part = Part> = (settings?: any) => P;

/** Part factories by name: what a bandit may be made of. Pass by shorthand, e.g. `{ thompson }`. */
export type Parts = Readonly<Record<string, PartFactory>>;

/**
 * Makes the part that a name asks for.
 * @throws ExperimentError `unknown_part` at `path` when `parts` does not have it
 */
export function makePart<P extends Part>(
  parts: Parts,
  { name, settings }: { readonly name: string; readonly settings?: Json | undefined },
  path: readonly (string | number)[],
): P {
  if (!Object.hasOwn(parts, name)) throw new ExperimentError({ unknown_part }, path, name);
  return parts[name]!(settings) as P;
}
