import { type ErrorEntry, type ErrorPath, ExperimentError } from "../errors/index.js";

// biome-ignore lint/suspicious/noExplicitAny: a test finds out what a value is
export type Test = (value: any) => unknown;
/** What each part of an input has to be: a test, or whether it is right, when that is known. */
export type Tests = { readonly [part: string]: Test | boolean };

/**
 * @param entry  the error told of a part that is refused
 * @param path   where the input lies
 * @param tests  what its parts have to be
 * @returns the check of an input: true, or it throws `entry` at the part; what a test threw is the error's cause. Of
 *   `others`, by default all of the input, nothing may be there without a test
 */
export const checkParts =
  (entry: ErrorEntry, path: ErrorPath, tests: Tests) =>
  // biome-ignore lint/suspicious/noExplicitAny: the tests find out what it is
  (input: any, others = input): true => {
    if (!isObject(input)) throw new ExperimentError(entry, path, input);
    for (const part in { ...tests, ...others })
      try {
        const value = input[part];
        // No part is known because objects have it by nature.
        const test = part in {} ? false : (tests[part] ?? value === undefined);
        if (!(typeof test === "function" ? test(value) : test)) throw Error();
      } catch (cause) {
        throw new ExperimentError(entry, [...path, part], input?.[part], { cause });
      }
    return true;
  };

/** @returns whether a value holds names with their values, or is null, which holds none */
export const isObject: Test = (value) => typeof value === "object" && !Array.isArray(value);

/** @returns the same test, passed by what was left out too */
export const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);

/** @returns the test of a list, passed when every member passes */
export const listOf =
  (test: Test): Test =>
  (list) =>
    list.every((each: unknown) => test(each));

/** @returns whether a value can name something */
export const isText: Test = (value) => typeof value === "string" && value !== "";

/** @returns whether a value is a share of a whole */
export const isShare: Test = (value) => typeof value === "number" && value >= 0 && value <= 1;
