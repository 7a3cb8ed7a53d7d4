import { createPageSender, type PageSenderOptions } from "essai/exposures";
import { afterEach, describe, expect, it, vi } from "vitest";
import { exposure, settle } from "./make-sender.js";
import { fakeFetch, fakePage } from "./page.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

const never = () => new Promise<Response>(() => undefined);
const long = (i: number) => ({ ...exposure(i), attributes: { page: "é".repeat(400) } });

function pageSender(
  answer?: (call: number) => Response | Promise<Response>,
  options: Partial<PageSenderOptions> = {},
) {
  const page = fakePage();
  const { fetch, requests } = fakeFetch(answer);
  const told: string[] = [];
  const sender = createPageSender({
    url: "https://x.test/e",
    fetch,
    setTimer: () => undefined,
    onDrop: (exposures, reason) => told.push(`${reason} ${exposures.length}`),
    ...options,
  });
  const beacons = () => requests.filter(({ keepalive }) => keepalive);
  return { sender, page, requests, beacons, told };
}

describe("createPageSender", () => {
  it("sends as any sender does while the page is there", async () => {
    const { sender, requests } = pageSender();
    for (let i = 0; i < 5; i++) sender.send(exposure(i));
    expect((await sender.flush()).sent).toBe(5);
    expect(requests.map(({ keepalive }) => keepalive)).toEqual([false]);
  });

  it("when the page is left, sends what waits in pieces within the quota, in flight and in a pause too", async () => {
    const { sender, page, beacons, told } = pageSender(never);
    for (let i = 0; i < 200; i++) sender.send(long(i));
    void sender.flush();
    await settle();
    page.tell("pagehide");
    const bytes = beacons().map((each) => each.bytes);
    expect(Math.max(...bytes)).toBeLessThanOrEqual(16_384);
    const sum = bytes.reduce((all, each) => all + each, 0);
    expect(sum).toBeLessThanOrEqual(65_536);
    // Another exposure would not have gone in.
    expect(sum).toBeGreaterThan(65_536 - 1_100);
    const gone = beacons().flatMap(({ ids }) => ids);
    expect(gone).toEqual(Array.from(gone, (_, i) => String(i)));
    expect(told).toEqual([`left ${200 - gone.length}`]);
    expect(sender.stats()).toMatchObject({ queued: gone.length, dropped: 200 - gone.length });
  });

  it("does not send twice what is on its way, and goes on as the quota is freed", async () => {
    const free: (() => void)[] = [];
    const { sender, page, beacons, told } = pageSender(
      () => new Promise((resolve) => free.push(() => resolve(new Response()))),
    );
    for (let i = 0; i < 100; i++) sender.send(long(i));
    page.turn("hidden");
    const first = beacons().length;
    page.turn("hidden");
    expect(beacons().length).toBe(first);
    free[0]?.();
    await settle();
    expect(beacons().length).toBe(first + 1);
    while (sender.stats().queued > 0) {
      for (const each of free.splice(0)) each();
      await settle();
    }
    const ids = beacons().flatMap((each) => each.ids);
    expect([new Set(ids).size, ids.length, told]).toEqual([ids.length, ids.length, []]);
    expect(sender.stats()).toMatchObject({ queued: 0, sent: 100, dropped: 0 });
  });

  it("what a piece did not bring is sent again, and a refusal tells nothing by itself", async () => {
    const { sender, page, requests } = pageSender(
      (call) => new Response(null, { status: call === 0 ? 503 : 200 }),
    );
    for (let i = 0; i < 3; i++) sender.send(exposure(i));
    page.turn("hidden");
    await settle();
    page.turn("visible");
    await settle();
    expect(requests.map(({ ids, keepalive }) => [ids.length, keepalive])).toEqual([
      [3, true],
      [3, false],
    ]);
    expect(sender.stats()).toMatchObject({ sent: 3, setAside: 0 });
  });

  it("an exposure that is larger than a piece goes alone, and one beyond the quota not at all", () => {
    const { sender, page, beacons, told } = pageSender(never);
    sender.send({ ...exposure(0), attributes: { page: "x".repeat(20_000) } });
    sender.send(exposure(1));
    sender.send({ ...exposure(2), attributes: { page: "x".repeat(70_000) } });
    page.tell("pagehide");
    expect(beacons().map(({ ids }) => ids)).toEqual([["0"], ["1"]]);
    expect(told).toEqual(["left 1"]);
  });

  it("a page that comes back takes back what it gave up, and says so in its counts", async () => {
    let up = false;
    const { sender, page, told, requests } = pageSender(() => (up ? new Response() : never()));
    for (let i = 0; i < 100; i++) sender.send(long(i));
    page.tell("pagehide", true);
    const { dropped } = sender.stats();
    expect([dropped > 20, told]).toEqual([true, [`left ${dropped}`]]);
    up = true;
    page.tell("pageshow", false);
    await settle();
    expect(sender.stats().dropped).toBe(dropped);
    page.tell("pageshow", true);
    await settle();
    expect(sender.stats()).toMatchObject({ queued: 0, sent: 100, dropped: 0 });
    expect(requests.at(-1)?.keepalive).toBe(false);
  });

  it("the quota of a page that came back is not that of its earlier visit", async () => {
    const free: (() => void)[] = [];
    const { sender, page, beacons } = pageSender(
      () => new Promise((resolve) => free.push(() => resolve(new Response()))),
    );
    for (let i = 0; i < 40; i++) sender.send(long(i));
    page.tell("pagehide", true);
    page.tell("pageshow", true);
    for (const each of free) each();
    await settle();
    const before = beacons().length;
    for (let i = 100; i < 300; i++) sender.send(long(i));
    page.tell("pagehide", true);
    const bytes = beacons()
      .slice(before)
      .map((each) => each.bytes);
    expect(bytes.reduce((all, each) => all + each, 0)).toBeLessThanOrEqual(65_536);
  });

  it("tries again when the network is back", async () => {
    let up = false;
    const { sender, page } = pageSender(() =>
      up ? new Response() : Promise.reject(new TypeError("offline")),
    );
    sender.send(exposure(0));
    expect((await sender.flush()).queued).toBe(1);
    up = true;
    page.tell("online");
    await settle();
    expect(sender.stats().sent).toBe(1);
  });

  it("a browser whose fetch does not outlive the page sends beacons, and counts on none of them", async () => {
    const beacons: Blob[] = [];
    vi.stubGlobal("Request", class {});
    vi.stubGlobal("navigator", { sendBeacon: (_: string, body: Blob) => beacons.push(body) });
    const { sender, page, requests } = pageSender();
    for (let i = 0; i < 3; i++) sender.send(exposure(i));
    page.turn("hidden");
    await settle();
    expect([beacons.map(({ type }) => type), requests.length]).toEqual([["application/json"], 0]);
    expect(JSON.parse(await (beacons[0] as Blob).text()).length).toBe(3);
    expect(sender.stats()).toMatchObject({ queued: 3, sent: 0 });
    page.turn("visible");
    await settle();
    expect(sender.stats()).toMatchObject({ queued: 0, sent: 3 });
  });

  it("closed, it hears nothing more of the page", async () => {
    const { sender, page, requests } = pageSender(() => new Response(null, { status: 503 }), {
      setTimer: (run, milliseconds) => void (milliseconds === 1 && setImmediate(run)),
    });
    sender.send(exposure(0));
    expect(await sender.close(1)).toMatchObject({ dropped: 1 });
    const before = requests.length;
    page.tell("pagehide");
    page.turn("hidden");
    page.tell("online");
    await settle();
    expect(requests.length).toBe(before);
  });

  it("on a server, where there is no page, sends like any other", async () => {
    const { fetch, requests } = fakeFetch();
    const sender = createPageSender({ url: "https://x.test/e", fetch });
    sender.send(exposure(0));
    expect((await sender.close()).sent).toBe(1);
    expect(requests.length).toBe(1);
  });

  it.each([
    [{ url: "" }, "options.url"],
    [{ transport: () => undefined }, "options.transport"],
    [{ queue: {} }, "options.queue.put"],
    [{ batchSize: 0 }, "options.batchSize"],
  ])("refuses %j", (options, said) => {
    expect(() => pageSender(undefined, options as never)).toThrow(said);
  });
});
