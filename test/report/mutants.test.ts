import { ExperimentError } from "essai";
import { type ReportFormatName, reportView, toCsv, toMarkdown, toText, voiceIn } from "essai/report";
import { parseReport } from "essai/schema";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { chancesOf, mutate } from "../schema/mutants.js";
import { madeReport } from "./made-report.js";
import { findingWorlds, ruleWorlds, worlds } from "./worlds.js";

const made = [
  ...Object.values(findingWorlds).map((each) => each.true),
  ...Object.values(ruleWorlds).map((each) => each.true),
  ...Object.values(worlds),
];

const renderers: {
  readonly [K in Extract<ReportFormatName, "text" | "markdown" | "csv">]: (report: Report) => string;
} = {
  text: (report) => toText(report, { lang: "fr" }),
  markdown: (report) => toMarkdown(report),
  csv: (report) => toCsv(report),
};

/** Words that stand where a number or a name was meant, but not the status `undefined` that a lift may have. */
const broken = (text: string): number =>
  (text.match(/\b(undefined|NaN|Infinity|null)\b|\[object/g) ?? []).length;

describe("a report's JSON that was changed on its way", () => {
  it("is refused by a typed error, or every format says it without a hole", async () => {
    const reports = await Promise.all(made.map(async (make) => JSON.parse(JSON.stringify(await make()))));
    const usual = reports.map((report) => Object.values(renderers).map((render) => broken(render(report))));
    const chance = chancesOf(2026);
    const faults: string[] = [];
    let accepted = 0;
    for (let i = 0; i < 1500; i++) {
      const at = i % reports.length;
      const { value, done, key, part } = mutate(reports[at], chance);
      let report: Report;
      try {
        report = parseReport(value);
      } catch (error) {
        if (!(error instanceof ExperimentError)) throw error;
        continue;
      }
      accepted++;
      expect(() => reportView(report, voiceIn("en"))).not.toThrow();
      for (const [j, [format, render]] of Object.entries(renderers).entries())
        if (broken(render(report)) > (usual[at]?.[j] ?? 0))
          faults.push(`${format}: ${done} ${key} (${JSON.stringify(part)?.slice(0, 60)})`);
    }
    expect(faults).toEqual([]);
    expect(accepted).toBeGreaterThan(100);
  });

  it.each([
    ["shorter", (list: number[]) => list.slice(1)],
    ["longer", (list: number[]) => [...list, 1]],
  ])("is refused where counts are %s than the variants they count", async (_, change) => {
    const report = JSON.parse(JSON.stringify(await madeReport()));
    const [check] = report.checks;
    check.observed = change(check.observed);
    expect(() => parseReport(report)).toThrow(
      `checks.0.observed: must hold ${check.variants.length} values, as many as variants`,
    );
  });
});
