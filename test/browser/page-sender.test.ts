import { existsSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Exposure } from "essai";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../boundaries/bundle.js";

const executablePath = process.env.ESSAI_CHROMIUM ?? "/usr/bin/chromium";
const present = existsSync(executablePath);
const MANY = 1_000;

/** What a page of a shop would do: the log writes to the sender, which keeps what waits for the next visit. */
const script = `
  import { createExposureLog, createPageSender, exposureId, storedQueue } from "essai/exposures";
  const told = (window.told = []);
  const kept = !location.search.includes("unkept");
  const sender = (window.sender = createPageSender({
    url: "/exposures",
    backoff: 200,
    // Otherwise a thousand go at once.
    batchSize: 5_000,
    ...(kept ? { queue: storedQueue(location.search.includes("refused") ? { storage: () => { throw new Error("refused"); } } : {}) } : {}),
    onDrop: (exposures, reason) => {
      told.push([reason, exposures.length]);
      sessionStorage.setItem("told", JSON.stringify(told));
    },
  }));
  const log = createExposureLog({ write: sender.send, clock: Date.now, remember: 1e6 });
  window.shown = false;
  addEventListener("pageshow", ({ persisted }) => { if (persisted) window.shown = true; });
  window.expose = (from, many) => {
    for (let i = from; i < from + many; i++) {
      const userId = "user-" + String(i).padStart(6, "0");
      log.expose({ experiment: "cta", definitionVersion: 1, unitId: userId, payload: 0, enrolled: true, variant: "b",
        reason: "allocated", point: 0.7, propensity: 0.5 }, { channel: "web", page: "/offers" });
    }
    return sender.stats();
  };`;

interface Server {
  /** How often each id arrived. */
  readonly arrived: Map<string, number>;
  readonly bytes: number[];
  readonly requests: string[];
  /** Milliseconds before an answer, and its status. */
  delay: number;
  status: number;
  unreachable: boolean;
}

if (!present)
  describe("a sender in a browser", () => {
    it(`left out: there is no browser at ${executablePath} (ESSAI_CHROMIUM names another)`, () => {
      expect(process.env.ESSAI_REQUIRE_BROWSER, "a browser is required here").not.toBe("1");
    });
  });
else
  describe("a sender in a browser: of 1,000 exposures none is lost", () => {
    const state: Server = {
      arrived: new Map(),
      bytes: [],
      requests: [],
      delay: 0,
      status: 204,
      unreachable: false,
    };
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let origin: string;
    let code: string;

    const receive = async (request: IncomingMessage, response: ServerResponse) => {
      // The browser's own "offline" ends with the tab it was set for, before that tab's last requests have left.
      if (state.unreachable) throw new Error("unreachable");
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const body = Buffer.concat(chunks);
      state.bytes.push(body.length);
      state.requests.push(String(request.headers["content-type"]));
      const { status, delay } = state;
      if (status === 204)
        for (const { id, attributes } of JSON.parse(body.toString()) as Exposure[]) {
          if (attributes?.channel !== "web") throw new Error(`${id} came without its channel`);
          state.arrived.set(id, (state.arrived.get(id) ?? 0) + 1);
        }
      setTimeout(() => response.writeHead(status, { "content-type": "text/plain" }).end(), delay);
    };
    const server = createServer((request, response) => {
      if (request.method === "POST") receive(request, response).catch(() => response.destroy());
      else if (request.url?.startsWith("/shop"))
        response
          .writeHead(200, { "content-type": "text/html" })
          .end(`<!doctype html><title>shop</title><script type="module">${code}</script>`);
      else
        response
          .writeHead(200, { "content-type": "text/html" })
          .end("<!doctype html><title>elsewhere</title>");
    });

    beforeAll(async () => {
      code = (await bundle(script)).text;
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
      browser = await chromium.launch({
        executablePath,
        ignoreDefaultArgs: ["--disable-back-forward-cache"],
        args: ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-sync", ...quiet],
      });
    });
    afterAll(async () => {
      await browser?.close();
      server.closeAllConnections();
      server.close();
    });
    beforeEach(async () => {
      Object.assign(state, { delay: 0, status: 204, unreachable: false });
      state.arrived.clear();
      state.bytes.length = state.requests.length = 0;
      await context?.close();
      context = await browser.newContext();
      page = await context.newPage();
    });

    const visit = async (where = "/shop", on = page) => {
      await on.goto(origin + where);
      await on.waitForFunction("'expose' in window");
    };
    const leave = (on = page) => on.goto(`${origin}/elsewhere`);
    /** As a visitor closes a tab, not as a test does. */
    const close = async () => {
      const closed = page.waitForEvent("close");
      await page.close({ runBeforeUnload: true });
      await closed;
    };
    const back = async () => {
      await page.evaluate("history.back()");
      await page.waitForFunction("window.shown === true", undefined, { timeout: 5_000 });
    };
    const expose = (from: number, many: number, on = page) =>
      on.evaluate(`expose(${from}, ${many})`) as Promise<Record<string, number>>;
    const stats = (on = page) => on.evaluate("sender.stats()") as Promise<Record<string, number>>;
    /** The next visit, until nothing waits any more. */
    const nextVisit = async () => {
      Object.assign(state, { delay: 0, status: 204 });
      await visit();
      await page.waitForFunction("sender.stats().sent > 0 && sender.stats().queued === 0", undefined, {
        polling: 20,
      });
      expect(await page.evaluate("Object.keys(localStorage)")).toEqual([]);
      return stats();
    };
    const repeats = () => [...state.arrived.values()].reduce((sum, times) => sum + times - 1, 0);

    it("when the visitor leaves at once", async () => {
      await visit();
      expect((await expose(0, MANY)).queued).toBe(MANY);
      await leave();
      await expect.poll(() => state.arrived.size).toBeGreaterThan(200);
      // What a page may have on its way when it is left; a larger request does not outlive it.
      const pieces = state.bytes.filter((each) => each <= 16_384);
      expect(pieces.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(65_536);
      expect(new Set(state.requests)).toEqual(new Set(["application/json"]));
      await nextVisit();
      expect(state.arrived.size).toBe(MANY);
    });

    it("when the server is slow", async () => {
      await visit();
      state.delay = 1_500;
      await expose(0, MANY);
      await page.evaluate("void sender.flush()");
      await expect.poll(() => state.requests.length).toBe(1);
      await leave();
      await nextVisit();
      expect(state.arrived.size).toBe(MANY);
    });

    it("when the server is busy, and the visitor leaves during a pause", async () => {
      await visit();
      state.status = 503;
      await expose(0, MANY);
      expect(await page.evaluate("sender.flush()")).toMatchObject({ queued: MANY, retried: 1, sent: 0 });
      await leave();
      await expect.poll(() => state.requests.length).toBeGreaterThan(1);
      expect(state.arrived.size).toBe(0);
      expect(await nextVisit()).toEqual({ queued: 0, sent: MANY, setAside: 0, dropped: 0, retried: 0 });
      expect(state.arrived.size).toBe(MANY);
    });

    it("when there is no network until the next visit", async () => {
      await visit();
      state.unreachable = true;
      await context.setOffline(true);
      await expose(0, MANY);
      expect(await page.evaluate("sender.flush()")).toMatchObject({ queued: MANY });
      await close();
      page = await context.newPage();
      await context.setOffline(false);
      expect(state.arrived.size).toBe(0);
      state.unreachable = false;
      await nextVisit();
      expect([state.arrived.size, repeats()]).toEqual([MANY, 0]);
    });

    it("when the page comes back from the back/forward cache", async () => {
      await visit();
      state.delay = 200;
      await expose(0, MANY);
      await leave();
      await back();
      state.delay = 0;
      await expose(MANY, 10);
      await page.evaluate("sender.flush()");
      expect(state.arrived.size).toBe(MANY + 10);
      expect(await page.evaluate("told")).toEqual([]);
    });

    it("when two pages are open: what one has sent, the other does not", async () => {
      await visit();
      await expose(0, MANY);
      state.unreachable = true;
      await context.setOffline(true);
      await close();
      const other = await context.newPage();
      page = await context.newPage();
      await context.setOffline(false);
      state.unreachable = false;
      state.delay = 100;
      await Promise.all([visit(), visit("/shop", other)]);
      await Promise.all([expose(MANY, 50), expose(MANY + 50, 50, other)]);
      for (const each of [page, other]) await each.evaluate("void sender.flush()");
      for (const each of [page, other])
        await each.waitForFunction("sender.stats().queued === 0", undefined, { polling: 20 });
      expect([state.arrived.size, repeats()]).toEqual([MANY + 100, 0]);
    });

    it("when the page is only hidden: it goes on sending, without storage too", async () => {
      await visit("/shop?unkept");
      await expose(0, MANY);
      await page.evaluate(`
        Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"))`);
      await page.waitForFunction("sender.stats().queued === 0");
      expect([state.arrived.size, await page.evaluate("told")]).toEqual([MANY, []]);
    });

    it("where there is no storage, what exceeds the quota is counted as lost, and told", async () => {
      await visit("/shop?refused");
      await expose(0, MANY);
      await leave();
      await expect.poll(() => state.arrived.size).toBeGreaterThan(200);
      const [[why, lost], ...more] = JSON.parse(
        String(await page.evaluate("sessionStorage.getItem('told')")),
      );
      expect([why, more]).toEqual(["left", []]);
      // Each that did not arrive is told of; so is a piece whose answer had not come when the page was left.
      expect(lost).toBeGreaterThanOrEqual(MANY - state.arrived.size);
      expect(lost).toBeLessThan(MANY);
      // Back from the cache, it sends after all what it gave up too early.
      await back();
      await page.waitForFunction("sender.stats().queued === 0");
      expect(await stats()).toMatchObject({ queued: 0, dropped: 0, sent: MANY });
      expect(state.arrived.size).toBe(MANY);
    });

    it("where the page clears its storage, or fills it, what waits is sent all the same", async () => {
      await visit();
      await expose(0, 50);
      await page.evaluate("localStorage.clear()");
      await page.evaluate("localStorage.setItem('mine', 'x'.repeat(5 * 1024 * 1024 - 10))");
      await expose(50, 50);
      await page.evaluate("sender.flush()");
      expect([state.arrived.size, repeats()]).toEqual([100, 0]);
    });
  });
