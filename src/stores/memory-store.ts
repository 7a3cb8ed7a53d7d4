import type { BanditStore } from "./bandit-store.js";

/**
 * A store in memory, for one process: what tests and a service of a single process need.
 * @returns the store; it ends with the process
 */
export function memoryStore(): BanditStore {
  const bandits = new Map<string, { record: string; revision: string; marks: Map<string, string> }>();
  return {
    async read(bandit, source) {
      const held = bandits.get(bandit);
      return held && { record: held.record, revision: held.revision, mark: held.marks.get(source) };
    },
    async replace(bandit, { record, revision, replaces, source, mark }) {
      const held = bandits.get(bandit);
      if (held?.revision !== replaces) return false;
      const marks = held?.marks ?? new Map<string, string>();
      if (source !== undefined && mark !== undefined) marks.set(source, mark);
      bandits.set(bandit, { record, revision, marks });
      return true;
    },
  };
}
