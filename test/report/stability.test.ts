import { describe, expect, it } from "vitest";
import { analyze, type LookHistory, type Report } from "../../src/analysis/index.js";
import { toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { conversionCell, madeDefinition, madeSource } from "../analysis/made-cells.js";

const experiment = madeDefinition(["control", "<b>"], {
  plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg", looks: 4, units: 40_000 },
});

/** Reports of looks at so many units a side, each told of the ones before. */
async function looked(units: readonly number[], keep = true): Promise<readonly Report[]> {
  let history: LookHistory | null | undefined = keep ? null : undefined;
  const reports: Report[] = [];
  for (const n of units) {
    const cells = [conversionCell("control", n, n / 10), conversionCell("<b>", n, Math.round(n * 0.105))];
    const report: Report = await analyze({
      ...{ experiment, source: madeSource(cells) },
      ...(history === undefined ? {} : { history }),
    });
    history = report.looks?.history;
    reports.push(report);
  }
  return reports;
}

describe("whether it is stable", () => {
  it("is told from the second look on, and only where a history is kept", async () => {
    const [first, second] = await looked([2000, 5000]);
    expect(toText(first as Report)).not.toContain("Is it stable");
    expect(toText(second as Report)).toContain("Is it stable, did we peek?");
    const [, alone] = await looked([2000, 5000], false);
    expect(toText(alone as Report)).not.toContain("Is it stable");
  });

  it("has a row for every look in text, Markdown and the page, in both languages", async () => {
    const report = (await looked([2000, 5000, 12_000])).at(-1) as Report;
    const text = toText(report);
    expect(text).toMatch(/order: 3 looks were taken, at 4,000 to 24,000 units\./);
    expect(text).toMatch(/3 {2}<b> {3,}24,000 +\+0\.5 +−?\+?[\d.]+ to \+[\d.]+/);
    expect(toMarkdown(report, { lang: "fr" })).toMatch(/^## Est-ce stable, a-t-on regardé trop tôt\s\?$/m);
    const page = await toHtml(report);
    expect(page).toContain('<section id="looks"');
    expect(page).toContain('aria-label="order, &lt;b&gt;: 3 looks, at the last one');
    const section = page.match(/<section id="looks".*?<\/section>/s)?.[0] ?? "";
    expect(section.match(/<td class="r">24,000<\/td>/g)).toHaveLength(1);
    expect(page).not.toContain("<b><b>");
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("keeps what every look told, and a repeated look once", async () => {
    const reports = await looked([2000, 5000, 5000]);
    const paths = reports.map(({ looks }) => looks?.history?.tests[0]?.path);
    expect(paths.map((path) => path?.length)).toEqual([1, 2, 2]);
    reports.forEach(({ macro }, at) => {
      const planned = macro[0]?.difference.planned;
      if (planned?.status !== "ok") throw new Error("no estimate");
      const [lower, upper] = planned.interval;
      expect(paths[at]?.at(-1)).toMatchObject({ value: planned.value, lower, upper });
    });
  });
});
