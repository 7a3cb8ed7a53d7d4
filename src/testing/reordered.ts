import { type RandomSource, shuffle } from "../random/index.js";

/**
 * What a store that does not keep the order of keys makes of a value.
 * @param value   whatever JSON can hold
 * @param random  source of chance
 * @returns its JSON, parsed, the keys of every object at every depth in another order; arrays as they are
 */
export const reordered = <T>(value: T, random: RandomSource): T =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? // Backwards first: a shuffle of two keys often changes nothing.
        Object.fromEntries(shuffle(random, Object.entries(each).reverse()))
      : each,
  );
