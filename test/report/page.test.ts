import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { type Language, languages, reportView, toHtml, voiceIn } from "../../src/report/index.js";
import { hillstrom, hostileNames, pageWorlds } from "./page-worlds.js";
import { withoutCode } from "./without-code.js";

const codes = Object.keys(languages) as Language[];
const world = (name: string) => (pageWorlds[name] as () => Promise<Report>)();
const count = (page: string, pattern: RegExp) => page.match(pattern)?.length ?? 0;
/** Text of a page: tags gone, escapes undone. */
const words = (page: string) =>
  withoutCode(page)
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/ +/g, " ");

describe.each(Object.keys(pageWorlds))("the page of %s", (name) => {
  let report: Report;
  const pages: Partial<Record<Language, string>> = {};
  beforeAll(async () => {
    report = await world(name);
    for (const lang of codes) pages[lang] = await toHtml(report, { lang });
  });

  it.each(codes)("is the same bytes again, with no gap, in %s", async (lang) => {
    const page = pages[lang] as string;
    expect(await toHtml(report, { lang })).toBe(page);
    expect(withoutCode(page)).not.toMatch(/NaN|Infinity|\[object|[^"\w]undefined|\{\w+\}/);
  });

  it("names its style and its script by their hashes, and no element has a style of its own", () => {
    const page = pages.en as string;
    const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
    const policy = page.match(/Content-Security-Policy" content="([^"]*)"/)?.[1] ?? "";
    const [style, script] = [/<style>(.*?)<\/style>/s, /<script>(.*?)<\/script><\/body>/s].map(
      (pattern) => page.match(pattern)?.[1] ?? "",
    ) as [string, string];
    expect(policy).toContain(`style-src &#39;${hash(style)}&#39;`);
    expect(policy).toContain(`script-src &#39;${hash(script)}&#39;`);
    expect(script.length).toBeLessThanOrEqual(2048);
    expect(withoutCode(page)).not.toMatch(/ style=| on\w+=|<script/);
  });

  it("has every id once, headings in order, and a sentence for every picture", () => {
    const page = pages.en as string;
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const [svg] of page.matchAll(/<svg[^>]*>/g))
      expect(svg).toMatch(/role="img" aria-label="[^"]{8,}"|aria-hidden="true"/);
  });

  it("never says significant, proven or no effect, nor an interval in brackets or with pp", () => {
    const text = words(pages.en as string);
    expect(text).not.toMatch(/significan|proven|no effect (?!is|worth)|[+−][\d.]+ pp\b|\[[+−\d]/i);
    expect(words(pages.fr as string)).not.toMatch(/significati|prouvé|\d pp\b/i);
  });
});

describe("reading order", () => {
  it("is verdict, metrics, levels, cells, trust; and nothing of what has no data", async () => {
    const sections = (page: string) => [...page.matchAll(/<section id="(\w+)"/g)].map(([, id]) => id);
    expect(sections(await toHtml(await hillstrom()))).toEqual(["s1", "moved", "levels", "cells", "trust"]);
    expect(sections(await toHtml(await world("no dimensions")))).toEqual(["s1", "moved", "trust"]);
    expect(sections(await toHtml(await world("a bandit alone")))).toEqual(["s1", "bandit", "trust"]);
  });
});

describe("the table of metrics", () => {
  it("has goals, guardrails, diagnostics; each metric once, its variants under each other on one axis", async () => {
    const report = await world("eight variants, six metrics");
    const view = reportView(report, voiceIn("en"));
    expect(view.groups.map(({ title }) => title)).toEqual(["Goals", "Guardrails", "Diagnostics"]);
    const metrics = view.groups.flatMap(({ metrics }) => metrics);
    expect(metrics.map(({ metric }) => metric)).toEqual([
      "order",
      "visit",
      "unsubscribe",
      "return",
      "basket",
      "search",
    ]);
    for (const { rows } of metrics)
      expect(rows.slice(0, 7).map(({ place }) => place)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const page = await toHtml(report);
    expect(count(page, /<table class="metrics"/g)).toBe(1);
    expect(count(page, /<svg class="bar"/g)).toBe(metrics.flatMap(({ rows }) => rows).length);
    // Labels of an axis stand under the last row of its metric only.
    const labelled = [...page.matchAll(/<svg class="bar".*?<\/svg>/gs)].filter(([svg]) =>
      svg.includes("<text"),
    );
    expect(labelled).toHaveLength(metrics.length);
  });

  it("fills a mark only where something is decided; a guardrail's, where its whole interval is safe", async () => {
    const { groups } = reportView(await world("eight variants, six metrics"), voiceIn("en"));
    const rows = groups.flatMap(({ metrics }) =>
      metrics.flatMap((metric) => metric.rows.map((row) => ({ ...row, margin: metric.margin }))),
    );
    const readings = new Set(rows.map(({ reading }) => reading));
    for (const each of ["better", "safe", "open", "not_shown"] as const) expect(readings).toContain(each);
    for (const { glyph, reading, margin } of rows) {
      if (!glyph) throw new Error("every row has an interval here");
      if (margin === undefined) {
        expect(glyph.filled).toBe(!["not_shown", "no_estimate"].includes(reading));
        if (glyph.filled) expect(glyph.line[0] > 0 || glyph.line[1] < 0).toBe(true);
      } else expect(glyph.filled).toBe(glyph.line[1] < margin);
    }
  });

  it("is drawn as differences where a metric has no lift", async () => {
    const { groups } = reportView(await world("no lift"), voiceIn("en"));
    const [metric] = groups[0]?.metrics ?? [];
    expect(metric?.unit).toBe("points");
    expect(metric?.rows[0]?.glyph?.value).toBeCloseTo(0.012, 12);
  });
});

describe("the verdict", () => {
  it("says of every variant what is gained, at risk and next", async () => {
    const report = await world("eight variants, six metrics");
    const { verdict } = reportView(report, voiceIn("en"));
    expect(verdict.variants.map(({ variant }) => variant)).toEqual(
      [..."bcdefgh"].map((key) => `variant ${key}`),
    );
    for (const each of verdict.variants) {
      expect(each.next).toMatch(/\.$/);
      expect(each.gains.length > 0).toBe(each.gained !== "");
    }
    const text = words(await toHtml(report));
    for (const { risks, next } of verdict.variants)
      for (const told of [...risks, next]) expect(text).toContain(told);
  });
});

describe("cells", () => {
  it("that are too thin have no number and no rank, and are counted", async () => {
    const report = await world("thin cells");
    const view = reportView(report, voiceIn("en"));
    const cells = view.heat.flatMap(({ blocks }) =>
      blocks.flatMap(({ rows }) => rows.flatMap((row) => row.cells)),
    );
    const thin = cells.filter(({ step }) => step === "thin");
    expect(thin.length).toBeGreaterThan(0);
    for (const cell of thin) expect([cell.effect, cell.half]).toEqual(["", ""]);
    const page = await toHtml(report);
    expect(count(page, /<td class="thin"><span>too thin<\/span><\/td>/g)).toBe(thin.length);
    expect(words(page)).toMatch(/\d+ of \d+ comparisons in cells are too thin/);
    expect((view.ranking?.rows.length ?? 0) + (view.ranking?.thin ?? 0)).toBe(12);
    expect(view.ranking?.thin).toBeGreaterThan(0);
  });

  it("are ranked by what they miss beside the rest", async () => {
    const { ranking } = reportView(await world("sixty cells"), voiceIn("en"));
    const worths = ranking?.rows.map(({ sort }) => sort.worth) ?? [];
    expect(worths.length).toBeGreaterThan(50);
    const first = ranking?.rows[0];
    expect(first?.sort.worth).toBeCloseTo(
      (first?.sort.units ?? 0) * ((first?.sort.here ?? 0) - (first?.elsewhere ?? 0)),
      9,
    );
    expect(worths.slice(0, 60)).toEqual([...worths.slice(0, 60)].sort((a, b) => a - b));
  });

  it("that a heat map has no room for are counted on the page", async () => {
    const report = await world("more levels than a heat map draws");
    const told = "Not drawn: 2 more rows, 2 more columns. Their cells are in the CSV and JSON reports.";
    const { heat } = reportView(report, voiceIn("en"));
    expect(heat.map(({ left }) => left)).toEqual([told]);
    expect(words(await toHtml(report))).toContain(told);
  });

  it("are grey exactly where the interval includes zero", async () => {
    const { heat } = reportView(await hillstrom(), voiceIn("en"));
    const cells = heat.flatMap(({ blocks }) =>
      blocks.flatMap(({ rows }) => rows.flatMap((row) => row.cells)),
    );
    const number = (text: string) => Number(text.replace("−", "-").replace("±", "0"));
    expect(cells.length).toBeGreaterThan(20);
    for (const { step, effect, half } of cells)
      if (step !== "thin" && Math.abs(Math.abs(number(effect)) - Number(half)) > 0.2)
        expect(step === "h1", `${effect} ± ${half}`).toBe(Math.abs(number(effect)) < Number(half));
  });
});

describe("hostile names", () => {
  it("stay text, whole, and cannot turn the sentence around them", async () => {
    const page = await toHtml(await world("hostile names"));
    expect(withoutCode(page)).not.toMatch(
      /<script|<\w+(?: [\w-]+="[^"]*")* onload|[\u202a-\u202e\u2066-\u2069]/,
    );
    const text = words(page);
    for (const name of hostileNames)
      expect(text).toContain(name.replace("\u202e", "\ufffd").replace(/ +/g, " ").trim());
  });
});
