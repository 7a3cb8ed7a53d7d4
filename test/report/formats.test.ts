import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { ExperimentError } from "../../src/errors/index.js";
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
import { adaptiveReport, madeReport } from "./made-report.js";
import { withoutCode } from "./without-code.js";

const begin = "\u001b[";
const hostile = '<script>alert("x")</script>';

const inEnglish = (name: ReportFormatName, report: Report) =>
  formats[name].render(reportView(report, voiceIn("en")));

describe.each(Object.keys(formats) as ReportFormatName[])("%s", (name) => {
  it("shows a report without NaN, undefined or [object Object]", async () => {
    for (const report of [await madeReport(), await adaptiveReport()]) {
      const text = await inEnglish(name, report);
      expect(withoutCode(text)).not.toMatch(/NaN|[^"]undefined|\[object/);
      expect(text).toContain("treatment");
      expect(text.endsWith("\n")).toBe(true);
    }
  });

  it("gives no p-value for adaptive data", async () => {
    const text = await inEnglish(name, await adaptiveReport());
    expect(text).not.toMatch(/p (?:corrected )?[0<]\.?\d|"pValue"|e-\d/);
  });
});

describe("small words", () => {
  const net = async () => {
    const report = await madeReport();
    const of = { returns: -2, cost: -1, revenue: 1 };
    return {
      ...report,
      metrics: report.metrics.map((metric, at) => (at === 0 ? { ...metric, of } : metric)),
    };
  };

  it.each(["text", "markdown", "html"] as const)("%s says what a net value is made of", async (name) => {
    expect(await inEnglish(name, await net())).toContain("= revenue − cost − 2 × returns");
  });

  it("a control that is called control is called so once", async () => {
    const page = await toHtml(await madeReport());
    expect(page).not.toMatch(/control control|control \(control\)/);
  });

  it("no line of a page ends between p and its number", async () => {
    expect(withoutCode(await toHtml(await madeReport()))).not.toMatch(/\bp [0-9]|p &lt;/);
  });
});

describe("text", () => {
  it("puts the verdict first, then overall, between, and the cells", async () => {
    const text = toText(await madeReport());
    const places = ["STOP", "KEEP RUNNING", "SHIP"].map((word) => text.indexOf(word)).filter((at) => at >= 0);
    expect(places).toHaveLength(1);
    const titles = [
      "What moved?",
      "Does the effect differ by channel?",
      "Who ignores what?",
      "Can I trust it?",
    ];
    const order = [places[0] as number, ...titles.map((title) => text.indexOf(`── ${title} ─`))];
    expect(Math.min(...order)).toBeGreaterThan(0);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(text).toMatch(/Units or rows left out\n +12 seen in two variants\./);
    expect(text).toMatch(/web .*hardly reacts|web .*(stronger|unlike|opposite)/);
  });

  it.each([80, 90, 100])("keeps to %s columns", async (width) => {
    const report = await madeReport();
    const long = toText(report, { width })
      .split("\n")
      .filter((line) => [...line].length > width);
    expect(long).toEqual([]);
  });

  it("uses colour only when told", async () => {
    const report = await madeReport();
    expect(toText(report)).not.toContain(begin);
    expect(toText(report, { color: true })).toContain(begin);
    expect(
      toText(report, { color: true })
        .split(begin)
        .map((part, at) => (at === 0 ? part : part.slice(part.indexOf("m") + 1)))
        .join(""),
    ).toBe(toText(report));
  });

  it("lists as many cells as asked", async () => {
    const report = await madeReport();
    const count = (cells: number) =>
      toText(report, { cells }).match(/ (hardly reacts|stronger|≠ \w+)/g)?.length ?? 0;
    expect([count(1), count(2)]).toEqual([1, 2]);
  });
});

describe("markdown", () => {
  it("escapes names, so that they stay names", async () => {
    const text = toMarkdown(await madeReport(["a|b", hostile]));
    expect(text).toContain("a\\|b");
    expect(text).not.toContain("<script>");
    const tables = text.split("\n").filter((line) => line.startsWith("|"));
    const columns = (line: string) => line.replaceAll("\\|", "").split("|").length;
    for (const [at, line] of tables.entries())
      if (/^\| -/.test(line)) expect(columns(line)).toBe(columns(tables[at - 1] as string));
  });
});

describe("csv", () => {
  it("is every row at full precision, readable by a parser", async () => {
    const report = await madeReport(["a,b", '"quoted"']);
    const rows: Record<string, string>[] = parse(toCsv(report), { columns: true });
    const questions = report.macro.length + report.micro.length + report.between.length;
    expect(rows).toHaveLength(2 * questions + report.families.length + report.findings.length);
    const gains = rows.find(({ grain, cell }) => grain === "family" && cell === "gains");
    expect(gains).toMatchObject({ method: "holm", value: "0.025", reason: "1 tests" });
    const first = report.macro[0]?.difference.fixed;
    expect(Number(rows[0]?.p_value)).toBe(first?.status === "ok" ? first.pValue : Number.NaN);
    expect(rows[0]?.control).toBe("a,b");
    expect(rows[0]?.treatment).toBe('"quoted"');
  });

  it.each([
    ["=1+1", "@sum"],
    ["+1+1", "-1+1"],
    ["\t=1+1", "\r=1+1"],
  ])("does not let a spreadsheet run the names %j and %j as formulas", async (control, treatment) => {
    const rows: Record<string, string>[] = parse(toCsv(await madeReport([control, treatment])), {
      columns: true,
    });
    expect([rows[0]?.control, rows[0]?.treatment]).toEqual([`'${control}`, `'${treatment}`]);
  });

  it("leaves a name alone that has such a mark within", async () => {
    const rows: Record<string, string>[] = parse(toCsv(await madeReport(["a=1", "b-2@c+d"])), {
      columns: true,
    });
    expect([rows[0]?.control, rows[0]?.treatment]).toEqual(["a=1", "b-2@c+d"]);
  });
});

describe("json", () => {
  it("reads back as the same report", async () => {
    for (const report of [await madeReport(), await adaptiveReport()])
      expect(parseReport(JSON.parse(toJson(report)))).toEqual(report);
  });

  it("a newer format, or something else, is refused by name", async () => {
    const report = await madeReport();
    const failure = (json: unknown) => {
      try {
        parseReport(json);
      } catch (error) {
        return error as ExperimentError;
      }
      throw new Error("should have been refused");
    };
    const newer = failure({ ...report, format: "essai.report/3" });
    expect(newer).toBeInstanceOf(ExperimentError);
    expect([newer.code, newer.path]).toEqual(["unsupported_format", ["format"]]);
    const broken = failure({ ...report, level: "high", arms: [{ variant: 1 }] });
    expect(broken.problems.map(({ path }) => path.join("."))).toEqual(
      expect.arrayContaining(["level", "arms.0.variant", "arms.0.units"]),
    );
    expect(failure(null).code).toBe("wrong_type");
  });
});

describe("html", () => {
  it("is one whole page that names nothing outside itself", async () => {
    const page = await toHtml(await madeReport());
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/https?:|src=|href="[^#]|@import|url\(/);
    expect(page).toContain("default-src &#39;none&#39;");
    for (const heading of [
      "What moved?",
      "Does the effect differ by channel?",
      "Who ignores what?",
      "Can I trust it?",
    ])
      expect(page).toContain(heading);
    expect(page).toContain("seen in two variants");
  });

  it("escapes a hostile name everywhere, pictures included", async () => {
    const report = await madeReport(["control", hostile], { key: hostile, unit: hostile }, [
      hostile,
      '" onload="x',
    ]);
    const page = withoutCode(await toHtml(report));
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/<\w+(?: [\w-]+="[^"]*")* onload=/);
    expect(page).toContain("&lt;script&gt;");
  });

  it("shows adaptive data without intervals, and says why", async () => {
    const page = await toHtml(await adaptiveReport());
    expect(page).not.toMatch(/<svg class="(bar|panel|rb)"/);
    expect(page).toMatch(/Cannot tell/);
    expect(page).toMatch(/policy/);
  });
});
