import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHtml } from "../../src/report/index.js";
import { pageWorlds } from "../report/page-worlds.js";

const executablePath = process.env.ESSAI_CHROMIUM ?? "/usr/bin/chromium";
const present = existsSync(executablePath);

/** WCAG contrast of an element's text with what is painted behind it, in the page. */
const contrastInPage = `(element) => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  let ground = element;
  while (ground && (channels(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
  const style = getComputedStyle(element);
  const ink = element instanceof SVGElement ? style.fill : style.color;
  const [a, b] = [luminance(channels(ink)), luminance(channels(getComputedStyle(ground).backgroundColor))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}`;

/** Texts of one picture whose boxes touch, and texts cut by the window's edge. */
const touchingInPage = `[...document.querySelectorAll("svg")].flatMap((svg) => {
  const boxes = [...svg.querySelectorAll("text")].filter((text) => text.getClientRects().length > 0)
    .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
  const cut = boxes.filter(({ box }) => box.left < 0 || box.right > innerWidth).map(({ text }) => "cut: " + text);
  const met = boxes.flatMap((a, at) => boxes.slice(at + 1)
    .filter((b) => a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3)
    .map((b) => a.text + " meets " + b.text));
  return [...cut, ...met];
})`;

/** Lines of a picture's grid that run through one of its texts. */
const struckInPage = `[...document.querySelectorAll("svg.panel, svg.bar")].flatMap((svg) => {
  const lines = [...svg.querySelectorAll(".grid, .zero, .common, .margin")].map((line) => line.getBoundingClientRect());
  return [...svg.querySelectorAll("text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return lines.some((line) => line.width < 3 && line.left > box.left + 1 && line.right < box.right - 1 && line.top < box.bottom - 4 && line.bottom > box.top + 4);
  }).map((text) => text.textContent);
})`;

if (!present)
  describe("the HTML report in a browser", () => {
    it(`left out: there is no browser at ${executablePath} (ESSAI_CHROMIUM names another)`, () => {
      expect(process.env.ESSAI_REQUIRE_BROWSER, "a browser is required here").not.toBe("1");
    });
  });
else
  describe("the HTML report in a browser", () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    let browser: Browser;
    let folder: string;
    const urls: Record<string, string> = {};

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "essai-page-"));
      for (const [name, make] of Object.entries(pageWorlds)) {
        const report = await make();
        for (const lang of ["en", "fr"] as const) {
          const file = join(folder, `${Object.keys(urls).length}.html`);
          writeFileSync(file, await toHtml(report, { lang }));
          urls[`${name}, ${lang}`] = pathToFileURL(file).href;
        }
      }
      const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
      browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-sync", ...quiet],
      });
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Opens a page of a world; `noise` is whatever it says, asks for, or is forbidden. */
    async function open(
      name: string,
      { width = 1180, colorScheme = "light" as "light" | "dark", script = true, lang = "en" } = {},
    ): Promise<{ readonly page: Page; readonly noise: readonly string[] }> {
      const url = urls[`${name}, ${lang}`] as string;
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        javaScriptEnabled: script,
      });
      const page = await context.newPage();
      const noise: string[] = [];
      page.on("console", (message) => noise.push(message.text()));
      page.on("pageerror", (error) => noise.push(String(error)));
      page.on("dialog", (dialog) => {
        noise.push(dialog.message());
        void dialog.dismiss();
      });
      page.on("request", (request) => {
        if (request.url() !== url) noise.push(request.url());
      });
      await page.goto(url);
      return { page, noise };
    }

    const names = Object.keys(pageWorlds);

    describe.each(names)("the page of %s", (name) => {
      it.each([
        [320, "light", "fr"],
        [768, "dark", "en"],
        [1180, "light", "en"],
      ] as const)("is quiet, whole and legible at %s pixels, %s, in %s", async (width, colorScheme, lang) => {
        const { page, noise } = await open(name, { width, colorScheme, lang });
        expect(noise).toEqual([]);
        const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wide, "horizontal scrolling").toBeLessThanOrEqual(0);
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        expect(
          await page.evaluate("document.documentElement.scrollWidth - innerWidth"),
          "horizontal scrolling with everything open",
        ).toBeLessThanOrEqual(0);
        const places =
          "h1, h2, h3, h4, p, li, td, th, small, .tag, summary, svg text, legend, label, output, button, figcaption span, a:not(.skip)";
        const faint = await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(places)})]
          .filter((element) => element.getClientRects().length > 0 && element.textContent.trim() !== "")
          .map((element) => [(${contrastInPage})(element), element.textContent.trim().slice(0, 40)])
          .filter(([contrast]) => !(contrast >= 4.5))`);
        expect(faint, "text with too little contrast").toEqual([]);
        expect(await page.evaluate(touchingInPage), "labels that meet or are cut").toEqual([]);
        expect(await page.evaluate(struckInPage), "labels that a line runs through").toEqual([]);
        const small = await page.evaluate(`[...document.querySelectorAll("svg text")]
          .filter((text) => text.getClientRects().length > 0)
          .map((text) => parseFloat(getComputedStyle(text).fontSize) * text.ownerSVGElement.getBoundingClientRect().width / text.ownerSVGElement.viewBox.baseVal.width)
          .filter((size) => size < 10.9)`);
        expect(small, "sizes of text in pictures").toEqual([]);
        await page.context().close();
      });

      it("has no violation that axe-core finds", async () => {
        const { page } = await open(name, { width: 1180 });
        await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        await page.evaluate(axe);
        const found = (await page.evaluate("axe.run()")) as {
          violations: readonly { id: string; nodes: readonly { html: string }[] }[];
        };
        expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
        await page.context().close();
      });

      it("shows everything without script", async () => {
        const { page } = await open(name, { script: false });
        const hidden = await page.locator("tr[hidden], .hm[hidden], section[hidden]").count();
        expect(hidden).toBe(0);
        expect(await page.locator("#more:visible, .filters:visible, .pick:visible").count()).toBe(0);
        await page.context().close();
      });
    });

    describe("with script", () => {
      it("shows the first rows of the ranking, all of them when asked, and sorts", async () => {
        const { page } = await open("sixty cells");
        const rows = page.locator("#rk tr:visible");
        expect(await rows.count()).toBe(6);
        await page.locator("#more").click();
        const all = await rows.count();
        expect(all).toBeGreaterThan(50);
        expect(await page.locator("#more:visible").count()).toBe(0);
        const units = async () =>
          (await page.evaluate(
            "[...document.querySelectorAll('#rk tr')].map((row) => +row.cells[5].dataset.s)",
          )) as number[];
        await page.locator(".rank button[data-k='5']").click();
        expect(await page.locator(".rank th[aria-sort]").count()).toBe(1);
        const sorted = await units();
        expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
        await page.context().close();
      });

      it("keeps only what differs when asked", async () => {
        const { page } = await open("two levels that differ");
        const differing = await page.locator("#rk tr[data-d]").count();
        await page.locator("#fr").check();
        expect(await page.locator("#rk tr:visible").count()).toBe(Math.min(6, differing));
        await page.context().close();
      });

      it("shows one heat map at a time", async () => {
        const { page } = await open("hillstrom");
        expect(await page.locator(".hm").count()).toBeGreaterThan(1);
        expect(await page.locator(".hm:visible").count()).toBe(1);
        await page.locator(".pick input").nth(1).check();
        expect(await page.locator(".hm:visible").getAttribute("data-hm")).toBe("1");
        await page.context().close();
      });

      it("can be read from the keyboard: the first stop skips to what moved, and focus is seen", async () => {
        const { page } = await open("hillstrom");
        await page.keyboard.press("Tab");
        const skip = (await page.evaluate(
          "[document.activeElement.className, document.activeElement.getBoundingClientRect().left, getComputedStyle(document.activeElement).outlineStyle]",
        )) as unknown[];
        expect([skip[0], skip[2]]).toEqual(["skip", "solid"]);
        expect(skip[1]).toBeGreaterThanOrEqual(0);
        await page.context().close();
      });
    });

    it("prints the verdict alone on its first page, light, with every row and everything open", async () => {
      const { page } = await open("hillstrom", { colorScheme: "dark" });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.locator("#rk tr:visible").count()).toBe(await page.locator("#rk tr").count());
      expect(await page.locator(".hm:visible").count()).toBe(await page.locator(".hm").count());
      expect(await page.evaluate("getComputedStyle(document.querySelector('.verdict')).breakAfter")).toBe(
        "page",
      );
      expect(await page.locator("nav:visible, .filters:visible").count()).toBe(0);
      await page.context().close();
    });
  });
