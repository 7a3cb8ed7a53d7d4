import type { Exposure } from "../core/assignment.js";
import { requireParts } from "../errors/index.js";

/**
 * Where exposures wait for a sender, oldest first. {@link memoryQueue} forgets them with the process; a queue of your own
 * may keep them longer.
 */
export interface ExposureQueue {
  /** How many wait. */
  readonly size: number;
  /** @returns whether the exposure waits now; false where there is no room */
  put(exposure: Exposure): boolean;
  /** @returns the oldest, at most so many; they go on waiting */
  head(most: number): readonly Exposure[];
  /**
   * Takes out exposures that are confirmed, refused or given up.
   * @returns how many of them waited
   */
  remove(exposures: readonly Exposure[]): number;
  /** @returns those that would be lost if the process or page ended now; default: all that wait */
  atRisk?(): readonly Exposure[];
  /** Takes over what others have left, and calls back when it has. Called by the sender, and when its page comes back. */
  recover?(found: () => void): unknown;
  /** The page is left: others may take over what waits. */
  release?(): unknown;
  /** The sender is closed: files and locks are given back. */
  close?(): unknown;
}

/**
 * A queue in memory.
 * @param capacity  how many may wait
 * @returns the queue; what waits ends with the process
 * @throws ExperimentError `invalid_argument` unless the capacity is a whole number of at least 1
 */
export function memoryQueue(capacity: number): ExposureQueue {
  requireParts({ capacity }, [], { capacity: 1 });
  const waiting = new Set<Exposure>();
  return {
    get size() {
      return waiting.size;
    },
    put: (exposure) => waiting.size < capacity && Boolean(waiting.add(exposure)),
    head(most) {
      const oldest: Exposure[] = [];
      for (const exposure of waiting) {
        if (oldest.length >= most) break;
        oldest.push(exposure);
      }
      return oldest;
    },
    remove: (exposures) => exposures.filter((each) => waiting.delete(each)).length,
  };
}
