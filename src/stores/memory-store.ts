import type { BanditStore } from "./bandit-store.js";

/**
 * A store in memory, for one process: what tests and a service of a single process need.
 * @returns the store; it ends with the process
 */
export function memoryStore(): BanditStore {
  const bandits = new Map<string, { record: string; revision: number; marks: Map<string, string> }>();
  return {
    async read(bandit, source) {
      const held = bandits.get(bandit);
      return held && { record: held.record, revision: held.revision, mark: held.marks.get(source) };
    },
    async replace(bandit, { record, revision, source, mark }) {
      const held = bandits.get(bandit) ?? { record: "", revision: 0, marks: new Map<string, string>() };
      if (held.revision !== revision) return false;
      if (source !== undefined && mark !== undefined) held.marks.set(source, mark);
      bandits.set(bandit, { record, revision: revision + 1, marks: held.marks });
      return true;
    },
  };
}
