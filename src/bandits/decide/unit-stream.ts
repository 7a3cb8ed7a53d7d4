import { murmur3 } from "../../hash/murmur3.js";
import { Sfc32 } from "../../random/hot-loops/sfc32.js";

// Started anew for every occasion; allocating one would cost as much as starting it.
const stream = new Sfc32();

/**
 * The chance that belongs to one occasion of a unit: the same everywhere, independent of every other occasion's.
 * Starting it costs two hashes and allocates nothing.
 * @param seed      the bandit's, from its salt
 * @param unitId    the unit
 * @param occasion  the occasion
 * @returns a stream with 64 bits of seed, to be used up before the next one is asked for
 */
export function unitStream(seed: number, unitId: string, occasion: string): Sfc32 {
  const unit = murmur3(unitId, seed);
  return stream.start(unit, murmur3(occasion, unit), seed);
}
