import type { Exposure } from "essai";
import { createPageSender, type ExposureQueue, type StoredQueueOptions, storedQueue } from "essai/exposures";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exposure, settle } from "./make-sender.js";
import { fakeFetch, fakeLocks, fakePage, fakeStorage } from "./page.js";

let storage: Storage;
beforeEach(() => {
  storage = fakeStorage();
  vi.stubGlobal("navigator", { locks: fakeLocks() });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const open = (options: StoredQueueOptions = {}) => storedQueue({ storage: () => storage, ...options });
const ids = (exposures: readonly Exposure[]) => exposures.map(({ id }) => Number(id));
/** Opens a queue as a sender does, and waits until it has taken over what it can. */
async function visit(options: StoredQueueOptions = {}) {
  const queue = open(options);
  let found = 0;
  queue.recover?.(() => found++);
  await settle();
  return { queue, found: () => found };
}
const fill = (queue: ExposureQueue, from: number, to: number) => {
  for (let i = from; i < to; i++) expect(queue.put(exposure(i))).toBe(true);
};

describe("storedQueue", () => {
  it("keeps one key per exposure until it is out of the queue", async () => {
    const { queue } = await visit();
    fill(queue, 0, 3);
    expect([queue.size, storage.length, queue.atRisk?.()]).toEqual([3, 3, []]);
    expect(queue.remove(queue.head(2))).toBe(2);
    expect([ids(queue.head(9)), storage.length]).toEqual([[2], 1]);
    expect(JSON.parse(String(storage.getItem(Object.keys(storage)[0]!))).id).toBe("2");
  });

  it("gives what a page has left to the next one, when it has left", async () => {
    const first = await visit();
    fill(first.queue, 0, 3);
    const second = await visit();
    fill(second.queue, 3, 5);
    expect([ids(second.queue.head(9)), second.found()]).toEqual([[3, 4], 0]);
    first.queue.release?.();
    await settle();
    expect([ids(second.queue.head(9)), second.found()]).toEqual([[3, 4, 0, 1, 2], 1]);
    second.queue.remove(second.queue.head(9));
    expect(storage.length).toBe(0);
  });

  it("of two pages only one takes over", async () => {
    const first = await visit();
    fill(first.queue, 0, 3);
    first.queue.close?.();
    const [second, third] = [await visit(), await visit()];
    expect([second.queue.size, third.queue.size]).toEqual([3, 0]);
    second.queue.remove(second.queue.head(2));
    second.queue.release?.();
    await settle();
    expect(ids(third.queue.head(9))).toEqual([2]);
  });

  it("a page that comes back holds what is its own again, once", async () => {
    const first = await visit();
    fill(first.queue, 0, 3);
    first.queue.release?.();
    first.queue.recover?.(() => undefined);
    await settle();
    const second = await visit();
    expect([first.queue.size, second.queue.size]).toEqual([3, 0]);
    first.queue.release?.();
    await settle();
    second.queue.release?.();
    second.queue.recover?.(() => undefined);
    await settle();
    expect(ids(second.queue.head(9))).toEqual([0, 1, 2]);
  });

  it("what was sent and comes again is at risk again, where there is no room any more", async () => {
    const { queue } = await visit({ most: 1 });
    const [one, two] = [exposure(1), exposure(2)];
    queue.put(one);
    queue.remove([one]);
    queue.put(two);
    queue.put(one);
    expect(queue.atRisk?.()).toEqual([one]);
  });

  it("without locks takes over at once", async () => {
    vi.stubGlobal("navigator", {});
    const first = await visit();
    fill(first.queue, 0, 3);
    const second = await visit();
    expect([second.queue.size, second.found()]).toEqual([3, 1]);
  });

  it.each<[string, () => Storage, number]>([
    [
      "is refused",
      () => {
        throw new DOMException("no", "SecurityError");
      },
      0,
    ],
    ["is full", () => storage, 2],
  ])("where the storage %s, what it does not take waits in the page", async (_, get, room) => {
    storage = fakeStorage(room);
    const { queue } = await visit({ storage: get });
    fill(queue, 0, 4);
    expect(ids(queue.atRisk!())).toEqual([0, 1, 2, 3].slice(room));
    expect(queue.remove(queue.head(3))).toBe(3);
    expect(ids(queue.head(9))).toEqual([3]);
  });

  it("leaves room for the site's own keys, and takes no more than the page may hold", async () => {
    storage.setItem("mine", "1");
    const { queue } = await visit({ most: 3, capacity: 4 });
    expect([0, 1, 2, 3, 4].map((i) => queue.put(exposure(i)))).toEqual([true, true, true, true, false]);
    expect([storage.length, ids(queue.atRisk!())]).toEqual([3, [2, 3]]);
  });

  it("throws away what is not an exposure, and leaves what is not its own", async () => {
    storage.setItem("mine", "{");
    storage.setItem("essai.exposures:1-1:a", "{");
    storage.setItem("essai.exposures:1-1:b", '{"id":"b"}');
    storage.setItem("essai.exposures:1-1:7", JSON.stringify(exposure(7)));
    storage.setItem("essai.exposures.other:1-1:8", JSON.stringify(exposure(8)));
    const { queue } = await visit();
    expect(ids(queue.head(9))).toEqual([7]);
    expect(Object.keys(storage).sort()).toEqual([
      "essai.exposures.other:1-1:8",
      "essai.exposures:1-1:7",
      "mine",
    ]);
    expect((await visit({ key: "essai.exposures.other" })).queue.size).toBe(1);
  });

  it("with a page's sender: what did not leave goes at the next visit, and nothing of it counts as lost", async () => {
    const send = (up: boolean) => {
      const page = fakePage();
      const { fetch, requests } = fakeFetch(() =>
        up ? new Response() : new Promise<Response>(() => undefined),
      );
      const told: string[] = [];
      const sender = createPageSender({
        url: "/e",
        fetch,
        queue: open(),
        setTimer: () => undefined,
        onDrop: (_, reason) => told.push(reason),
      });
      return { page, sender, requests, told };
    };
    const first = send(false);
    for (let i = 0; i < 900; i++) first.sender.send(exposure(i));
    first.page.tell("pagehide", true);
    expect(first.told).toEqual([]);
    const second = send(true);
    await settle();
    expect(second.sender.stats()).toMatchObject({ queued: 0, sent: 900 });
    expect([second.requests.map((each) => each.ids.length), storage.length]).toEqual([[900], 0]);
  });

  it("with a page's sender: a page that comes back holds what it has", async () => {
    const page = fakePage();
    const { fetch } = fakeFetch(() => new Promise<Response>(() => undefined));
    const sender = createPageSender({ url: "/e", fetch, queue: open(), setTimer: () => undefined });
    sender.send(exposure(1));
    page.tell("pagehide", true);
    page.tell("pageshow", true);
    await settle();
    const { queue } = await visit();
    expect(queue.size).toBe(0);
    page.tell("pagehide", true);
    await settle();
    expect(queue.size).toBe(1);
  });

  it.each([
    [{ capacity: 0 }, "options.capacity"],
    [{ most: -1 }, "options.most"],
    [{ key: "" }, "options.key"],
    [{ storage: {} }, "options.storage"],
    [{ kye: "x" }, "options.kye"],
  ])("refuses %j", (options, said) => {
    expect(() => storedQueue(options as never)).toThrow(said);
  });
});
