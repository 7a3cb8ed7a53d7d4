import { instantOf } from "../definition/instant.js";

/**
 * When something that was recorded happened.
 * @param at  ISO 8601 text: a time with its zone, or a day, which is midnight UTC
 * @returns milliseconds since 1970; NaN for anything else, such as a local time, which every machine would read otherwise
 */
export const recordedTime = (at: unknown): number => (typeof at === "string" ? instantOf(at) : Number.NaN);
