import { type RandomSource, shuffle } from "../random/index.js";
import { byteAt, placeAt } from "./number-at.js";

/** Parts that a split has; each is held out once. */
const parts = 3;

/** One part held out: rules are found on the others, and judged on it. */
export interface Split {
  /** In which part each unit is, by place. */
  readonly part: Uint8Array;
  readonly held: number;
}

/** Some units, those of a split's held-out part or those of its others. */
export function unitsOf({ part, held }: Split, units: Int32Array, side: "training" | "heldOut"): Int32Array {
  const isHeld = side === "heldOut";
  return units.filter((i) => (byteAt(part, i) === held) === isHeld);
}

/**
 * Repeated splits in three; units that belong together are in the same part.
 * @param units     places to split
 * @param clusters  to which cluster each unit belongs, by place; absent where each is its own
 * @param n         of all places
 */
export function splitsOf(
  units: Int32Array,
  clusters: Int32Array | undefined,
  { n, repeats, random }: { readonly n: number; readonly repeats: number; readonly random: RandomSource },
): readonly Split[] {
  const ids = clusters ? [...new Set(Array.from(units, (i) => placeAt(clusters, i)))] : Array.from(units);
  const largest = ids.reduce((most, id) => Math.max(most, id), 0);
  return Array.from({ length: repeats }, () => {
    const own = new Uint8Array(largest + 1);
    shuffle(random, ids).forEach((id, k) => {
      own[id] = k % parts;
    });
    const part = new Uint8Array(n);
    for (let k = 0; k < units.length; k++) {
      const i = placeAt(units, k);
      part[i] = byteAt(own, clusters ? placeAt(clusters, i) : i);
    }
    return Array.from({ length: parts }, (_, held) => ({ part, held }));
  }).flat();
}
