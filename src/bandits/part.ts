import type { Json } from "../core/json.js";

/**
 * One part of a bandit: its policy, its reward model, a constraint, its objective. `JSON.stringify` keeps name and
 * settings; a factory of the same name makes the part again from them.
 */
export interface Part {
  readonly name: string;
  readonly settings: Json;
}

/**
 * Makes a part from settings that it checks itself; every setting has a default. `never` is what settings of every type
 * accept, so that factories with settings of their own go into one map.
 */
export type PartFactory<P extends Part = Part> = (settings?: never) => P;

/** Part factories by name: what a bandit may be made of, yours and essai's. Pass by shorthand, e.g. `{ thompson }`. */
export type Parts<P extends Part = Part> = Readonly<Record<string, PartFactory<P>>>;

/** The settings that some of the parts take; any JSON where it is not known which parts there are. */
export type SettingsOf<P extends Parts> = string extends keyof P
  ? Json
  : { [K in keyof P]: P[K] extends (settings?: infer S) => unknown ? NonNullable<S> : never }[keyof P];
