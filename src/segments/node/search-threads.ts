import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { CodeTable } from "../code-table.js";
import type { SearchRound, SplitFinding } from "../find-segments.js";
import type { Answer, Question, ThreadStart } from "./thread-messages.js";

/** Who searches a split of a round. */
export interface Thread {
  search(round: SearchRound, split: number): Promise<SplitFinding | null>;
  stop?(): void;
}

/** A built thread's file: beside this one, or beside the entry where a build has put this one among its chunks. */
const file = ["./search-worker.js", "./segments/node/search-worker.js"]
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(fileURLToPath(url)));

/** The same numbers where threads can read them without a copy. */
function shared<T extends Float64Array | Int32Array | Uint8Array>(
  list: T,
  make: (memory: SharedArrayBuffer) => T,
): T {
  if (list.buffer instanceof SharedArrayBuffer) return list;
  const own = make(new SharedArrayBuffer(list.byteLength));
  own.set(list);
  return own;
}
const sharedFloats = (list: Float64Array) => shared(list, (memory) => new Float64Array(memory));
const sharedPlaces = (list: Int32Array) => shared(list, (memory) => new Int32Array(memory));
const sharedBytes = (list: Uint8Array) => shared(list, (memory) => new Uint8Array(memory));

/** What all searches of a round read; copied once for all threads. */
const rounds = new WeakMap<SearchRound, Question["round"]>();

function questionOf(round: SearchRound, split: number): Question {
  let told = rounds.get(round);
  if (!told) {
    const { scores, clusters, units } = round.evidence;
    const parts = new Map<Uint8Array, Uint8Array>();
    for (const { part } of round.splits) if (!parts.has(part)) parts.set(part, sharedBytes(part));
    told = {
      scores: sharedFloats(scores),
      clusters: clusters && sharedPlaces(clusters),
      units: sharedPlaces(units),
      splits: round.splits.map(({ part, held }) => ({ part: parts.get(part) ?? part, held })),
      limits: round.limits,
    };
    rounds.set(round, told);
  }
  return { round: told, split, gone: round.taken[split] };
}

function threadOf(built: URL, start: ThreadStart): Thread {
  const worker = new Worker(built, { workerData: start });
  worker.unref();
  return {
    search: (round, split) =>
      new Promise((resolve, reject) => {
        const stopped = (code: number) => reject(new Error(`a thread of the search ended with code ${code}`));
        worker.ref();
        worker.once("error", reject);
        worker.once("exit", stopped);
        worker.once("message", (answer: Answer) => {
          worker.off("error", reject);
          worker.off("exit", stopped);
          worker.unref();
          resolve(answer);
        });
        worker.postMessage(questionOf(round, split));
      }),
    stop: () => void worker.terminate(),
  };
}

/**
 * Threads that search splits of one table, as many as asked; none where one would be enough, or essai is not built.
 * The table's attributes are moved to memory that threads share.
 */
export function searchThreads(most: number, { attributes, codes, bins }: CodeTable): readonly Thread[] {
  if (most < 2 || !file) return [];
  const told = attributes.map(({ name, kind, bins: own, hasMissing, literals, codes: bytes }) => ({
    ...{ name, kind, bins: own, hasMissing, literals, codes: sharedBytes(bytes) },
  }));
  return Array.from({ length: most }, () => threadOf(file, { attributes: told, codes, bins }));
}
