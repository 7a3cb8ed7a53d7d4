import { defineExperiment } from "essai";
import { analyze, fromCells, fromRows } from "essai/analysis";
import { toHtml, toMarkdown, toText } from "essai/report";
import { quantile, quantileDifference } from "essai/stats";
import { describe, expect, it } from "vitest";
import { measurePast } from "../../src/simulation/index.js";
import { errorsOf } from "../errors/errors-of.js";

const experiment = (metrics: object) =>
  defineExperiment({
    key: "page",
    unit: "visitor",
    control: "old",
    variants: { old: null, new: null },
    metrics: Object.entries(metrics).map(([key, metric]) => ({
      key,
      type: "quantile",
      percentile: 50,
      ...metric,
    })),
  });
const values = (count: number, shift: number) =>
  Array.from({ length: count }, (_, i) => Math.round(((i * 7919) % 997) ** 1.5 / 10) / 10 + shift);
const arms = { old: values(400, 0), new: values(150, 300) };
const rows = Object.entries(arms).flatMap(([variant, own]) =>
  own.map((spend, i) => ({ variant, spend, half: i % 2 ? "odd" : "even" })),
);
const mapping = { variant: "variant", dimensions: ["half"] };
const told = (metrics: object) =>
  errorsOf(() => experiment(metrics)).map(({ code, path }) => `${code} ${path.join(".")}`);

describe("the quantile of a metric", () => {
  it("is the quantile of all units, with the interval of their order, from cells as from units", async () => {
    for (const percentile of [50, 90]) {
      const definition = experiment({ spend: { percentile } });
      const report = await analyze({
        experiment: definition,
        source: fromRows(rows, mapping),
        dimensions: ["half"],
      });
      const { values: sides, difference, lift } = report.macro[0]!;
      const q = percentile / 100;
      expect(sides).toEqual([quantile(arms.old, q), quantile(arms.new, q)]);
      const direct = quantileDifference({ values: arms.old }, { values: arms.new }, { q });
      expect(difference.fixed).toMatchObject({ status: "ok", method: "quantile" });
      expect(difference.fixed.value).toBeCloseTo(direct.value!, 9);
      expect(difference.fixed).toMatchObject({
        standardError: expect.closeTo(direct.status === "ok" ? direct.standardError : 0, 9),
      });
      expect(lift.fixed.value).toBeCloseTo(sides[1]! / sides[0]! - 1, 12);
      const half = report.micro.find(({ cell }) => cell.half === "even");
      const even = arms.old.filter((_, i) => i % 2 === 0);
      expect(half?.values[0]).toBe(quantile(even, q));
      expect(half?.elsewhere).toBeTypeOf("number");

      const asked = { definition, metrics: definition.metrics, dimensions: ["half"] };
      const cells = await fromRows(rows, mapping).read(asked);
      const again = await analyze({ experiment: definition, source: fromCells(cells), dimensions: ["half"] });
      expect(again.macro).toEqual(report.macro);
      expect(again.micro).toEqual(report.micro);
    }
  });

  it("has a stated reason where there is no interval", async () => {
    const reasonOf = async (given: readonly object[], metric: object = {}) => {
      const report = await analyze({
        experiment: experiment({ spend: metric }),
        source: fromRows(given, mapping),
      });
      const { fixed } = report.macro[0]!.difference;
      return "reason" in fixed ? `${fixed.status}: ${fixed.reason}` : fixed.status;
    };
    const few = [...rows.slice(0, 40), ...rows.slice(-40)];
    expect(await reasonOf(few)).toBe("ok");
    expect(await reasonOf(few, { percentile: 95 })).toMatch(
      /^undefined: too few units on a side for an interval/,
    );
    const idle = rows.map((row, i) => ({ ...row, spend: i % 5 ? 0 : row.spend }));
    expect(await reasonOf(idle)).toMatch(/^degenerate/);
    const definition = experiment({ spend: {} });
    const cells = await fromRows(rows, mapping).read({
      definition,
      metrics: definition.metrics,
      dimensions: [],
    });
    const bare = JSON.parse(
      JSON.stringify(cells, (key, value) => (key === "distribution" ? undefined : value)),
    );
    const report = await analyze({ experiment: definition, source: fromCells(bare) });
    expect(report.macro[0]?.difference.fixed).toMatchObject({
      reason: "the cells do not say how many units have which value",
    });
  });

  it("refuses by name what it cannot be combined with", () => {
    expect(told({ spend: { covariates: [{ column: "past" }] } })).toEqual([
      "not_adjustable metrics.0.covariates",
    ]);
    expect(told({ spend: { cap: 100 } })).toEqual(["unknown_key metrics.0.cap"]);
    expect(told({ spend: {}, all: { type: "overall", percentile: undefined, of: { spend: 1 } } })).toContain(
      "not_a_sum metrics.1.of.spend",
    );
    for (const percentile of [0, 100, "50", undefined])
      expect(told({ spend: { percentile } })).toHaveLength(1);
  });

  it("refuses ready-made cells whose counts cannot be", async () => {
    const definition = experiment({ spend: {} });
    const cells = await fromRows(rows, mapping).read({
      definition,
      metrics: definition.metrics,
      dimensions: [],
    });
    const wrong = (distribution: object) => {
      const changed = cells.cells.map((cell) =>
        cell.variant === "old" ? { ...cell, moments: [{ ...cell.moments[0]!, distribution }] } : cell,
      );
      return errorsOf(() => fromCells({ ...cells, cells: changed })).map(({ code }) => code);
    };
    expect(wrong({ values: [1, 2], units: [200, 200] })).toEqual([]);
    expect(wrong({ values: [1, 2], units: [200, 201] })).toEqual(["out_of_range"]);
    expect(wrong({ values: [2, 1], units: [200, 200] })).toEqual(["out_of_range"]);
    expect(wrong({ values: [1], units: [200, 200] })).toEqual(["wrong_length"]);
    expect(wrong({ values: [1, 2], units: [400, 0] })).toEqual(["out_of_range"]);
  });

  it("is told with its percentile in both languages, and planned from the past", async () => {
    const report = await analyze({
      experiment: experiment({ spend: { percentile: 90 } }),
      source: fromRows(rows, mapping),
    });
    for (const format of [toText, toMarkdown, toHtml]) {
      expect(await format(report)).toContain("percentile 90 of units");
      expect(await format(report, { lang: "fr" })).toContain("percentile 90 des unités");
    }
    const past = await measurePast({ experiment: experiment({ spend: {} }), rows, data: mapping });
    expect(past.metrics[0]?.baseline).toBeGreaterThan(0);
    expect(past.metrics[0]?.variance).toBeGreaterThan(0);
  });
});
