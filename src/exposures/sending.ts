import type { Exposure } from "../core/assignment.js";
import { POINTS } from "../core/points.js";
import { type OptionalKinds, requireParts } from "../errors/index.js";
import { hashOf } from "../hash/seed.js";
import { requireExposure } from "./exposure-of.js";
import type { ExposureQueue } from "./exposure-queue.js";
import type { Transport, TransportFailure } from "./post-to.js";

/**
 * Why exposures were not delivered. `"refused"`: the receiver answered with a 4xx that no other try can change; they are
 * set aside. The others are lost: `"capacity"`, no room to wait; `"retries"`, tried as often as allowed; `"closed"`, the
 * sender was closed first; `"left"`, the page was left, and more waited than a page can still send.
 */
export type LossReason = "refused" | "capacity" | "retries" | "closed" | "left";

/** How patient a sender is, and what it calls. None of the callbacks can stop it: what they throw ends there. */
export interface Tuning {
  /**
   * Exposures sent together, at most; as many go at once. Halved while the receiver answers 413 or is too slow, and raised
   * again step by step. Default 1,000.
   */
  readonly batchSize?: number;
  /** Milliseconds that an exposure waits for others. Default 2,000. */
  readonly delay?: number;
  /** Milliseconds that one try may take. Default 10,000. */
  readonly timeout?: number;
  /**
   * Further tries of a batch that failed; then it is lost, and told. Default: 10 where the receiver answers with an
   * error of its own (500, say); as many as it takes where there is no answer, or 408, 425, 429, 502, 503 or 504.
   */
  readonly retries?: number;
  /**
   * Milliseconds before the first further try, at most; doubled for each, up to a minute. Each pause lasts from half of
   * it to all of it, and longer where the receiver asks for it (`Retry-After`, up to an hour). Default 1,000.
   */
  readonly backoff?: number;
  /** Exposures that may wait in memory; while there is no room, `send` takes no others. Default 50,000, some 25 MB. */
  readonly capacity?: number;
  /** Hears of exposures that were not delivered, with the transport's last error where there is one. */
  readonly onDrop?: (exposures: readonly Exposure[], reason: LossReason, cause?: unknown) => void;
  /**
   * Draws how long pauses last, uniform in [0, 1); e.g. a random source's `next`. Default: a hash of the oldest waiting
   * exposure, so that pages and processes do not try again all at once.
   */
  readonly random?: () => number;
  /** Calls back after so many milliseconds; may return a function that cancels it. Default `setTimeout`. */
  readonly setTimer?: (run: () => void, milliseconds: number) => unknown;
}

/**
 * What became of the exposures: `sent + setAside + dropped + queued` is the number given to `send`, and found in the queue
 * when the sender was made.
 */
export interface SenderStats {
  /** Waiting, in flight too. */
  readonly queued: number;
  /** Confirmed by the receiver. */
  readonly sent: number;
  /** Refused by the receiver for good, and told. */
  readonly setAside: number;
  /** Lost, or not taken, and told. */
  readonly dropped: number;
  /** Batches tried again. */
  readonly retried: number;
}

/** Sends exposures in batches and in order, one batch at a time. */
export interface Sender {
  /**
   * Queues an exposure; pass it as the `write` of an exposure log.
   * @returns whether it was taken; if not, it was told to `onDrop`
   * @throws ExperimentError `invalid_argument` for what is not an exposure
   */
  send(exposure: Exposure): boolean;
  /**
   * Tries everything that waits at once, whatever pause is in progress.
   * @returns a promise that is kept once that has been sent, set aside or dropped, or a try failed, after which it goes on
   *   as before; `queued` says what still waits. It never rejects
   */
  flush(): Promise<SenderStats>;
  /**
   * Takes nothing more and sends what waits.
   * @param deadline  milliseconds after which it is given up; default 5,000
   * @returns a promise that is kept when nothing waits any more, or at the deadline: what waits then is lost (told with
   *   `"closed"`), but for what the queue keeps, which is `queued`. It never rejects
   * @throws ExperimentError `invalid_argument` unless the deadline is a number from 0 to 2³¹ − 1
   */
  close(deadline?: number): Promise<SenderStats>;
  stats(): SenderStats;
}

/** What a page needs beside the sender, because it sends another way when it is left. */
export interface Aside {
  /** Notes that exposures were confirmed another way. */
  confirm(exposures: readonly Exposure[]): void;
  /** Takes exposures out of the queue, counts them as dropped and tells. */
  lose(exposures: readonly Exposure[], reason: LossReason, cause?: unknown): void;
  /** Puts back what was lost too early. */
  restore(exposures: readonly Exposure[]): void;
}

const LONGEST_TIMER = 2_147_483_647;
const LONGEST_PAUSE = 60_000;
const LONGEST_ASKED = 3_600_000;
/** Of a batch on which the receiver fails, unless the caller says. */
const RETRIES = 10;
/** Answers that say nothing about the batch: too early, too much at once, nobody there. */
const busy = /408|425|429|50[234]/;

/** The keys of {@link Tuning}, for `requireParts`. */
export const tuning = {
  batchSize: 1,
  // A timer of more runs at once.
  delay: { atMost: LONGEST_TIMER },
  timeout: { atMost: LONGEST_TIMER },
  retries: 0,
  backoff: 0,
  capacity: 1,
  onDrop: "function",
  random: "function",
  setTimer: "function",
} satisfies OptionalKinds<Tuning>;

/** Runs a caller's function; what it throws, or rejects with, ends here. */
const contained = (run: () => unknown): void => void (async () => run())().catch(() => 0);

const ownTimer: NonNullable<Tuning["setTimer"]> = (run, milliseconds) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/**
 * The state machine of every sender. An exposure waits in the queue, also while it is sent, and leaves it when it is
 * confirmed, set aside (refused for good) or dropped (lost). One batch is on its way at a time.
 */
export function sendingFrom(
  transport: Transport,
  queue: ExposureQueue,
  options: Tuning,
): readonly [Sender, Aside] {
  const { batchSize = 1_000, delay = 2_000, timeout = 10_000, backoff = 1_000, capacity = 50_000 } = options;
  const { retries, onDrop, random, setTimer = ownTimer } = options;
  const counts = { sent: 0, setAside: 0, dropped: 0, retried: 0 };
  /** As many as the receiver takes at once, as far as is known. */
  let size = batchSize;
  let [failures, wait] = [0, backoff];
  /** How many have left the queue, and how many are to have left it before the sender rests. */
  let [gone, goal] = [0, 0];
  let [running, closed, ended] = [false, false, false];
  let flushes: (readonly [goal: number, done: () => void])[] = [];
  let closing: Promise<SenderStats> | undefined;
  /** What ends the delay in progress, the pause, the try, the sender. */
  let disarm: (() => void) | undefined;
  let wake: (() => void) | undefined;
  let abort: (() => void) | undefined;
  let end: (() => void) | undefined;

  const stats = () => ({ queued: queue.size, ...counts });
  const full = () => queue.size >= Math.min(size, capacity >> 1 || 1);
  const settle = (exposures: readonly Exposure[], as: "sent" | "setAside" | "dropped") => {
    const left = queue.remove(exposures);
    counts[as] += left;
    gone += left;
  };
  const tell: NonNullable<Tuning["onDrop"]> = (...told) => contained(() => onDrop?.(...told));
  const lose: Aside["lose"] = (exposures, ...why) => {
    settle(exposures, "dropped");
    if (exposures.length) tell(exposures, ...why);
  };
  /** Keeps the promises of `flush`: those whose goal is reached, or all. */
  const rest = (all?: boolean) => {
    flushes = flushes.filter(([goal, done]) => (all || goal <= gone ? done() : true));
    if (closed && !queue.size) end?.();
  };

  const timer = (run: () => void, milliseconds: number) => {
    try {
      return setTimer(run, milliseconds);
    } catch {
      return ownTimer(run, milliseconds);
    }
  };
  /** @returns what cancels it */
  const after = (milliseconds: number, run: () => void) => {
    const cancel = timer(run, milliseconds);
    return () => typeof cancel === "function" && contained(() => cancel());
  };
  const anew = () => {
    [failures, wait] = [0, backoff];
  };
  const attempt = (batch: readonly Exposure[]) =>
    new Promise<{ readonly cause?: unknown; readonly late?: true } | undefined>((resolve) => {
      const controller = new AbortController();
      const { signal } = controller;
      abort = () => {
        resolve({ late: true });
        controller.abort();
      };
      const cancel = after(timeout, abort);
      (async () => transport([...batch], signal))()
        .then(
          () => resolve(undefined),
          (cause) => resolve({ cause }),
        )
        .then(cancel);
    });
  /** Waits for as long as was asked, then from half to all of a time that doubles with each failure. */
  const pause = (asked: number, { id }: Exposure) =>
    new Promise<void>((resolve) => {
      let chance = 0.5;
      contained(() => {
        const drawn = random ? random() : hashOf(failures, id) / POINTS;
        if (drawn >= 0 && drawn < 1) chance = drawn;
      });
      const cancel = after(
        Math.min(LONGEST_ASKED, asked) + (Math.min(LONGEST_PAUSE, wait) * (1 + chance)) / 2,
        resolve,
      );
      wait *= 2;
      wake = () => {
        cancel();
        resolve();
      };
    });

  const step = async (batch: readonly Exposure[], first: Exposure) => {
    const failure = await attempt(batch);
    if (ended) return;
    const { cause, late } = failure ?? {};
    const { status = 0, retryAfter = 0 }: TransportFailure = Object(cause);
    if (!failure) {
      settle(batch, "sent");
      anew();
      size = Math.min(batchSize, size + 1 + (size >> 4));
    } else if (status === 413 && batch.length > 1) size = batch.length >> 1;
    else if (status >= 400 && status < 500 && !busy.test(`${status}`)) {
      settle(batch, "setAside");
      tell(batch, "refused", cause);
    } else if (failures++ >= (retries ?? (status && !busy.test(`${status}`) ? RETRIES : 1 / 0))) {
      anew();
      lose(batch, "retries", cause);
    } else {
      counts.retried++;
      if (late) size = batch.length >> 1 || 1;
      rest(true);
      await pause(retryAfter, first);
      goal = gone + queue.size;
    }
    rest();
  };
  const run = async () => {
    if (running) return;
    running = true;
    disarm?.();
    try {
      while (!ended && (gone < goal || full())) {
        const batch = queue.head(size);
        if (!batch[0]) break;
        await step(batch, batch[0]);
      }
    } finally {
      running = false;
      rest(true);
      arm();
    }
  };
  const go = () => {
    goal = gone + queue.size;
    contained(run);
  };
  const arm = () => {
    if (disarm || running || closed || !queue.size) return;
    const cancel = after(delay, go);
    disarm = () => {
      cancel();
      disarm = undefined;
    };
  };
  const flush = () =>
    new Promise<SenderStats>((resolve) => {
      flushes.push([gone + queue.size, () => resolve(stats())]);
      wake?.();
      go();
    });

  contained(() => queue.recover?.(go));
  if (queue.size) after(0, go);
  const sender: Sender = {
    send(exposure) {
      requireExposure(exposure, ["exposure"]);
      let taken = false;
      contained(() => {
        taken = !closed && queue.put(exposure);
      });
      if (taken) {
        if (full()) contained(run);
        else arm();
      } else {
        counts.dropped++;
        tell([exposure], closed ? "closed" : "capacity");
        go();
      }
      return taken;
    },
    flush,
    close(milliseconds = 5_000) {
      requireParts({ milliseconds }, [], { milliseconds: { atMost: LONGEST_TIMER } });
      closed = true;
      return (closing ??= new Promise((resolve) => {
        anew();
        const cancel = after(milliseconds, () => end?.());
        end = () => {
          end = undefined;
          ended = true;
          cancel();
          abort?.();
          wake?.();
          lose(queue.atRisk?.() ?? queue.head(1 / 0), "closed");
          contained(() => queue.close?.());
          resolve(stats());
        };
        void flush();
      }));
    },
    stats,
  };
  const aside: Aside = {
    confirm(exposures) {
      settle(exposures, "sent");
      rest();
    },
    lose,
    restore(exposures) {
      counts.dropped -= exposures.filter((each) => queue.put(each)).length;
      go();
    },
  };
  return [sender, aside];
}
