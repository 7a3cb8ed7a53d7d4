import { describe, expect, it } from "vitest";
import { analyze, fromRows, type Report } from "../../src/analysis/index.js";
import { defineExperiment } from "../../src/definition/index.js";
import { findingSentence, toCsv, toHtml, toMarkdown, toText } from "../../src/report/index.js";
import { MomentsAccumulator } from "../../src/stats/index.js";
import { effectChange } from "../../src/stats/trends/index.js";
import { dayMapping, madeDays } from "./made-days.js";

const order = { event: "order", role: "goal" } as const;
const shop = (plan: object = {}) =>
  defineExperiment({
    key: "shop",
    unit: "user",
    control: "old",
    variants: { old: null, new: null },
    metrics: [
      { key: "bought", type: "conversion", ...order },
      {
        ...{ key: "basket", type: "ratio", role: "diagnostic" },
        ...{ numerator: { event: "order", value: "value" }, denominator: { event: "order", of: "count" } },
      },
      { key: "later", type: "count", event: "order", role: "diagnostic", window: { from: 3 } },
      { key: "back", type: "retention", event: "order", role: "diagnostic", days: 3 },
    ],
    plan,
  });
const law = (chance: (day: number) => number) => (day: number) => ({ chance: chance(day), amount: 20 });
const fading = [law(() => 0.1), law((day) => 0.1 + 0.12 * Math.exp(-day / 3))] as const;
/** Everyone does less on later days, in the same proportion. */
const declining = [law((day) => 0.3 / (day + 1)), law((day) => 0.48 / (day + 1))] as const;

const read = (laws: typeof fading, plan: object = {}, more: object = {}): Promise<Report> =>
  analyze({
    experiment: shop(plan),
    source: fromRows(madeDays(laws, { days: 12, arrive: 4, steady: 0.4, ...more }), {
      ...dayMapping,
      time: { days: 9 },
    }),
  });
const sentences = ({ findings }: Report, lang: "en" | "fr" = "en") =>
  findings.flatMap((each) => (each.kind === "over_time" ? [findingSentence(each, { lang })] : []));

describe("effects over time", () => {
  it("says that an effect wears off, in both languages", async () => {
    const report = await read(fading);
    expect(sentences(report)[0]).toMatch(
      /^The effect of new against old on bought wears off with days since exposure: \+\d\S* points on days 0 to 2, .* on days 6 to 8 \(per day, adjusted p .*\)\. Judge it by the later days\. As a lift it goes from \+\d+% to /,
    );
    expect(sentences(report, "fr")[0]).toMatch(/s’use au fil des jours .* les jours 0 à 2/);
    expect(report.families).toContainEqual({ grain: "over_time", correction: "holm", alpha: 0.05, tests: 2 });
    const { effects = [], unfollowed = [] } = report.overTime ?? {};
    expect(effects.map(({ metric, since, change }) => [metric, since.length, change.status])).toEqual([
      ["bought", 9, "ok"],
      ["basket", 9, "undefined"],
      ["later", 0, "undefined"],
    ]);
    expect(unfollowed.map(({ metric }) => metric)).toEqual(["back"]);
  });

  it("tells what shrinks because everyone does less from what wears off", async () => {
    const [told = "", ...others] = sentences(await read(declining, {}, { units: 4000 }));
    expect(others).toEqual([]);
    expect(told).toContain("As a lift it is not shown to change");
  });

  it("says nothing of an effect that stays", async () => {
    const report = await read([law(() => 0.1), law(() => 0.15)]);
    expect(sentences(report)).toEqual([]);
    expect(toText(report)).toContain("No change of an effect with days since exposure is shown (2 tests");
  });

  it("ends where the whole ends, under a plan that holds at every look and under one look", async () => {
    for (const looks of ["any", 1] as const) {
      const report = await read(fading, { looks });
      const [{ cumulative = [] } = {}] = report.overTime?.effects ?? [];
      const last = cumulative.at(-1);
      const whole = report.macro[0]?.difference.planned;
      expect(report.overTime?.holds).toBe(looks === "any" ? "together" : "each");
      if (last?.status !== "ok" || whole?.status !== "ok") throw new Error("no estimate");
      expect(last.value).toBe(whole.value);
      expect(last.interval).toEqual(whole.interval);
      expect(toText(report)).toContain(
        looks === "any" ? "holds in all periods at once" : "Each interval holds for its own period",
      );
    }
  });

  it("is drawn and told in every format", async () => {
    const report = await read(fading);
    const page = await toHtml(report, { lang: "fr" });
    expect(page).toContain("L’effet dure-t-il");
    expect(page.match(/<svg class="panel"/g)?.length ?? 0).toBeGreaterThanOrEqual(3);
    expect(toMarkdown(report)).toContain("## Does the effect last?");
    const csv = toCsv(report);
    expect(csv).toMatch(/time,bought,old,new,from=2026-01-07,difference,\d+,\d+,,,ok,cumulative,/);
    expect(csv).toMatch(/time,bought,old,new,day since exposure=8,difference,/);
    expect(csv).toMatch(/time,bought,old,new,,lift,\d+,\d+,.*fades; days 0 to 2 and 6 to 8/);
  });
});

describe("the change of an effect", () => {
  const momentsOf = (pairs: readonly (readonly [number, number])[]) => {
    const sums = new MomentsAccumulator(["first", "last"]);
    for (const pair of pairs) sums.push([...pair]);
    return sums.moments();
  };
  const control = momentsOf([
    [1, 2],
    [3, 1],
    [2, 2],
    [4, 3],
  ]);
  const treatment = momentsOf([
    [3, 2],
    [5, 4],
    [4, 3],
    [2, 5],
    [6, 1],
  ]);

  it("is Welch's test of each unit's own change", () => {
    const { difference, ratio } = effectChange([{ control, treatment }]);
    // Changes: 1, −2, 0, −1 and −1, −1, −1, 3, −5.
    expect(difference?.change.value).toBeCloseTo(-1 - -0.5, 12);
    expect(difference?.change.standardError).toBeCloseTo(Math.sqrt(5 / 3 / 4 + 32 / 4 / 5), 12);
    expect(difference?.first.value).toBeCloseTo(1.5, 12);
    expect(ratio?.change.value).toBeCloseTo(Math.log(3 / 2) - Math.log(4 / 2.5), 12);
  });

  it("swaps with its sides, and scales with its unit", () => {
    const found = effectChange([{ control, treatment }]);
    const swapped = effectChange([{ control: treatment, treatment: control }]);
    for (const scale of ["difference", "ratio"] as const) {
      expect(swapped[scale]?.change.value).toBeCloseTo(-(found[scale]?.change.value ?? 0), 12);
      expect(swapped[scale]?.pValue).toBeCloseTo(found[scale]?.pValue ?? 0, 12);
    }
    const twice = effectChange([
      { control, treatment },
      { control, treatment },
    ]);
    expect(twice.difference?.change.value).toBeCloseTo(found.difference?.change.value ?? 0, 12);
    expect(twice.difference?.change.standardError).toBeCloseTo(
      (found.difference?.change.standardError ?? 0) / Math.SQRT2,
      12,
    );
  });

  it("is not there without spread, and not in proportion below zero", () => {
    const flat = momentsOf([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(effectChange([{ control: flat, treatment: flat }])).toEqual({});
    const negative = momentsOf([
      [-1, 1],
      [-2, 3],
      [-1, 2],
    ]);
    expect(effectChange([{ control, treatment: negative }]).ratio).toBeUndefined();
  });
});
