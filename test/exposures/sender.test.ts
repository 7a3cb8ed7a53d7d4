import { createSender, memoryQueue, postTo } from "essai/exposures";
import { describe, expect, it } from "vitest";
import { answered, exposure, makeSender, settle, TIMEOUT } from "./make-sender.js";

const none = { queued: 0, sent: 0, setAside: 0, dropped: 0, retried: 0 };
const down = () => new Error("down");

describe("createSender", () => {
  it("waits for others, then sends one batch; a full batch goes at once", async () => {
    const { made, batches, waits, tick } = makeSender({ batchSize: 3, delay: 70 });
    expect([made.send(exposure(1)), made.send(exposure(2))]).toEqual([true, true]);
    expect(waits()).toEqual([70]);
    expect(batches).toEqual([]);
    await tick();
    expect(batches).toEqual([["1", "2"]]);
    for (let i = 3; i < 6; i++) made.send(exposure(i));
    await settle();
    expect(batches[1]).toEqual(["3", "4", "5"]);
    expect(made.stats()).toEqual({ ...none, sent: 5 });
  });

  it("waits again for what comes after the first delay", async () => {
    const { made, batches, waits, tick } = makeSender({ delay: 70 });
    for (let i = 0; i < 3; i++) {
      made.send(exposure(i));
      expect(waits()).toEqual([70]);
      await tick();
    }
    expect(batches).toEqual([["0"], ["1"], ["2"]]);
    expect(waits()).toEqual([]);
  });

  it("sends in order, one batch at a time; what comes while sending waits for others", async () => {
    let free = () => {};
    const { made, tries, batches, tick } = makeSender({ batchSize: 2 }, (call) =>
      call === 0 ? new Promise<void>((resolve) => (free = resolve)) : undefined,
    );
    for (let i = 0; i < 5; i++) made.send(exposure(i));
    await settle();
    expect(tries).toEqual([["0", "1"]]);
    free();
    await settle();
    expect(batches).toEqual([
      ["0", "1"],
      ["2", "3"],
    ]);
    await tick();
    expect(batches[2]).toEqual(["4"]);
  });

  it("sends as many together as wait, up to a thousand", async () => {
    const { made, batches } = makeSender();
    for (let i = 0; i < 2_400; i++) made.send(exposure(i));
    await made.flush();
    expect(batches.map(({ length }) => length)).toEqual([1_000, 1_000, 400]);
  });

  it("flush tells what became of what waited", async () => {
    const { made, batches } = makeSender({ batchSize: 2 });
    for (let i = 0; i < 5; i++) made.send(exposure(i));
    expect(await made.flush()).toEqual({ ...none, sent: 5 });
    expect(batches).toEqual([["0", "1"], ["2", "3"], ["4"]]);
    expect(await made.flush()).toEqual({ ...none, sent: 5 });
  });

  it("says whether an exposure was taken: beyond the capacity it is not, and that is counted and told", () => {
    const { made, told } = makeSender({ capacity: 2, batchSize: 9 }, () => new Promise(() => undefined));
    expect([1, 2, 3, 4].map((i) => made.send(exposure(i)))).toEqual([true, true, false, false]);
    expect(made.stats()).toEqual({ ...none, queued: 2, dropped: 2 });
    expect(told).toEqual(["capacity 3", "capacity 4"]);
  });

  it("does not wait for a batch that the memory has no room for", async () => {
    const { made, told } = makeSender({ capacity: 10 });
    for (let i = 0; i < 100; i++) {
      expect(made.send(exposure(i))).toBe(true);
      if (i % 4 === 3) await settle();
    }
    expect([made.stats().sent > 90, told]).toEqual([true, []]);
  });
});

describe("a queue of the caller's", () => {
  it("is sent when it takes nothing more, however small", async () => {
    const { made, batches, told } = makeSender({ queue: memoryQueue(3) });
    expect([0, 1, 2, 3].map((i) => made.send(exposure(i)))).toEqual([true, true, true, false]);
    await settle();
    expect([batches, told]).toEqual([[["0", "1", "2"]], ["capacity 3"]]);
  });

  it("is sent soon, where something waits in it already", async () => {
    const queue = memoryQueue(3);
    queue.put(exposure(0));
    const { batches, waits, tick } = makeSender({ queue });
    expect(waits()).toEqual([0]);
    await tick();
    expect(batches).toEqual([["0"]]);
  });
});

describe("a batch that fails", () => {
  it("is tried again with growing pauses, at most a minute, and the next one starts anew", async () => {
    const { made, batches, waits, tick } = makeSender({ backoff: 20_000 }, (call) =>
      call < 4 || call === 5 ? down() : undefined,
    );
    made.send(exposure(1));
    await tick();
    for (const pause of [20_000, 40_000, 60_000, 60_000]) {
      expect(waits()).toEqual([pause]);
      await tick();
    }
    expect(batches).toEqual([["1"]]);
    made.send(exposure(2));
    await tick();
    expect(waits()).toEqual([20_000]);
    await tick();
    expect(made.stats()).toEqual({ ...none, sent: 2, retried: 5 });
  });

  it("waits from half to all of a pause, as chance has it", async () => {
    const pause = async (random: () => number) => {
      const { made, waits, tick } = makeSender({ backoff: 1_000, random }, down);
      made.send(exposure(1));
      await tick();
      return waits()[0];
    };
    expect(await pause(() => 0)).toBe(500);
    expect(await pause(() => 0.5)).toBe(750);
    const wrong = [
      Number.NaN,
      () => {
        throw new Error("no chance");
      },
      7,
    ].map((each) => (typeof each === "function" ? each : () => each));
    for (const random of wrong) expect(await pause(random)).toBe(750);
  });

  it("waits for a time of its own where no chance is given: not all pages come back at once", async () => {
    const pauses = new Set<number>();
    for (let i = 0; i < 20; i++) {
      const timers: number[] = [];
      const made = createSender({
        transport: () => Promise.reject(down()),
        setTimer: (_, milliseconds) => timers.push(milliseconds),
      });
      made.send(exposure(i));
      await made.flush();
      pauses.add(timers.at(-1)!);
    }
    expect(pauses.size).toBe(20);
    expect([Math.min(...pauses) >= 500, Math.max(...pauses) < 1_000]).toEqual([true, true]);
  });

  it("waits at least as long as the receiver asks, and no longer than an hour more", async () => {
    for (const [asked, waited] of [
      [30_000, 31_000],
      [1e9, 3_601_000],
    ]) {
      const { made, waits, tick } = makeSender({}, () => answered(429, asked));
      made.send(exposure(1));
      await tick();
      expect(waits()).toEqual([waited]);
    }
  });

  it("waits as long as it takes where nobody answers or the receiver is busy", async () => {
    for (const failure of [down(), ...[408, 425, 429, 502, 503, 504].map((status) => answered(status))]) {
      const { made, told, tick } = makeSender({}, (call) => (call < 50 ? failure : undefined));
      made.send(exposure(1));
      for (let i = 0; i <= 50; i++) await tick();
      expect([made.stats(), told]).toEqual([{ ...none, sent: 1, retried: 50 }, []]);
    }
  });

  it("is lost after ten tries on which the receiver fails itself, and told; the next batch has its own", async () => {
    const { made, batches, told, tick } = makeSender({ batchSize: 1 }, (call) =>
      call < 13 ? answered(500) : undefined,
    );
    made.send(exposure(1));
    await settle();
    made.send(exposure(2));
    for (let i = 0; i < 12; i++) await tick();
    expect(told).toEqual(["retries 1 Error: answered 500"]);
    expect(batches).toEqual([["2"]]);
    expect(made.stats()).toEqual({ ...none, sent: 1, dropped: 1, retried: 12 });
  });

  it("is lost after as many tries as the caller says, whatever the reason", async () => {
    const { made, batches, told, tick } = makeSender({ batchSize: 1, retries: 1 }, (call) =>
      call < 2 ? down() : undefined,
    );
    made.send(exposure(1));
    made.send(exposure(2));
    await settle();
    await tick();
    expect(told).toEqual(["retries 1 Error: down"]);
    expect(batches).toEqual([["2"]]);
    expect(made.stats()).toEqual({ ...none, sent: 1, dropped: 1, retried: 1 });
  });

  it.each([400, 401, 403, 404, 410, 422])(
    "is set aside and told when refused for good: %s",
    async (status) => {
      const { made, tries, batches, told, live } = makeSender({ batchSize: 2 }, (call) =>
        call === 0 ? answered(status) : undefined,
      );
      for (let i = 0; i < 4; i++) made.send(exposure(i));
      await settle();
      expect(told).toEqual([`refused 0,1 Error: answered ${status}`]);
      expect([tries.length, batches, live()]).toEqual([2, [["2", "3"]], []]);
      expect(made.stats()).toEqual({ ...none, sent: 2, setAside: 2 });
    },
  );

  it("goes in halves where it is too large, and batches grow again", async () => {
    const { made, tries, told } = makeSender({ batchSize: 64 }, (_, batch) =>
      batch.length > 20 ? answered(413) : undefined,
    );
    for (let i = 0; i < 200; i++) made.send(exposure(i));
    expect(await made.flush()).toEqual({ ...none, sent: 200 });
    expect(tries.slice(0, 8).map(({ length }) => length)).toEqual([64, 32, 16, 18, 20, 22, 11, 12]);
    expect(told).toEqual([]);
  });

  it("is set aside where one exposure alone is too large", async () => {
    const { made, told } = makeSender({ batchSize: 4 }, (_, batch) =>
      batch.includes("2") ? answered(413) : undefined,
    );
    for (let i = 0; i < 4; i++) made.send(exposure(i));
    expect(await made.flush()).toEqual({ ...none, sent: 3, setAside: 1 });
    expect(told).toEqual(["refused 2 Error: answered 413"]);
  });

  it("is given up after its time, with a signal, and goes in halves", async () => {
    const signals: AbortSignal[] = [];
    const lengths: number[] = [];
    const { made, timers, tick } = makeSender({
      batchSize: 4,
      transport: (batch, signal) => {
        lengths.push(batch.length);
        signals.push(signal!);
        return batch.length > 2 ? new Promise(() => undefined) : Promise.resolve();
      },
    });
    for (let i = 0; i < 4; i++) made.send(exposure(i));
    await settle();
    expect(signals[0]?.aborted).toBe(false);
    timers.find(({ milliseconds }) => milliseconds === TIMEOUT)?.run();
    await settle();
    expect(signals[0]?.aborted).toBe(true);
    expect(made.stats()).toEqual({ ...none, queued: 4, retried: 1 });
    await tick();
    expect(lengths).toEqual([4, 2, 2]);
    expect(made.stats()).toEqual({ ...none, sent: 4, retried: 1 });
    expect(timers.filter(({ milliseconds, live }) => milliseconds === TIMEOUT && live).length).toBe(1);
  });
});

describe("flush", () => {
  it("does not sit out a pause: it tries at once, and is kept when that fails too", async () => {
    let up = false;
    const { made, tries, waits, batches } = makeSender({ backoff: 50_000 }, () => (up ? undefined : down()));
    made.send(exposure(1));
    expect((await made.flush()).queued).toBe(1);
    expect(waits()).toContain(50_000);
    expect((await made.flush()).queued).toBe(1);
    expect(tries.length).toBe(2);
    up = true;
    expect(await made.flush()).toEqual({ ...none, sent: 1, retried: 2 });
    expect(batches).toEqual([["1"]]);
  });

  it("the delay of what came later does not cut a pause short", async () => {
    const { made, tries, live } = makeSender({ backoff: 50_000, delay: 70 }, down);
    made.send(exposure(1));
    await made.flush();
    for (const timer of live().filter(({ milliseconds }) => milliseconds === 70)) timer.run();
    made.send(exposure(2));
    await settle();
    expect(tries.length).toBe(1);
  });

  it("does not wait for what comes after it", async () => {
    let calls = 0;
    const { made } = makeSender({ batchSize: 1 }, () => {
      if (calls++ < 50) made.send(exposure(calls));
    });
    made.send(exposure(0));
    await made.flush();
    expect(made.stats().sent).toBeLessThan(5);
  });
});

describe("close", () => {
  it("takes nothing more, sends what waits, and tells what became of it", async () => {
    const { made, batches, told, live } = makeSender();
    made.send(exposure(1));
    const closing = made.close(900);
    expect(made.send(exposure(2))).toBe(false);
    expect(await closing).toEqual({ ...none, sent: 1, dropped: 1 });
    expect([batches, told]).toEqual([[["1"]], ["closed 2"]]);
    expect(live().filter(({ milliseconds }) => milliseconds === 900)).toEqual([]);
    expect(await made.close()).toEqual({ ...none, sent: 1, dropped: 1 });
    expect(await made.flush()).toEqual({ ...none, sent: 1, dropped: 1 });
  });

  it("tries again within the deadline, with pauses that start anew", async () => {
    const { made, waits, live, batches, tick } = makeSender({}, (call) => (call < 4 ? down() : undefined));
    made.send(exposure(1));
    for (let i = 0; i < 3; i++) await tick();
    expect(waits()).toEqual([4_000]);
    const closing = made.close(60_000);
    await settle();
    expect(waits()).toEqual([60_000, 1_000]);
    live().at(-1)?.run();
    expect((await closing).sent).toBe(1);
    expect(batches).toEqual([["1"]]);
  });

  it("at the deadline gives up what is on its way and what waits, and tells", async () => {
    const signals: AbortSignal[] = [];
    const { made, told, timers } = makeSender({
      batchSize: 2,
      transport: (_, signal) => {
        signals.push(signal!);
        return new Promise(() => undefined);
      },
    });
    for (let i = 0; i < 3; i++) made.send(exposure(i));
    const closing = made.close();
    timers.find(({ milliseconds }) => milliseconds === 5_000)?.run();
    expect(await closing).toEqual({ ...none, dropped: 3 });
    expect([told, signals.map(({ aborted }) => aborted)]).toEqual([["closed 0,1,2"], [true]]);
    await settle();
    expect(made.stats()).toEqual({ ...none, dropped: 3 });
  });

  it("is not kept up by a pause", async () => {
    const { made, told, timers } = makeSender({ backoff: 50_000 }, down);
    made.send(exposure(1));
    await made.flush();
    const closing = made.close(0);
    await settle();
    timers.find(({ milliseconds, live }) => milliseconds === 0 && live)?.run();
    expect(await closing).toEqual({ ...none, dropped: 1, retried: 2 });
    expect(told).toEqual(["closed 1"]);
  });

  it.each([-1, Number.NaN, 2 ** 31, "9", null])("refuses a deadline of %s", (deadline) => {
    const { made } = makeSender();
    expect(() => made.close(deadline as never)).toThrow("milliseconds: is not a number from 0 to 2147483647");
    expect(made.send(exposure(1))).toBe(true);
  });
});

describe("what a caller's functions throw", () => {
  const fault = () => {
    throw new TypeError("the caller's own");
  };
  const faults: [string, () => unknown][] = [
    ["throws", fault],
    ["rejects", () => Promise.reject(new TypeError("the caller's own"))],
  ];

  it.each(faults)("onDrop that %s keeps nothing from being sent", async (_, onDrop) => {
    const { made, batches } = makeSender({ batchSize: 1, retries: 0, onDrop }, (call) =>
      call === 0 ? down() : undefined,
    );
    made.send(exposure(1));
    made.send(exposure(2));
    expect(await made.flush()).toEqual({ ...none, sent: 1, dropped: 1 });
    expect(batches).toEqual([["2"]]);
  });

  it.each(faults)("a transport that %s is a try that failed", async (_, transport) => {
    const { made } = makeSender({ transport: transport as never });
    made.send(exposure(1));
    expect(await made.flush()).toEqual({ ...none, queued: 1, retried: 1 });
  });

  it("a transport that rejects with nothing is a try that failed", async () => {
    const { made } = makeSender({ transport: () => Promise.reject() });
    made.send(exposure(1));
    expect(await made.flush()).toEqual({ ...none, queued: 1, retried: 1 });
  });

  it("a timer that throws is replaced", async () => {
    const sent: number[] = [];
    const made = createSender({
      transport: async ({ length }) => sent.push(length),
      delay: 1,
      setTimer: fault,
    });
    made.send(exposure(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent).toEqual([1]);
  });

  it("a queue that throws takes nothing, and stops nobody", async () => {
    const { made, told } = makeSender({ queue: { size: 0, put: fault, head: fault, remove: fault } });
    expect(made.send(exposure(1))).toBe(false);
    expect(told).toEqual(["capacity 1"]);
    await made.flush();
    const broken = makeSender({ queue: { size: 5, put: () => true, head: fault, remove: fault } });
    broken.made.send(exposure(1));
    expect(await broken.made.flush()).toEqual({ ...none, queued: 5 });
  });

  it("a transport that changes its batch changes nothing that waits", async () => {
    const { made } = makeSender({
      transport: async (batch) => {
        (batch as unknown[]).length = 0;
      },
    });
    made.send(exposure(1));
    expect(await made.flush()).toEqual({ ...none, sent: 1 });
  });
});

describe("what a sender is not given as it should be", () => {
  it("an option that does not exist is refused, with those that do", () => {
    expect(() => makeSender({ retrys: 3 } as never)).toThrow(
      expect.objectContaining({
        code: "invalid_argument",
        path: ["options", "retrys"],
        message:
          "options.retrys: is not one of transport, batchSize, delay, timeout, retries, backoff, capacity, onDrop, random, setTimer, queue (received 3); correct it",
      }),
    );
  });

  it.each([
    ["batchSize", 0, "is not a whole number ≥ 1"],
    ["batchSize", 1.5, "is not a whole number ≥ 1"],
    ["retries", -1, "is not a whole number ≥ 0"],
    ["delay", Number.NaN, "is not a number from 0 to 2147483647"],
    ["delay", 2 ** 31, "is not a number from 0 to 2147483647"],
    ["timeout", 2 ** 31, "is not a number from 0 to 2147483647"],
    ["capacity", "9", "is not a whole number ≥ 1"],
    ["capacity", 0, "is not a whole number ≥ 1"],
    ["transport", undefined, "is not of type function"],
    ["onDrop", null, "is not of type function"],
    ["random", 0.5, "is not of type function"],
    ["queue", [], "put: is not of type function"],
    ["queue", null, "put: is not of type function"],
  ])("%s: %s is refused, and what it takes is said", (name, value, said) => {
    expect(() => makeSender({ [name]: value })).toThrow(said);
    expect(() => makeSender({ [name]: value })).toThrow(`options.${name}`);
  });

  it.each([1.2, -0.1, Number.NaN, Infinity])(
    "an exposure with a propensity of %s is refused",
    (propensity) => {
      const { made } = makeSender();
      expect(() => made.send({ ...exposure(1), propensity })).toThrow("exposure.propensity: is not ");
      made.send({ ...exposure(1), propensity: 1 });
      expect(made.stats().queued).toBe(1);
    },
  );

  it.each([[[]], [null], ["email"], [{ channel: 3 }], [{ channel: "" }]])(
    "an exposure with attributes of %j is refused",
    (attributes) => {
      const { made } = makeSender();
      expect(() => made.send({ ...exposure(1), attributes: attributes as never })).toThrow(
        "exposure.attributes",
      );
      expect(made.send({ ...exposure(1), attributes: { channel: "email" } })).toBe(true);
    },
  );
});

describe("postTo", () => {
  const posting = (answer: () => Response) => {
    const seen: [string, RequestInit][] = [];
    const fetch = (async (url: string, init: RequestInit) => {
      seen.push([url, init]);
      return answer();
    }) as unknown as typeof globalThis.fetch;
    return { seen, post: postTo("https://x.test/e", fetch) };
  };

  it("posts a JSON array, reads the answer's body, and asks for no quota of the page's", async () => {
    const answer = new Response("stored");
    const { seen, post } = posting(() => answer);
    const { signal } = new AbortController();
    await post([exposure(1)], signal);
    expect(JSON.parse(String(seen[0]![1].body))).toEqual([exposure(1)]);
    expect(seen[0]![1]).toMatchObject({ method: "POST", signal });
    expect(seen[0]![1].keepalive).toBeUndefined();
    expect(answer.bodyUsed).toBe(true);
  });

  it("a body that breaks off after the answer's head changes nothing", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("cut")) });
    const { post } = posting(() => new Response(broken));
    await expect(post([exposure(1)])).resolves.toBeUndefined();
  });

  it("refuses what is not a list of exposures", async () => {
    const { seen, post } = posting(() => new Response());
    await expect(post({} as never)).rejects.toThrow("batch.length: is not a whole number ≥ 1");
    await expect(post([exposure(1), { ...exposure(2), unitId: "" }])).rejects.toThrow(
      "batch.1.unitId: is not",
    );
    expect(seen).toEqual([]);
  });

  it("rejects unless the answer is 2xx, with its status and how long it asks for", async () => {
    const failing = async (status: number, headers: Record<string, string> = {}) =>
      posting(() => new Response(null, { status, headers }))
        .post([exposure(1)])
        .catch((error) => [error.message, error.status, error.retryAfter]);
    const date = "Sat, 28 Nov 2026 10:00:00 GMT";
    const said = "https://x.test/e answered 503";
    expect(await failing(204)).toBeUndefined();
    expect(await failing(304)).toEqual(["https://x.test/e answered 304", 304, 0]);
    expect(await failing(503)).toEqual([said, 503, 0]);
    expect(await failing(503, { "retry-after": "120" })).toEqual([said, 503, 120_000]);
    const then = { "retry-after": "Sat, 28 Nov 2026 10:01:30 GMT", date };
    expect(await failing(503, then)).toEqual([said, 503, 90_000]);
    expect(await failing(503, { "retry-after": then["retry-after"] })).toEqual([said, 503, 0]);
    expect(await failing(503, { "retry-after": "Sat, 28 Nov 2026 09:00:00 GMT", date })).toEqual([
      said,
      503,
      0,
    ]);
    expect(await failing(503, { "retry-after": "soon" })).toEqual([said, 503, 0]);
  });
});
