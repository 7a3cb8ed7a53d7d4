import type { Exposure } from "essai";
import { createSender, postTo, type SenderOptions } from "essai/exposures";
import { describe, expect, it } from "vitest";

const exposure = (i: number): Exposure => ({
  id: String(i),
  experiment: "cta",
  definitionVersion: 1,
  unitId: `u${i}`,
  variant: "b",
  at: "2026-01-01T00:00:00.000Z",
  propensity: 0.5,
});
const settle = () => new Promise((resolve) => setImmediate(resolve));

function sender(options: Partial<SenderOptions> = {}, fails: (call: number) => boolean = () => false) {
  const batches: string[][] = [];
  const timers: { run: () => void; milliseconds: number }[] = [];
  const droppedFor: string[] = [];
  let calls = 0;
  const made = createSender({
    transport: async (batch) => {
      if (fails(calls++)) throw new Error("down");
      batches.push(batch.map(({ id }) => id));
    },
    setTimer: (run, milliseconds) => timers.push({ run, milliseconds }),
    onDrop: (exposures, reason, cause) =>
      droppedFor.push([reason, exposures.map(({ id }) => id), cause ?? ""].join(" ").trim()),
    ...options,
  });
  return { made, batches, timers, droppedFor };
}

describe("createSender", () => {
  it("waits for others, then sends one batch; a full batch goes at once", async () => {
    const { made, batches, timers } = sender({ batchSize: 3, delay: 70 });
    made.send(exposure(1));
    made.send(exposure(2));
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([70]);
    expect(batches).toEqual([]);
    timers[0]!.run();
    await settle();
    expect(batches).toEqual([["1", "2"]]);
    for (let i = 3; i < 6; i++) made.send(exposure(i));
    await settle();
    expect(batches[1]).toEqual(["3", "4", "5"]);
    expect(made.stats()).toEqual({ queued: 0, sent: 5, dropped: 0, retried: 0 });
  });

  it("sends fifty together unless told otherwise", async () => {
    const { made, batches } = sender();
    for (let i = 0; i < 120; i++) made.send(exposure(i));
    await made.flush();
    expect(batches.map(({ length }) => length)).toEqual([50, 50, 20]);
  });

  it("sends in order, one batch at a time, also what comes while sending", async () => {
    const { made, batches } = sender({ batchSize: 2 });
    for (let i = 0; i < 5; i++) made.send(exposure(i));
    await made.flush();
    expect(batches).toEqual([["0", "1"], ["2", "3"], ["4"]]);
    made.send(exposure(9));
    await made.flush();
    expect(batches[3]).toEqual(["9"]);
  });

  it("tries again with growing pauses, at most a minute", async () => {
    const { made, batches, timers } = sender({ backoff: 20_000, retries: 4 }, (call) => call < 4);
    made.send(exposure(1));
    const flushed = made.flush();
    for (let i = 1; i <= 4; i++) {
      await settle();
      timers[i]!.run();
    }
    await flushed;
    expect(timers.slice(1).map(({ milliseconds }) => milliseconds)).toEqual([20_000, 40_000, 60_000, 60_000]);
    expect(batches).toEqual([["1"]]);
    expect(made.stats()).toEqual({ queued: 0, sent: 1, dropped: 0, retried: 4 });
  });

  it("drops a batch after its tries, and tells; the next batch has its own tries", async () => {
    const { made, batches, droppedFor } = sender(
      { batchSize: 1, retries: 1, setTimer: (run) => queueMicrotask(run), delay: 0 },
      (call) => call < 2,
    );
    made.send(exposure(1));
    made.send(exposure(2));
    await made.flush();
    await settle();
    expect(droppedFor).toEqual(["retries 1 Error: down"]);
    expect(batches).toEqual([["2"]]);
    expect(made.stats()).toEqual({ queued: 0, sent: 1, dropped: 1, retried: 1 });
  });

  it("is bounded: beyond the capacity new exposures are dropped, counted and told", () => {
    const { made, droppedFor } = sender({ capacity: 2, batchSize: 9 });
    for (let i = 0; i < 4; i++) made.send(exposure(i));
    expect(made.stats()).toEqual({ queued: 2, sent: 0, dropped: 2, retried: 0 });
    expect(droppedFor).toEqual(["capacity 2", "capacity 3"]);
  });
});

describe("what a sender is not given as it should be", () => {
  it("an option that does not exist is refused, with those that do", () => {
    expect(() => sender({ retrys: 3 } as never)).toThrow(
      expect.objectContaining({
        code: "invalid_argument",
        path: ["options", "retrys"],
        message:
          "options.retrys: is not one of transport, batchSize, delay, retries, backoff, capacity, onDrop, setTimer (received 3); correct it",
      }),
    );
  });

  it.each([
    ["batchSize", 0, "is not a whole number ≥ 1"],
    ["retries", -1, "is not a whole number ≥ 0"],
    ["delay", Number.NaN, "is not a number from 0 to 2147483647"],
    ["delay", 2 ** 31, "is not a number from 0 to 2147483647"],
    ["capacity", "9", "is not a whole number ≥ 1"],
    ["transport", undefined, "is not of type function"],
    ["onDrop", null, "is not of type function"],
  ])("%s: %s is refused, and what it takes is said", (name, value, said) => {
    expect(() => sender({ [name]: value })).toThrow(`options.${name}: ${said}`);
  });

  it.each([1.2, -0.1, Number.NaN, Infinity])("a propensity of %s is no exposure's", (propensity) => {
    const { made } = sender();
    expect(() => made.send({ ...exposure(1), propensity })).toThrow("exposure.propensity: is not ");
    made.send({ ...exposure(1), propensity: 1 });
    expect(made.stats().queued).toBe(1);
  });

  it("a listener that throws keeps nothing from being sent", async () => {
    const { made, batches } = sender(
      {
        batchSize: 1,
        retries: 0,
        onDrop: () => {
          throw new TypeError("the listener's");
        },
      },
      (call) => call === 0,
    );
    made.send(exposure(1));
    made.send(exposure(2));
    await made.flush();
    expect(batches).toEqual([["2"]]);
    expect(made.stats()).toEqual({ queued: 0, sent: 1, dropped: 1, retried: 0 });
  });
});

describe("postTo", () => {
  it("posts a JSON array, and rejects unless the answer is 2xx", async () => {
    const seen: [string, RequestInit][] = [];
    let status = 204;
    const fetch = (async (url: string, init: RequestInit) => {
      seen.push([url, init]);
      return new Response(null, { status });
    }) as unknown as typeof globalThis.fetch;
    await postTo("https://x.test/e", fetch)([exposure(1)]);
    expect(JSON.parse(String(seen[0]![1].body))).toEqual([exposure(1)]);
    const refused = (batch: unknown) => postTo("https://x.test/e", fetch)(batch as never);
    await expect(refused({})).rejects.toThrow("batch.length: is not a whole number ≥ 1");
    await expect(refused([exposure(1), { ...exposure(2), unitId: "" }])).rejects.toThrow(
      "batch.1.unitId: is not",
    );
    expect(seen.length).toBe(1);
    status = 503;
    await expect(postTo("https://x.test/e", fetch)([exposure(1)])).rejects.toThrow(/503/);
  });
});
