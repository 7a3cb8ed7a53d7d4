import { finalize, murmur3 } from "../../hash/murmur3.js";
import { Sfc32 } from "../../random/hot-loops/index.js";

// Started anew for every draw; allocating one would cost as much as starting it.
const stream = new Sfc32();

/**
 * The fixed set of posterior draws that belongs to a seed: draw number i has a stream of its own, so that any of them can
 * be made alone, without those before it.
 * @param seed  the state's hash: the same state has the same draws everywhere
 * @returns from a draw's number to its stream, to be used up before the next one is asked for
 */
export function drawStreams(seed: string): (draw: number) => Sfc32 {
  const low = murmur3(seed, 1);
  const high = murmur3(seed, 2);
  return (draw) => stream.start(low, finalize(high ^ draw), draw);
}
