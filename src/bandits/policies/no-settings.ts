import { requireKeys } from "../../shapes/index.js";

/** Settings of a part that has none. */
export type NoSettings = Readonly<Record<string, never>>;

/** What a part has that can be set in no way. */
export const noSettings = {} as const;

/** @throws ExperimentError `unknown_key` at the first setting, `wrong_type` for what is not an object */
export function requireNone(settings: NoSettings): void {
  requireKeys(settings, noSettings);
}
