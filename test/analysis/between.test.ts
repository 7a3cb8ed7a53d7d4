import { describe, expect, it } from "vitest";
import { analyze, type Heterogeneity, type Report } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import { findingSentence, toCsv, toMarkdown, toText } from "../../src/report/index.js";
import { amountCell, conversionCell, madeDefinition, madeSource } from "./made-cells.js";

const channels = { dimensions: ["channel"] };
type Level = readonly [
  level: string,
  control: readonly [number, number],
  treatment: readonly [number, number],
];

async function reportOf(levels: readonly Level[]): Promise<Report> {
  const cells = levels.flatMap(([level, [m, y], [n, x]]) => [
    ...(m > 0 ? [conversionCell("control", m, y, [level])] : []),
    ...(n > 0 ? [conversionCell("treatment", n, x, [level])] : []),
  ]);
  return analyze({
    experiment: madeDefinition(),
    source: madeSource(cells, channels),
    dimensions: ["channel"],
  });
}
const test = ({ between }: Report) => between[0] as Heterogeneity;
const sentence = (report: Report, lang?: "fr") => {
  const finding = report.findings.find(({ kind }) => kind.startsWith("between"));
  return finding ? findingSentence(finding, lang ? { lang } : {}) : "";
};

/** One lift of 40 % everywhere, baselines far apart. */
const oneLift: readonly Level[] = [
  ["mail", [5000, 1000], [5000, 1400]],
  ["sms", [5000, 100], [5000, 140]],
  ["web", [5000, 400], [5000, 560]],
];
/** Two points everywhere. */
const onePoints: readonly Level[] = [
  ["mail", [5000, 1000], [5000, 1100]],
  ["sms", [5000, 100], [5000, 200]],
];

describe("whether levels differ", () => {
  it("is said of both scales only where both say so, and only then opens the screen", async () => {
    const report = await reportOf([
      ["mail", [5000, 500], [5000, 700]],
      ["sms", [5000, 500], [5000, 350]],
    ]);
    expect(test(report)).toMatchObject({ differs: "both", opens: true });
    expect(sentence(report)).toMatch(/differs between its levels, in points \(.*\) and in lift \(/);
  });

  it("says that levels agree in lift and differ in points because their baselines differ", async () => {
    const report = await reportOf(oneLift);
    expect(test(report)).toMatchObject({
      ...{ differs: "difference", opens: false },
      baselines: { lowest: { level: "sms", value: 0.02 }, highest: { level: "mail", value: 0.2 } },
    });
    expect(sentence(report)).toMatch(
      /differs between its levels in points .* not shown to differ in lift .* baselines differ \(2\.\d*% in sms, 20\.\d*% in mail\), and the same lift is more points where the baseline is higher/,
    );
    expect(sentence(report, "fr")).toMatch(/aucune différence n’est établie en relatif/);
    expect(toText(report, { findings: true })).toMatch(/in points only/);
    expect(toMarkdown(report)).toMatch(/in points only/);
  });

  it("says that levels agree in points and differ in lift", async () => {
    const report = await reportOf(onePoints);
    expect(test(report)).toMatchObject({ differs: "lift", opens: false });
    expect(sentence(report)).toMatch(
      /in lift .* not shown to differ in points .* same points are a larger lift/,
    );
  });

  it("both scales are corrected together as one family, and a common effect is told", async () => {
    const report = await reportOf(oneLift);
    expect(report.families).toContainEqual({
      ...{ grain: "between", correction: "benjamini-hochberg" },
      ...{ alpha: 0.05, tests: 2 },
    });
    const { difference, lift } = test(report);
    if (difference.status !== "ok" || lift.status !== "ok") return expect.fail("both are tested");
    expect(difference.pAdjusted).toBeCloseTo(Math.min(lift.pValue, 2 * difference.pValue), 15);
    expect(lift.common).toBeCloseTo(0.4, 9);
  });

  it("an arm without a success has a difference and no lift, and then the difference decides", async () => {
    const report = await reportOf([
      ["mail", [5000, 0], [5000, 200]],
      ["sms", [5000, 0], [5000, 20]],
    ]);
    expect(test(report)).toMatchObject({ differs: "difference", opens: true, lift: { status: "undefined" } });
    expect(sentence(report)).toMatch(/in points .*; there is no test in lift: fewer than two levels/);
  });
});

describe("thin levels", () => {
  const wide: readonly Level[] = [
    ["a", [5000, 500], [5000, 600]],
    ["b", [5000, 500], [5000, 590]],
    ["c", [5000, 500], [5000, 610]],
  ];

  it("are compared together as one level, by their units alone, and named in every format", async () => {
    const small: readonly Level[] = [
      ["d", [9, 0], [8, 5]],
      ["e", [1, 1], [7, 0]],
      ["f", [60, 5], [70, 9]],
    ];
    const report = await reportOf([...wide, ...small, ["kiosk", [40, 3], [0, 0]]]);
    expect(test(report)).toMatchObject({
      levels: ["a", "b", "c"],
      merged: ["d", "e", "f"],
      omitted: ["kiosk"],
    });
    expect(test(report).difference).toMatchObject({ df: 3 });
    for (const text of [toText(report), toMarkdown(report)]) {
      expect(text.replace(/\s+/g, " ")).toMatch(/compared together as one level: d, e, f/);
      expect(text.replace(/\s+/g, " ")).toMatch(/with a value, on a side: kiosk/);
    }
  });

  it("of amounts that few units have are compared together, however many units they have", async () => {
    const values = (n: number, buyers: number, amount: number) =>
      Array.from({ length: n }, (_, i) => (i < buyers ? amount + (i % 7) : 0));
    const arms = (channel: string, n: number, buyers: number) => [
      amountCell("control", values(n, buyers, 20), [channel]),
      amountCell("treatment", values(n, buyers, 22), [channel]),
    ];
    const asked = (cells: readonly Cell[]) =>
      analyze({
        experiment: madeDefinition(["control", "treatment"], {
          metrics: [{ key: "spend", type: "mean", role: "goal" }],
        }),
        source: madeSource(cells, { metrics: ["spend"], ...channels }),
        ...channels,
      });
    const some = await asked([
      ...arms("mail", 4000, 200),
      ...arms("web", 4000, 150),
      ...arms("shop", 4000, 60),
      ...arms("kiosk", 4000, 40),
    ]);
    expect(some.between[0]).toMatchObject({ levels: ["mail", "web"], merged: ["kiosk", "shop"] });
    const none = await asked([...arms("mail", 4000, 40), ...arms("web", 4000, 60)]);
    expect(none.between[0]?.difference.status).toBe("undefined");
    // Where most units have a value, a few units are enough for the test to hold its size.
    const all = await asked([...arms("mail", 20, 20), ...arms("web", 20, 18)]);
    expect(all.between[0]).toMatchObject({ levels: ["mail", "web"], merged: [] });
  });

  it("one alone stays as it is, or is left out below two units on a side", async () => {
    expect(test(await reportOf([...wide, ["d", [9, 0], [8, 5]]]))).toMatchObject({
      ...{ levels: ["a", "b", "c", "d"], merged: [], omitted: [] },
    });
    expect(test(await reportOf([...wide, ["d", [1, 0], [8, 5]]]))).toMatchObject({
      ...{ levels: ["a", "b", "c"], merged: [], omitted: ["d"] },
    });
  });

  it("get their p-value from resamples that the data fix: the same report, the same bytes", async () => {
    const days: readonly Level[] = [1, 2, 0, 4, 1].map((x, i) => [`day ${i}`, [66, x], [1614, 30 + i]]);
    const [first, again] = [await reportOf(days), await reportOf(days)];
    expect(JSON.stringify(again)).toBe(JSON.stringify(first));
    expect(test(first).difference).toMatchObject({
      method: "score-bootstrap",
      resamples: expect.any(Number),
    });
    expect(toText(first).replace(/\s+/g, " ")).toMatch(/come from resamples, \d+ at most/);
    expect(toCsv(first)).toMatch(/^between,order,control,treatment,channel,lift,/m);
  });
});
