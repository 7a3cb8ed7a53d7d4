import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { banditReport, banditRun } from "../../src/analysis/index.js";
import { factorial } from "../../src/bandits/index.js";
import { defineExperiment } from "../../src/index.js";
import {
  formats,
  type ReportFormatName,
  reportView,
  toCsv,
  toHtml,
  toJson,
  toMarkdown,
  toText,
  voiceIn,
} from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { madeRun } from "../analysis/bandit-run/made-run.js";
import { hostileArm, madeBanditReport } from "./made-bandit.js";
import { madeReport } from "./made-report.js";
import { withoutCode } from "./without-code.js";

const report = madeBanditReport();

/** Messages by channels, read by segment. */
function factorialReport() {
  const experiment = defineExperiment({
    key: "spring",
    unit: "userId",
    factors: { message: ["discount", "story"], channel: ["email", "push"] },
    policy: "thompson",
  });
  const made = madeRun({
    experiment,
    truth: (arm, _, segment) => (arm.includes("discount") === (segment === "hunter") ? 0.5 : 0.1),
    options: { model: factorial({ segments: { field: "segment", levels: ["hunter", "loyal"] } }) },
    segments: ["hunter", "loyal"],
    rounds: 400,
    seed: 11,
  });
  return banditReport(experiment, banditRun({ experiment, log: made.log, state: made.state }));
}

describe.each(Object.keys(formats) as ReportFormatName[])("%s", (name) => {
  it("shows a bandit's run, and nothing that is not a value", async () => {
    const text = await formats[name].render(reportView(report, voiceIn("en")));
    expect(withoutCode(text)).not.toMatch(/NaN|[^"]undefined[^"]|\[object|Infinity/);
    for (const word of ["plain", "voucher"]) expect(text).toContain(word);
    expect(text.endsWith("\n")).toBe(true);
  });
});

describe("a report without a bandit", () => {
  it("has no word of one in any format", async () => {
    const without = await madeReport();
    for (const format of Object.values(formats))
      expect(await format.render(reportView(without, voiceIn("en")))).not.toMatch(/bandit|--arm-/i);
  });
});

describe("text", () => {
  it("says what was played, what was gained, and whether the record is true", () => {
    const text = toText(report);
    for (const words of [
      "What did learning bring?",
      "share over time",
      "gained over uniform play: +",
      "in truth (simulated)",
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/ctions came as often as their recorded probabilities say \(χ²/);
    expect(text).toMatch(/voucher +[\d,]+ +[\d.]+%.*[▁▂▃▄▅▆▇█]{5}/);
    expect(text).not.toContain("Many tests");
  });

  it.each([80, 100])("keeps to %s columns", (width) => {
    for (const each of [report, factorialReport()]) {
      const long = toText(each, { width })
        .split("\n")
        .filter((line) => [...line].length > width);
      expect(long).toEqual([]);
    }
  });

  it("says of each segment what it gets and why", () => {
    const text = toText(factorialReport());
    expect(text).toMatch(/by segment\n +hunter \(200 decisions, reward [\d.]+%\): \w+ · discount /);
    expect(text).toMatch(/message: discount [\d.]+%/);
    expect(text).toMatch(/is the best with\s+probability/);
    expect(text).toMatch(/moved\s+most\s+by/);
  });
});

describe("markdown", () => {
  it("escapes names and lines tables up", () => {
    const text = toMarkdown(report);
    expect(text).toContain("## What did learning bring?");
    expect(text).not.toContain("<script>");
    const tables = text.split("\n").filter((line) => line.startsWith("|"));
    const columns = (line: string) => line.replace(/\\\|/g, "").split("|").length;
    for (const [at, line] of tables.entries())
      if (/^\| -/.test(line)) expect(columns(line)).toBe(columns(tables[at - 1] as string));
  });
});

describe("csv", () => {
  it("has a line a share, gain and belief, under the columns that were there", async () => {
    const rows = parse(toCsv(report), { columns: true }) as Record<string, string>[];
    const header = toCsv(report).split("\r\n")[0];
    expect(toCsv(await madeReport()).split("\r\n")[0]).toBe(header);
    const shares = rows.filter(({ metric, cell }) => metric === "share" && cell === "");
    expect(shares.map(({ treatment }) => treatment)).toEqual(["plain", "voucher", hostileArm]);
    expect(shares.reduce((sum, { value }) => sum + Number(value), 0)).toBeCloseTo(1, 12);
    const gain = rows.find(({ metric, cell }) => metric === "gain" && cell === "");
    const { value } = report.bandit?.gain ?? {};
    expect(Number(gain?.value)).toBe(value);
    expect(Number(gain?.lower)).toBeLessThan(Number(gain?.upper));
  });
});

describe("json", () => {
  it("reads back as it was, and a damaged run is refused at its place", () => {
    expect(parseReport(JSON.parse(toJson(report)))).toEqual(report);
    const broken = JSON.parse(toJson(report));
    broken.bandit.periods[0].gain = { status: "ok" };
    expect(() => parseReport(broken)).toThrow(/bandit\.periods\.0\.gain/);
  });
});

describe("html", () => {
  it("escapes hostile names, and tells pictures to those who cannot see them", async () => {
    const page = withoutCode(await toHtml(report));
    expect(page).not.toContain("<script>");
    const labels = [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label as string);
    for (const start of ["Share of the traffic", "gained over uniform play", "Posterior densities"])
      expect(labels.filter((label) => label.startsWith(start))).toHaveLength(1);
  });

  it("is the page it was where there is no bandit", async () => {
    const without = withoutCode(await toHtml(await madeReport()));
    expect(without).toContain("What moved?");
    expect(without).not.toContain("What did learning bring?");
    const alone = withoutCode(await toHtml(report));
    expect(alone).toContain("What did learning bring?");
    for (const absent of ["What moved?", "Who ignores what?", "Does the effect differ"])
      expect(alone).not.toContain(absent);
  });

  it("shows factors by themselves and folds what is too much", async () => {
    const page = await toHtml(factorialReport());
    for (const heading of [
      "<b>Share of the traffic of each message</b>",
      "<b>Share of the traffic of each channel</b>",
      "<b>Share of the traffic of each arm</b>",
      "What each segment gets, and why",
    ])
      expect(page).toContain(heading);
  });

  it("draws no curve of a gain that cannot be told, and says why", async () => {
    const { bandit } = report;
    const gain = { status: "undefined", method: "doubly-robust", reason: "too little is known" } as const;
    if (!bandit) throw new Error("no run");
    const { known: _, ...rest } = bandit;
    const periods = bandit.periods.map(({ known: __, ...period }) => ({ ...period, gain }));
    const page = await toHtml({ ...report, bandit: { ...rest, gain, periods } });
    expect(page).toContain("not known, too little is known");
    expect(page).not.toContain('aria-label="gained over');
  });
});
