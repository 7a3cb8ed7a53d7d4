import { type RandomSource, shuffle } from "../random/index.js";
import { placeAt } from "./number-at.js";

const folds = 5;

/** Five folds of equal size; units that belong together are in the same. */
export function foldsOf(n: number, clusters: Int32Array | undefined, random: RandomSource): Uint8Array {
  const ids = clusters ? [...new Set(clusters)] : Array.from({ length: n }, (_, i) => i);
  const fold = new Uint8Array(ids.length);
  shuffle(random, ids).forEach((id, k) => {
    fold[id] = k % folds;
  });
  return Uint8Array.from({ length: n }, (_, i) => fold[clusters ? placeAt(clusters, i) : i] ?? 0);
}
