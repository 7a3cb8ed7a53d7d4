import type { Exposure } from "essai";
import { createSender, type SenderOptions } from "essai/exposures";

export const exposure = (i: number): Exposure => ({
  id: String(i),
  experiment: "cta",
  definitionVersion: 1,
  unitId: `u${i}`,
  variant: "b",
  at: "2026-01-01T00:00:00.000Z",
  propensity: 0.5,
});
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** How many milliseconds a try may take here: a number that no other timer has. */
export const TIMEOUT = 7_777;

interface Timer {
  readonly run: () => void;
  readonly milliseconds: number;
  live: boolean;
}

/** A failure as `postTo` tells of it. */
export const answered = (status: number, retryAfter = 0) =>
  Object.assign(new Error(`answered ${status}`), { status, retryAfter });

/** A sender with a scripted transport and timers that run when told; of the pauses, the whole is waited. */
export function makeSender(
  options: Partial<SenderOptions> = {},
  answer: (call: number, batch: readonly string[]) => unknown = () => undefined,
) {
  const tries: string[][] = [];
  const batches: string[][] = [];
  const timers: Timer[] = [];
  const told: string[] = [];
  const made = createSender({
    transport: async (batch) => {
      const ids = batch.map(({ id }) => id);
      tries.push(ids);
      const failure = await answer(tries.length - 1, ids);
      if (failure) throw failure;
      batches.push(ids);
    },
    setTimer: (run, milliseconds) => {
      const timer = { run, milliseconds, live: true };
      timers.push(timer);
      return () => {
        timer.live = false;
      };
    },
    random: () => 1 - 2 ** -32,
    timeout: TIMEOUT,
    onDrop: (exposures, reason, cause) =>
      told.push([reason, exposures.map(({ id }) => id), cause ?? ""].join(" ").trim()),
    ...options,
  });
  /** The timers that are neither over nor cancelled, but for those of tries. */
  const live = () => timers.filter((each) => each.live && each.milliseconds !== TIMEOUT);
  return {
    made,
    tries,
    batches,
    timers,
    told,
    live,
    waits: () => live().map(({ milliseconds }) => Math.round(milliseconds)),
    /** Lets the time of the oldest live timer come. */
    async tick() {
      const [next] = live();
      if (!next) throw new Error("nothing is waited for");
      next.live = false;
      next.run();
      await settle();
    },
  };
}
