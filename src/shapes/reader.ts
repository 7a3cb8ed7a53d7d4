import { type ErrorParameters, ExperimentError, invalid_argument, type ValueType } from "../errors/index.js";

/**
 * Makes what is needed of a part of an input, or refuses the part at its path: what pages load checks and compiles raw
 * JSON in one walk. Elsewhere {@link Shape} tables tell of every problem at once, with the nearest name.
 */
// biome-ignore lint/suspicious/noExplicitAny: a reader finds out what a value is
export type Reader<T = any> = (value: any, place: Place) => T;

/** A path as the walk makes it, `[[["experiments"], 0], "key"]`: each step costs the same, however deep it is. */
// biome-ignore lint/suspicious/noExplicitAny: TypeScript has no type for what flattens to a path
export type Place = readonly any[];

interface Readers {
  readonly [part: string]: Reader;
}
type Read<F extends Readers> = { readonly [part in keyof F]: ReturnType<F[part]> };

/** @throws ExperimentError `invalid_argument` at the place, with what could stand there */
export function refuse(
  value: unknown,
  place: Place,
  told?: Pick<ErrorParameters, "expected" | "known">,
): never {
  throw new ExperimentError({ invalid_argument }, place.flat(Infinity), value, told);
}

/** @returns the value, if it passed the test of its type */
// biome-ignore lint/suspicious/noExplicitAny: the reader says what it is
const passed = (value: any, place: Place, test: unknown, type: ValueType) =>
  test ? value : refuse(value, place, { expected: { type } });

/** @returns the reader of a list, by the reader of its members */
export const list =
  <T>(read: Reader<T>): Reader<T[]> =>
  (value, place) =>
    passed(value, place, Array.isArray(value), "list").map((each: unknown, i: number) =>
      read(each, [place, i]),
    );

/**
 * @param required  readers of the parts that must be there; they are read first and in this order
 * @param optional  readers of those that may be; one that is `undefined` was left out
 * @returns the reader of an object that has no other parts: of each part what its reader makes
 */
export function fields<F extends Readers, O extends Readers = Record<never, never>>(
  required: F,
  optional?: O,
): Reader<Read<F> & Partial<Read<O>>> {
  // No part is known because objects have it by nature.
  const readers: { readonly [part: string]: Reader | null } = { __proto__: null, ...required, ...optional };
  return (value, place) => {
    object(value, place);
    // biome-ignore lint/suspicious/noExplicitAny: the parts are made one by one
    const made: any = {};
    for (const part in { ...required, ...value }) {
      const read = readers[part];
      if (part in required || value[part] !== undefined)
        made[part] = read
          ? read(value[part], [place, part])
          : refuse(value[part], [place, part], { known: Object.keys(readers) });
    }
    return made;
  };
}

export const object: Reader = (value, place) =>
  passed(value, place, Object.prototype.toString.call(value) === "[object Object]", "object");
export const string: Reader<string> = (value, place) =>
  passed(value, place, typeof value === "string", "text");
export const text: Reader<string> = (value, place) =>
  passed(value, place, typeof value === "string" && value, "text");
export const flag: Reader<boolean> = (value, place) =>
  passed(value, place, typeof value === "boolean", "flag");
export const number: Reader<number> = (value, place) =>
  passed(value, place, Number.isFinite(value), "number");
export const callback: Reader = (value, place) =>
  passed(value, place, typeof value === "function", "function");
export const given: Reader<unknown> = (value, place) => passed(value, place, value !== undefined, "json");
export const scalar: Reader = (value, place) =>
  Number.isNaN(value) || !/str|num|boo/.test(typeof value) ? refuse(value, place) : value;

/** @returns the reader of one of some words */
export const word =
  (...known: string[]): Reader<string> =>
  (value, place) =>
    known.includes(value) ? value : refuse(value, place, { known });

/** @returns a number from `atLeast` to `atMost`, both included */
export const between = (value: unknown, place: Place, atLeast: number, atMost: number): number =>
  typeof value === "number" && value >= atLeast && value <= atMost
    ? value
    : refuse(value, place, { expected: { atLeast, atMost } });

/** A share of a whole. */
export const share: Reader<number> = (value, place) => between(value, place, 0, 1);

/** @returns the reader of what `parse` understands; it gives NaN for everything else */
export const parsed =
  <T>(parse: (value: unknown) => T, type: ValueType): Reader<T> =>
  (value, place) => {
    const found = parse(value);
    passed(value, place, !Number.isNaN(found), type);
    return found;
  };
