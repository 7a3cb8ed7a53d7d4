import { describe, expect, it } from "vitest";
import { analyze, type Report } from "../../src/analysis/index.js";
import { toCsv, toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { parseReport } from "../../src/schema/index.js";
import { groupSequentialDesign } from "../../src/stats/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "../analysis/made-cells.js";
import { lookedAt } from "./page-worlds.js";

const units = [2000, 5500, 11_000];
const one = [0.1, 0.1035];

describe("how near a decision is", () => {
  it("has the bounds of every look, taken or to come, as the design has them", async () => {
    const { looks } = await lookedAt([5500, 11_000], one, {});
    const { upper, spent } = groupSequentialDesign({ looks: 4 });
    expect(looks?.course?.looks.map(({ state }) => state)).toEqual(["taken", "taken", "planned", "planned"]);
    looks?.course?.looks.forEach(({ gain, harm, ...look }, at) => {
      expect(gain).toBeCloseTo(upper[at] as number, 6);
      expect(harm).toBeCloseTo(-(upper[at] as number), 6);
      expect(look.spent).toBeCloseTo(2 * (spent[at] as number), 9);
    });
  });

  it("agrees with the verdict: a gain is shown where its path is beyond the bound, and only there", async () => {
    for (const rate of [0.1, 0.1075, 0.108, 0.1085, 0.109, 0.12]) {
      const { looks, macro } = await lookedAt([11_000], [0.1, rate], {});
      const deviate = looks?.course?.paths[0]?.points.at(-1)?.deviate ?? Number.NaN;
      const planned = macro[0]?.difference.planned;
      if (planned?.status !== "ok") throw new Error("no estimate");
      const now = looks?.course?.looks.find(({ units }) => units === 22_000);
      expect((planned.pAdjusted ?? 1) < 0.05).toBe(deviate >= (now?.gain ?? Number.NaN));
    }
  });

  it("reads several treatments against the first bound of their correction", async () => {
    const { looks } = await lookedAt(units);
    expect(looks?.course?.tests).toEqual({ gains: 2, harms: 2 });
    const alone = await lookedAt(units, one);
    const end = (each: typeof looks) => each?.course?.looks.at(-1)?.gain ?? Number.NaN;
    expect(end(looks)).toBeGreaterThan(end(alone.looks) + 0.2);
    expect(looks?.course?.paths.map(({ points }) => points.length)).toEqual([3, 3]);
  });

  it("has gains upwards where less is better", async () => {
    const plan = {
      level: 0.95,
      macro: "holm",
      micro: "benjamini-hochberg",
      looks: 4,
      units: 40_000,
    } as const;
    const [up, down] = await Promise.all(
      (["higher", "lower"] as const).map((better) =>
        analyze({
          experiment: madeDefinition(["control", "b"], {
            ...{ plan, metrics: [conversionMetric("order", "goal", { better })] },
          }),
          source: madeSource([conversionCell("control", 5000, 500), conversionCell("b", 5000, 560)]),
        }),
      ),
    );
    const at = (report: Report | undefined) => report?.looks?.course?.paths[0]?.points[0]?.deviate;
    expect(at(up)).toBeGreaterThan(1);
    expect(at(down)).toBe(-(at(up) as number));
  });

  it("takes the first look for the first where a history is kept, and else the earlier ones for granted", async () => {
    const [kept, alone] = await Promise.all([lookedAt([11_000], one), lookedAt([11_000], one, {}, false)]);
    expect(kept.looks?.course?.looks.map(({ state }) => state)).toEqual(["taken", "planned", "planned"]);
    expect(alone.looks?.course?.looks.map(({ state }) => state)).toEqual([
      "assumed",
      "taken",
      "planned",
      "planned",
    ]);
    expect(toText(alone)).toMatch(/1 {2}assumed +11,000 +– +\+4\.33/);
  });

  it("is in text, Markdown, CSV, the page and JSON, in both languages", async () => {
    const report = await lookedAt(units, one);
    const text = toText(report).replace(/\s+/g, " ");
    expect(text).toContain("b stands at +0.870 standard errors. At this look a gain is shown from");
    expect(text).toMatch(/look variant units effect \(SE\) gain at harm at give up at spent/);
    expect(text).toMatch(/3 b 22,000 \+0\.870 \+2\.9\d −2\.9\d/);
    expect(toMarkdown(report, { lang: "fr" })).toMatch(/^## La décision est-elle proche\s\?$/m);
    expect(toMarkdown(report, { lang: "fr" })).toMatch(/\| 4 \| à venir \| 33\s000 \| – \|/);
    const csv = toCsv(report).split("\r\n");
    expect(csv.filter((line) => line.startsWith("look,order,"))).toHaveLength(5);
    expect(csv.find((line) => line.startsWith("path,order,control,b,look=3,"))).toMatch(/,0\.8696\d+,/);
    const page = await toHtml(report);
    expect(page).toContain(
      'aria-label="order, b: at +0.870 standard errors, where a gain is shown from +2.9',
    );
    expect(page.match(/<section id="course".*?<\/section>/s)?.[0].match(/class="border"/g)).toHaveLength(2);
    expect(parseReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it("is absent for plans that do not spend their error on looks, and says when no look is left", async () => {
    expect(toText(await lookedAt([5500], one, { looks: "any" }))).not.toContain("How near");
    const ended = toText(await lookedAt([5500, 22_000], one, {})).replace(/\s+/g, " ");
    expect(ended).toContain("5% of error is spent, and the plan has no further look.");
  });
});
