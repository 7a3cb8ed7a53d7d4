import { describe, expect, it } from "vitest";
import { findingKinds } from "../../src/analysis/findings/index.js";
import type { FindingKind, Report, RuleName } from "../../src/analysis/index.js";
import { recommendationRules } from "../../src/analysis/recommendation/rules/index.js";
import {
  findingSentence,
  formats,
  type Language,
  languages,
  type ReportFormat,
  type ReportFormatName,
  recommendationSentence,
  reportView,
  voiceIn,
} from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { withoutCode } from "./without-code.js";
import { findingWorlds, ruleWorlds, worlds } from "./worlds.js";

const codes = Object.keys(languages) as Language[];
const formatNames = Object.keys(formats) as ReportFormatName[];
const broken = /NaN|Infinity|\[object|\{\w+\}/;

/** A format's text with line breaks, quotes and escapes undone, so that a sentence is found in it. */
function plain(text: string): string {
  return text
    .replace(/\\(.)/g, "$1")
    .replaceAll('""', '"')
    .replaceAll("&amp;", "&")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replace(/[ \n\u00a0]+/g, " ");
}

async function rendered(report: Report, name: ReportFormatName, lang: Language): Promise<string> {
  const format: ReportFormat = formats[name];
  return format.render(reportView(report, voiceIn(lang)), { findings: true });
}

describe.each(Object.keys(findingKinds) as FindingKind[])("the finding %s", (kind) => {
  const found = async (world: () => Promise<Report> | Report) => {
    const report = await world();
    return { report, own: report.findings.filter((finding) => finding.kind === kind) };
  };

  it("is made where it is true, not where it is false", async () => {
    expect((await found(findingWorlds[kind].true)).own.length).toBeGreaterThan(0);
    expect((await found(findingWorlds[kind].false)).own).toEqual([]);
  });

  it("is plain data that reads back, and is refused without its evidence", async () => {
    const { report } = await found(findingWorlds[kind].true);
    const json = JSON.parse(JSON.stringify(report));
    expect(parseReport(json)).toEqual(report);
    const at = report.findings.findIndex((finding) => finding.kind === kind);
    json.findings[at].evidence = {};
    expect(() => parseReport(json)).toThrow(new RegExp(`findings\\.${at}\\.evidence`));
  });

  it.each(codes)("is a sentence in %s, in every format", async (lang) => {
    const { report, own } = await found(findingWorlds[kind].true);
    for (const finding of own) {
      const sentence = findingSentence(finding, { lang });
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toMatch(broken);
    }
    for (const name of formatNames) {
      const text = plain(await rendered(report, name, lang));
      for (const finding of own)
        if (name === "json")
          expect(JSON.parse(await rendered(report, name, lang)).findings).toContainEqual(finding);
        else expect(text, name).toContain(plain(findingSentence(finding, { lang })));
    }
  });
});

describe.each(Object.keys(recommendationRules) as RuleName[])("the rule %s", (rule) => {
  it("is followed where it holds, with its own action, and not where it does not", async () => {
    const held = await ruleWorlds[rule].true();
    expect(held.recommendation).toMatchObject({ rule, action: recommendationRules[rule].action });
    expect((await ruleWorlds[rule].false()).recommendation.rule).not.toBe(rule);
  });

  it.each(codes)("is a sentence in %s that text, Markdown and pages say", async (lang) => {
    const report = await ruleWorlds[rule].true();
    const sentence = recommendationSentence(report, { lang });
    expect(sentence).toMatch(/^[^a-z]?.*\.$/s);
    expect(sentence).not.toMatch(broken);
    for (const name of ["text", "markdown", "html"] as const)
      expect(plain(await rendered(report, name, lang))).toContain(plain(sentence));
  });
});

describe.each(formatNames)("the format %s", (name) => {
  it("declares what the command line needs", () => {
    const format: ReportFormat = formats[name];
    expect(format.about).toMatch(/^(print|also write) /);
    expect(format.extension).toMatch(/^\.[a-z]+$/);
    expect(["printed", "written"]).toContain(format.output);
  });

  it.each(codes)("tells every world in %s, without a gap", async (lang) => {
    for (const [world, make] of Object.entries(worlds)) {
      const text = await rendered(await make(), name, lang);
      expect(withoutCode(text), world).not.toMatch(broken);
      expect(text.endsWith("\n"), world).toBe(true);
    }
  });
});
