import { type ErrorEntry, type ErrorPath, ExperimentError } from "../errors/index.js";

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

/** @returns whether a value can name something */
export const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** @returns whether a value is a share of a whole */
export const isShare = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 1;
