import { type ErrorEntry, type ErrorPath, ExperimentError, invalid_option } from "../errors/index.js";

/** Looks at one part of an input: returns what `look` finds there; refuses the part if that is nothing, or if it throws. */
export type Check = <T>(part: string, look: () => T | false | undefined) => T;

/**
 * @param input  anything
 * @param entry  the error told of a part that is refused
 * @param path   where the input lies
 * @returns the check of its parts, which throws `entry` at the part; what `look` threw is the error's cause
 */
export const checker =
  (input: unknown, entry: ErrorEntry, path: ErrorPath = []): Check =>
  (part, look) => {
    try {
      const found = look();
      if (found) return found;
      throw Error(part);
    } catch (cause) {
      const received = (input as Readonly<Record<string, unknown>> | null | undefined)?.[part];
      throw new ExperimentError(entry, [...path, part], received, { cause });
    }
  };

/**
 * @param options  what was passed as options, if anything was
 * @param known    the names there are
 * @param types    what `typeof` may say of their values
 * @throws ExperimentError `invalid_option` at the first that is unknown or of another type
 */
export function checkOptions(options: object | undefined, known: RegExp, types = /./): void {
  for (const name in options) {
    const value = options[name as keyof typeof options] as unknown;
    if (!known.test(name) || !types.test(typeof value))
      throw new ExperimentError({ invalid_option }, ["options", name], value);
  }
}

/** @returns whether a value can name something */
export const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** @returns whether a value is a share of a whole */
export const isShare = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 1;

/** @returns whether nothing is left of an object once the keys that are known were taken out */
export const isEmpty = (rest: object): boolean => !Object.keys(rest)[0];
