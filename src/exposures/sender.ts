import type { Exposure } from "../core/assignment.js";
import { type OptionalKinds, type RequiredKinds, requireParts } from "../errors/index.js";
import { requireExposure } from "./exposure-of.js";

/** Carries one batch away; what it rejects with is taken as "try again". */
export type Transport = (batch: readonly Exposure[]) => Promise<unknown>;

/** Options of {@link createSender}. */
export interface SenderOptions {
  readonly transport: Transport;
  /** Exposures sent together; a full batch goes at once. Default 50. */
  readonly batchSize?: number;
  /** Milliseconds that an exposure waits for others. Default 2,000. */
  readonly delay?: number;
  /** Further tries of a batch that failed; after them it is dropped and counted. Default 5. */
  readonly retries?: number;
  /** Milliseconds before the first further try, doubled for each, at most a minute. Default 1,000. */
  readonly backoff?: number;
  /** Exposures that may wait; beyond them new ones are dropped and counted. Default 1,000. */
  readonly capacity?: number;
  /**
   * Hears of every exposure dropped; after `"retries"`, with what the transport rejected with last. What this throws is
   * dropped: it is for a log, and must not keep the next exposures from being sent.
   */
  readonly onDrop?: (exposures: readonly Exposure[], reason: "capacity" | "retries", cause?: unknown) => void;
  /** Calls back after so many milliseconds. Default `setTimeout`. */
  readonly setTimer?: (run: () => void, milliseconds: number) => unknown;
}

/** What became of the exposures given to a sender; `sent + dropped + queued` is their number. */
export interface SenderStats {
  readonly queued: number;
  readonly sent: number;
  readonly dropped: number;
  /** Batches tried again. */
  readonly retried: number;
}

/** Sends exposures in batches and in order, one batch at a time. */
export interface Sender {
  /**
   * Queues an exposure; pass it as the `write` of an exposure log.
   * @throws ExperimentError `invalid_argument` for what is not an exposure
   */
  send(exposure: Exposure): void;
  /** @returns a promise that is kept once everything queued has been sent or dropped; it never rejects */
  flush(): Promise<void>;
  stats(): SenderStats;
}

const required = { transport: "function" } satisfies RequiredKinds<SenderOptions>;
const optional = {
  batchSize: 1,
  // A timer of more runs at once.
  delay: { atMost: 2_147_483_647 },
  retries: 0,
  backoff: 0,
  capacity: 1,
  onDrop: "function",
  setTimer: "function",
} satisfies OptionalKinds<SenderOptions>;

/**
 * Makes a sender.
 * @param options  the transport, and how patient to be: `delay` at most 2³¹ − 1, the other numbers whole
 * @returns a sender; nothing is lost silently: what could not be sent is counted and told
 * @throws ExperimentError `unknown_key` and `invalid_argument` for the options
 */
export function createSender(options: SenderOptions): Sender {
  requireParts(options, ["options"], required, optional);
  const {
    transport,
    batchSize = 50,
    delay = 2_000,
    retries = 5,
    backoff = 1_000,
    capacity = 1_000,
    onDrop,
    setTimer = setTimeout,
  } = options;
  const queue: Exposure[] = [];
  let sending: Promise<void> | undefined;
  let waiting = false;
  let [sent, dropped, retried] = [0, 0, 0];

  const drop = (exposures: readonly Exposure[], reason: "capacity" | "retries", cause?: unknown) => {
    dropped += exposures.length;
    try {
      onDrop?.(exposures, reason, cause);
    } catch {
      // The listener's own fault: sending goes on.
    }
  };
  const drain = async () => {
    for (let failures = 0, pause = backoff; queue.length > 0; ) {
      const batch = queue.slice(0, batchSize);
      try {
        await transport(batch);
        sent += batch.length;
      } catch (error) {
        if (failures++ < retries) {
          retried++;
          const wait = Math.min(pause, 60_000);
          await new Promise<void>((resolve) => setTimer(resolve, wait));
          pause = 2 * wait;
          continue;
        }
        drop(batch, "retries", error);
      }
      failures = 0;
      pause = backoff;
      queue.splice(0, batch.length);
    }
    sending = undefined;
  };
  const flush = () => (sending ??= drain());

  return {
    send(exposure) {
      requireExposure(exposure, ["exposure"]);
      if (queue.length >= capacity) return drop([exposure], "capacity");
      queue.push(exposure);
      if (sending) return;
      if (queue.length >= batchSize) void flush();
      else if (!waiting) {
        waiting = true;
        setTimer(() => {
          waiting = false;
          void flush();
        }, delay);
      }
    },
    flush,
    stats: () => ({ queued: queue.length, sent, dropped, retried }),
  };
}

/**
 * A transport that posts batches as a JSON array.
 * @param url    where to
 * @param fetch  default the global `fetch`
 * @returns the transport
 * @throws ExperimentError `invalid_argument` unless `url` is text and `fetch` a function
 * @throws ExperimentError within the promise, `invalid_argument` for what is not a list of exposures
 * @throws Error within the promise, and so asks for another try, on network errors and on answers other than 2xx
 */
export function postTo(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): Transport {
  requireParts({ url, fetch }, [], { url: "text", fetch: "function" });
  return async (batch) => {
    requireParts(batch, ["batch"], { length: 1 });
    for (const [i, each] of [...batch].entries()) requireExposure(each, ["batch", i]);
    const answer = await fetch(url, {
      method: "POST",
      body: JSON.stringify(batch),
      headers: { "content-type": "application/json" },
      // Lets the request outlive the page.
      keepalive: true,
    });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  };
}
