import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { requireMethod } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { discoverySteps } from "../discovery-steps.js";
import { type SearchRound, type SplitFinding, searchSplit } from "../find-segments.js";
import type { SegmentDiscovery } from "../segment-discovery.js";
import type { SegmentsRequest } from "../segments-request.js";
import { SavedSearch } from "./saved-search.js";
import { searchThreads, type Thread } from "./search-threads.js";

/** How a search is run, whatever it is of. */
export interface ThreadedSearch {
  /** Threads beside this one; default as many as there are processors. Any number finds the same. */
  readonly threads?: number;
  /** Stops the search when it is aborted: the promise is then rejected with its reason. */
  readonly signal?: AbortSignal;
  /** Is told the part that is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** A file that keeps what was found: a search of the same data, options and seed goes on from there. */
  readonly state?: string;
}

const fields = {
  threads: { kind: "number", whole: true, atLeast: 1, atMost: 64, optional: true },
  signal: { kind: "anything", optional: true },
  onProgress: { kind: "function", optional: true },
  state: { kind: "text", optional: true },
} as const satisfies FieldsFor<ThreadedSearch>;

/** Cells of a table below which threads take longer to start than to search. */
const fewestCells = 1_000_000;

interface Searching {
  readonly saved: SavedSearch | undefined;
  readonly step: number;
  readonly signal: AbortSignal | undefined;
  readonly told: (part: number) => void;
}

/** Searches the splits of a round that no file knows, each thread the next that is left. */
async function searchRound(
  round: SearchRound,
  threads: readonly Thread[],
  { saved, step, signal, told }: Searching,
): Promise<readonly (SplitFinding | null)[]> {
  const { splits, taken } = round;
  const found = splits.map((_, j) => saved?.found(step, j));
  const left = [...splits.keys()].filter((j) => found[j] === undefined);
  const here: Thread = {
    search: async (own, j) => {
      await setImmediate();
      const split = own.splits[j];
      return split ? searchSplit(own, split, taken[j]) : null;
    },
  };
  let done = splits.length - left.length;
  told(done / splits.length);
  const work = async (thread: Thread) => {
    for (let j = left.shift(); j !== undefined; j = left.shift()) {
      signal?.throwIfAborted();
      const own = await thread.search(round, j);
      found[j] = own;
      saved?.keep(step, j, own);
      done++;
      told(done / splits.length);
    }
  };
  await Promise.all((threads.length > 0 ? threads : [here]).map(work));
  return found.map((each) => each ?? null);
}

/**
 * `discoverSegments` for large data: searches in several threads, tells how far it is, can be stopped, and goes on from a file.
 * The result is that of `discoverSegments`, digit by digit, whatever the number of threads.
 * @param request  as for `discoverSegments`
 * @param options  threads, a signal to stop, progress, a file of state
 * @returns what `discoverSegments` returns
 * @throws ExperimentError as `discoverSegments`; `other_search` at ["state"] for a file that keeps a search of other data, options or seed;
 *         whatever the signal was aborted with
 * @source as `discoverSegments`
 * @checked test/segments/threads.test.ts — the same as `discoverSegments`; stopped and gone on with
 * @example
 * const random = randomSource("docs");
 * const people = Array.from({ length: 6000 }, () => ({ young: random.next() < 0.4, mail: random.next() < 0.5 }));
 * const { treatments } = await discoverInThreads(
 *   {
 *     variant: people.map(({ mail }) => (mail ? "mail" : "none")),
 *     outcome: people.map(({ young, mail }) => random.next() < (young && mail ? 0.3 : 0.1)),
 *     attributes: { young: people.map(({ young }) => young) },
 *     ...{ control: "none", costs: { mail: 0.05 }, random },
 *   },
 *   { threads: 2, onProgress: (done) => console.log(`${Math.round(100 * done)} %`) },
 * );
 * treatments[0]?.segments[0]?.condition; // { attribute: "young", eq: true }
 */
export async function discoverInThreads(
  request: SegmentsRequest,
  options: ThreadedSearch = {},
): Promise<SegmentDiscovery> {
  checkFields(options, fields);
  const { signal, onProgress, state } = options;
  if (signal !== undefined) requireMethod(signal, ["signal"], "throwIfAborted");
  const steps = discoverySteps(request, (bytes) => new SharedArrayBuffer(bytes));
  let threads: readonly Thread[] | undefined;
  let saved: SavedSearch | undefined;
  try {
    let step = steps.next();
    for (let number = 0; !step.done; ) {
      signal?.throwIfAborted();
      const { done } = step.value;
      onProgress?.(done);
      if (step.value.kind === "reading") {
        await setImmediate();
        step = steps.next();
        continue;
      }
      const { round, rest } = step.value;
      if (!threads) {
        saved = state === undefined ? undefined : new SavedSearch(state, step.value);
        const cells = round.evidence.units.length * round.evidence.table.attributes.length;
        const most = options.threads ?? (cells < fewestCells ? 1 : availableParallelism());
        threads = await searchThreads(most, round.evidence.table);
      }
      const told = (part: number) => onProgress?.(done + rest * part);
      const found = await searchRound(round, threads, { saved, step: number++, signal, told });
      step = steps.next(found);
    }
    onProgress?.(1);
    return step.value;
  } finally {
    saved?.close();
    for (const thread of threads ?? []) thread.stop?.();
  }
}
