import { murmur3 } from "../hash/murmur3.js";
import type { RandomSource } from "../random/source.js";

/**
 * The chance that belongs to one occasion of a unit: the same everywhere, independent of every other occasion's.
 * Setting one up costs two hashes.
 * @param seed      the bandit's, from its salt
 * @param unitId    the unit
 * @param occasion  the occasion
 * @returns a source with 64 bits of seed
 * @source sfc32 (Doty-Humphrey, PractRand)
 */
export function unitStream(seed: number, unitId: string, occasion: string): RandomSource {
  let a = murmur3(unitId, seed);
  let b = murmur3(occasion, a);
  let c = seed | 0;
  let counter = 1;
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum;
  };
  for (let i = 0; i < 8; i++) step();
  return { next: () => ((step() >>> 0) + 0.5) / 2 ** 32 };
}
