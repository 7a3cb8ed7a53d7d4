import { describe, expect, it } from "vitest";
import { analyze, type Report } from "../../src/analysis/index.js";
import { findingSentence, toCsv, toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

interface World {
  readonly smallest?: number;
  readonly better?: "lower";
  readonly looks?: number;
  readonly role?: "goal" | "diagnostic";
}

/** Levels of so many units per side, by conversions of control and treatment. */
function read(
  n: number,
  levels: Readonly<Record<string, readonly [number, number]>>,
  { role = "goal", looks = 1, ...metric }: World = {},
): Promise<Report> {
  return analyze({
    experiment: madeDefinition(["control", "treatment"], {
      metrics: [conversionMetric("order", role, metric)],
      plan: { looks, level: 0.95, macro: "holm", micro: "benjamini-hochberg" } as never,
    }),
    source: madeSource(
      Object.entries(levels).flatMap(([level, [a, b]]) => [
        conversionCell("control", n, a, [level]),
        conversionCell("treatment", n, b, [level]),
      ]),
      { dimensions: ["segment"] },
    ),
    dimensions: ["segment"],
  });
}

const others = { a: [4000, 6000], b: [4000, 6000], c: [4000, 6000] } as const;

describe("who ignores what", () => {
  it("is said where the cell stays within the smallest effect worth having and everyone else is beyond it", async () => {
    const { ignoring } = await read(40_000, { ...others, hunters: [4000, 4010] }, { smallest: 0.1 });
    expect(ignoring).toHaveLength(1);
    const [found] = ignoring ?? [];
    expect(found).toMatchObject({ cell: { segment: "hunters" }, smallest: 0.1, units: 80_000 });
    expect(found!.interval[0]).toBeLessThan(0);
    expect(found!.interval[1]).toBeGreaterThan(0.00025);
    expect(found!.left).toBe(Math.max(-found!.interval[0], found!.interval[1]));
    expect(found!.elsewhere).toBeCloseTo(0.05, 9);
    expect(found!.worth).toBeCloseTo(80_000 * (0.05 - found!.here), 6);
  });

  it("is not said where the interval leaves an effect worth having, however alike both sides look", async () => {
    expect(
      (await read(4000, { a: [400, 600], b: [400, 600], c: [400, 401] }, { smallest: 0.1 })).ignoring,
    ).toEqual([]);
  });

  it("is not said where nobody reacts", async () => {
    const alike = { a: [4000, 4001], b: [4000, 3999], hunters: [4000, 4000] } as const;
    expect((await read(40_000, alike, { smallest: 0.1 })).ignoring).toEqual([]);
  });

  it("without a smallest effect says what is excluded, where everyone else's is at least twice that", async () => {
    const report = await read(10_000, { a: [1000, 1500], b: [1000, 1500], hunters: [1000, 1002] });
    const [found] = report.ignoring ?? [];
    expect(found!.left * 2).toBeLessThanOrEqual(found!.elsewhereInterval[0]);
    const sentence = findingSentence(report.findings.find(({ kind }) => kind === "ignores")!);
    expect(sentence).toMatch(
      /^segment hunters ignores treatment: .* More than [\d.]+ points either way is excluded/,
    );
    const near = await read(10_000, { a: [1000, 1500], b: [1000, 1500], hunters: [1000, 1200] });
    expect(near.ignoring).toEqual([]);
  });

  it("widens its intervals with the number of cells that could have been picked, and with looks", async () => {
    const few = await read(40_000, { ...others, hunters: [4000, 4010] });
    const many = await read(40_000, {
      ...others,
      ...{ d: [4000, 6000], e: [4000, 6000], f: [4000, 6000], g: [4000, 6000], hunters: [4000, 4010] },
    });
    const looks = await read(40_000, { ...others, hunters: [4000, 4010] }, { looks: 4 });
    const width = ({ ignoring }: Report) => ignoring![0]!.interval[1] - ignoring![0]!.interval[0];
    expect(width(many)).toBeGreaterThan(width(few) * 1.02);
    expect(width(looks)).toBeGreaterThan(width(few) * 1.02);
    expect(few.families).toContainEqual({
      grain: "ignoring",
      correction: "bonferroni",
      alpha: 0.05,
      tests: 4,
    });
  });

  it("ranks by what it is worth, not by how sure it is, and names those that are spared a loss last", async () => {
    const report = await analyze({
      experiment: madeDefinition(["control", "treatment"], { metrics: [conversionMetric("order", "goal")] }),
      source: madeSource(
        [
          ...["a", "b", "c"].flatMap((level) => [
            conversionCell("control", 200_000, 20_000, [level]),
            conversionCell("treatment", 200_000, 30_000, [level]),
          ]),
          ...[
            conversionCell("control", 20_000, 2000, ["small"]),
            conversionCell("treatment", 20_000, 2000, ["small"]),
          ],
          ...[
            conversionCell("control", 60_000, 6000, ["large"]),
            conversionCell("treatment", 60_000, 6050, ["large"]),
          ],
        ],
        { dimensions: ["segment"] },
      ),
      dimensions: ["segment"],
    });
    expect(report.ignoring?.map(({ cell }) => cell.segment)).toEqual(["large", "small"]);
    const spared = await read(40_000, { ...others, hunters: [4000, 4010] }, { better: "lower" });
    expect(spared.ignoring?.[0]?.worth).toBeLessThan(0);
    expect(findingSentence(spared.findings.find(({ kind }) => kind === "ignores")!)).toContain(
      "It is spared",
    );
  });

  it("concerns goals only", async () => {
    const report = await read(40_000, { ...others, hunters: [4000, 4010] }, { role: "diagnostic" });
    expect(report.ignoring).toBeUndefined();
  });

  it("stands first among what is said of cells, in every format and language, and once only", async () => {
    const report = await read(40_000, { ...others, hunters: [4000, 4010] }, { smallest: 0.1 });
    const flat = (text: string) => text.replaceAll(/\s+/g, " ");
    expect(flat(toText(report))).toMatch(/Who ignores what\? ─+ · segment hunters ignores treatment/);
    expect(flat(toText(report, { lang: "fr" }))).toContain("segment hunters ignore treatment");
    expect(toMarkdown(report)).toContain("- segment hunters ignores treatment");
    expect(toCsv(report)).toContain("ignoring,order,control,treatment,segment=hunters,difference");
    const page = await toHtml(report);
    expect(page).toContain("Who ignores a variant, by what that costs");
    expect(page).toContain("○ ignores it");
    const micro = report.findings.filter(({ kind }) => kind === "micro");
    expect(micro.length).toBeGreaterThan(0);
    expect(JSON.stringify(micro)).not.toContain("hunters");
  });
});
