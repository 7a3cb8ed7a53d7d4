import { type RandomSource, shuffle } from "../random/index.js";
import { byteAt, placeAt } from "./number-at.js";

/** Parts that a split has; each is held out once. */
const parts = 3;

/** One part held out: rules are found on the others, and judged on it. */
export interface Split {
  readonly training: Int32Array;
  readonly heldOut: Int32Array;
}

/**
 * Repeated splits in three; units that belong together are in the same part.
 * @param units     places to split
 * @param clusters  to which cluster each unit belongs, by place; absent where each is its own
 */
export function splitsOf(
  units: Int32Array,
  clusters: Int32Array | undefined,
  repeats: number,
  random: RandomSource,
): readonly Split[] {
  const ids = clusters ? [...new Set(Array.from(units, (i) => placeAt(clusters, i)))] : Array.from(units);
  const largest = ids.reduce((most, id) => Math.max(most, id), 0);
  return Array.from({ length: repeats }, () => {
    const part = new Uint8Array(largest + 1);
    shuffle(random, ids).forEach((id, k) => {
      part[id] = k % parts;
    });
    const partOf = (i: number) => byteAt(part, clusters ? placeAt(clusters, i) : i);
    return Array.from({ length: parts }, (_, held) => ({
      training: units.filter((i) => partOf(i) !== held),
      heldOut: units.filter((i) => partOf(i) === held),
    }));
  }).flat();
}
