import type { Exposure } from "../core/assignment.js";

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
  /** Hears of every exposure dropped; after `"retries"`, with what the transport rejected with last. */
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
  /** Queues an exposure; pass it as the `write` of an exposure log. */
  send(exposure: Exposure): void;
  /** @returns a promise that is kept once everything queued has been sent or dropped; it never rejects */
  flush(): Promise<void>;
  stats(): SenderStats;
}

/**
 * Makes a sender.
 * @param options  the transport, and how patient to be
 * @returns a sender; nothing is lost silently: what could not be sent is counted and told
 */
export function createSender({
  transport,
  batchSize = 50,
  delay = 2_000,
  retries = 5,
  backoff = 1_000,
  capacity = 1_000,
  onDrop,
  setTimer = setTimeout,
}: SenderOptions): Sender {
  const queue: Exposure[] = [];
  let sending: Promise<void> | undefined;
  let waiting = false;
  let [sent, dropped, retried] = [0, 0, 0];

  const drop = (exposures: readonly Exposure[], reason: "capacity" | "retries", cause?: unknown) => {
    dropped += exposures.length;
    onDrop?.(exposures, reason, cause);
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
  const flush = () => {
    sending ??= drain();
    return sending;
  };

  return {
    send(exposure) {
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
 * @throws Error within the promise, and so asks for another try, on network errors and on answers other than 2xx
 */
export function postTo(url: string, fetch: typeof globalThis.fetch = globalThis.fetch): Transport {
  return async (batch) => {
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
