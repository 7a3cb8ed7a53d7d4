import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toHtml } from "../../src/report/index.js";
import { madeBanditReport } from "../report/made-bandit.js";
import { madeReport } from "../report/made-report.js";

const executablePath = process.env.ESSAI_CHROMIUM ?? "/usr/bin/chromium";
const present = existsSync(executablePath);

/** WCAG contrast of two CSS colours, in the page. */
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

if (!present)
  describe("the HTML report in a browser", () => {
    it(`left out: there is no browser at ${executablePath} (ESSAI_CHROMIUM names another)`, () => {
      expect(process.env.ESSAI_REQUIRE_BROWSER, "a browser is required here").not.toBe("1");
    });
  });
else
  describe("the HTML report in a browser", () => {
    let browser: Browser;
    let folder: string;
    const urls: Record<string, string> = {};

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "essai-page-"));
      const long = "a variant with a rather long name, as marketing gives them <script>alert(1)</script>";
      const reports = { metrics: await madeReport(["control", long]), bandit: madeBanditReport() };
      for (const [name, report] of Object.entries(reports)) {
        const file = join(folder, `${name}.html`);
        writeFileSync(file, await toHtml(report));
        urls[name] = pathToFileURL(file).href;
      }
      const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
      browser = await chromium.launch({
        executablePath,
        args: ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-sync", ...quiet],
      });
    });

    afterAll(async () => {
      await browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const pictures = { metrics: 2, bandit: 3 } as const;
    const cases = Object.keys(pictures).flatMap((name) => [390, 1200].map((width) => [name, width] as const));

    describe.each(cases)("a report of %s, %s pixels wide", (name, width) => {
      const url = () => urls[name] as string;
      it.each(["light", "dark"] as const)("is quiet, whole and legible in %s", async (colorScheme) => {
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
        const noise: string[] = [];
        page.on("console", (message) => noise.push(message.text()));
        page.on("pageerror", (error) => noise.push(String(error)));
        page.on("dialog", (dialog) => {
          noise.push(dialog.message());
          void dialog.dismiss();
        });
        page.on("request", (request) => {
          if (request.url() !== url()) noise.push(request.url());
        });
        await page.goto(url());
        expect(noise).toEqual([]);
        const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wide, "horizontal scrolling").toBeLessThanOrEqual(0);
        expect(await page.locator("svg:visible").count()).toBe(pictures[name as keyof typeof pictures]);
        const places =
          "h1, h2, h3, .about, .action, .verdict p, td, th, td small, .tag, summary, footer, .card span, .card b, svg text, h4, .legend li, .play p, .why";
        const faint = (await page.evaluate(`[...document.querySelectorAll(${JSON.stringify(places)})]
          .filter((element) => element.getClientRects().length > 0 && element.textContent.trim() !== "")
          .map((element) => [(${contrastInPage})(element), element.textContent.trim().slice(0, 40)])
          .filter(([contrast]) => !(contrast >= 4.5))`)) as unknown[];
        expect(faint, "text with too little contrast").toEqual([]);
        const cut = (await page.evaluate(`[...document.querySelectorAll("svg text")]
          .filter((element) => element.getClientRects().length > 0)
          .filter((element) => { const box = element.getBoundingClientRect(); return box.left < 0 || box.right > innerWidth; })
          .map((element) => element.textContent)`)) as unknown[];
        expect(cut, "labels cut by the window's edge").toEqual([]);
        const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
        const bright = Number(String(ground).match(/\d+/)?.[0]) > 128;
        expect(bright).toBe(colorScheme === "light");
        await page.close();
      });
    });
  });
