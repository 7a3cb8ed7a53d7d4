import type { LedgerStore } from "./ledger-store.js";

/**
 * A store in memory, for one process: what tests and a service of a single process need.
 * @returns the store; it ends with the process
 */
export function memoryStore(): LedgerStore {
  const bandits = new Map<string, { record: string; revision: string; marks: Map<string, string> }>();
  const logs = new Map<string, { gone: number; texts: string[] }>();
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
    async append(log, text) {
      const held = logs.get(log) ?? { gone: 0, texts: [] };
      logs.set(log, held);
      return held.gone + held.texts.push(text);
    },
    async entries(log, after, most) {
      const { gone, texts } = logs.get(log) ?? { gone: 0, texts: [] };
      const from = Math.max(0, after - gone);
      return texts.slice(from, from + most).map((text, i) => ({ number: gone + from + i + 1, text }));
    },
    async trim(log, upTo) {
      const held = logs.get(log);
      if (!held) return;
      const over = Math.min(upTo - held.gone, held.texts.length - 1);
      if (over <= 0) return;
      held.texts.splice(0, over);
      held.gone += over;
    },
  };
}
