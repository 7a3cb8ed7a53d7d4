import { describe, expect, it } from "vitest";
import {
  analyze,
  type Comparison,
  type Report,
  type StratifiedComparison,
} from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import type { Estimate } from "../../src/core/estimate.js";
import { ExperimentError } from "../../src/errors/index.js";
import type { KnownMetric } from "../../src/metrics/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "./made-cells.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const experiment = madeDefinition();
const channels = { dimensions: ["channel"] };
const cells = [
  conversionCell("control", 5000, 500, ["mail"]),
  conversionCell("treatment", 5000, 600, ["mail"]),
  conversionCell("control", 3000, 240, ["web"]),
  conversionCell("treatment", 3000, 330, ["web"]),
];

function differenceIn(report: Report, at = 0): Ok {
  return (report.macro[at] as Comparison).difference.fixed as Ok;
}

async function failure(run: Promise<unknown>): Promise<ExperimentError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ExperimentError);
  return error as ExperimentError;
}

describe("laws", () => {
  it("micro cells add up to macro: split or merged, in any order, the whole is the same", async () => {
    const split = await analyze({ experiment, source: madeSource(cells, channels) });
    const reversed = await analyze({ experiment, source: madeSource([...cells].reverse(), channels) });
    const merged = await analyze({
      experiment,
      source: madeSource([conversionCell("control", 8000, 740), conversionCell("treatment", 8000, 930)]),
    });
    for (const report of [split, reversed]) {
      expect(differenceIn(report).value).toBeCloseTo(differenceIn(merged).value, 14);
      expect(differenceIn(report).standardError).toBeCloseTo(differenceIn(merged).standardError, 14);
    }
  });

  it("swapping the sides negates the difference and keeps p", async () => {
    const report = await analyze({
      experiment,
      source: madeSource(cells, channels),
      contrasts: [["treatment", "control"]],
    });
    const [one, other] = [differenceIn(report, 0), differenceIn(report, 1)];
    expect(other.value).toBe(-one.value);
    expect(other.pValue).toBe(one.pValue);
  });

  it("leaves its input untouched", async () => {
    const before = structuredClone(cells);
    await analyze({ experiment, source: madeSource(cells, channels), dimensions: ["channel"] });
    expect(cells).toEqual(before);
  });

  it("planned equals fixed while the plan has one look", async () => {
    const report = await analyze({
      experiment,
      source: madeSource(cells, channels),
      dimensions: ["channel"],
    });
    for (const { difference, lift } of [...report.macro, ...report.micro])
      for (const { planned, fixed } of [difference, lift]) expect(planned).toEqual(fixed);
  });

  it("corrects macro and micro families apart; lifts are the same hypotheses, not more of them", async () => {
    const report = await analyze({
      experiment,
      source: madeSource(cells, channels),
      dimensions: ["channel"],
    });
    expect(report.families).toEqual([
      { grain: "gains", correction: "holm", alpha: 0.025, tests: 1 },
      { grain: "harms", correction: "holm", alpha: 0.025, tests: 1 },
      { grain: "between", correction: "benjamini-hochberg", alpha: 0.05, tests: 2 },
      { grain: "micro", correction: "benjamini-hochberg", alpha: 0.05, tests: 2 },
      { grain: "ignoring", correction: "bonferroni", alpha: 0.05, tests: 2 },
    ]);
    for (const { difference, lift } of [...report.macro, ...report.micro]) {
      expect((lift.fixed as Ok).pAdjusted).toBe((difference.fixed as Ok).pAdjusted);
      expect((difference.fixed as Ok).pAdjusted).toBeGreaterThanOrEqual((difference.fixed as Ok).pValue);
    }
  });

  it("orders levels as people do: numbers by size, the rest by letter", async () => {
    const many = ["10", "9", "2", "b", "a"].flatMap((level) => [
      conversionCell("control", 100, 10, [level]),
      conversionCell("treatment", 100, 12, [level]),
    ]);
    const report = await analyze({
      experiment,
      source: madeSource(many, { dimensions: ["week"] }),
      dimensions: ["week"],
    });
    expect(report.between[0]?.levels).toEqual(["2", "9", "10", "a", "b"]);
  });
});

describe("several definition versions", () => {
  // The effect is +2 points in both versions; the treatment's share moved from 10 % to 90 % as the base rate fell.
  const drifting: readonly Cell[] = [
    conversionCell("control", 9000, 2700, [], 1),
    conversionCell("treatment", 1000, 320, [], 1),
    conversionCell("control", 1000, 50, [], 2),
    conversionCell("treatment", 9000, 630, [], 2),
  ];

  it("are analysed apart and averaged by share; pooling them crudely would turn the sign", async () => {
    const report = await analyze({ experiment, source: madeSource(drifting) });
    const pooled = 950 / 10000 - 2750 / 10000;
    expect(pooled).toBeLessThan(-0.1);
    expect(differenceIn(report).value).toBeCloseTo(0.02, 12);
    expect(differenceIn(report).method).toBe("scas-stratified");
    const { versions } = report.macro[0] as Comparison;
    expect(versions?.map(({ definitionVersion }) => definitionVersion)).toEqual([1, 2]);
    expect(versions?.map(({ difference }) => difference.method)).toEqual(["scas", "scas"]);
    expect(versions?.map(({ lift }) => lift.method)).toEqual(["scas", "scas"]);
    expect(report.findings.map(({ kind }) => kind)).toContain("versions");
  });

  it("check their shares each by its own definition, and say when one is missing", async () => {
    const second = madeDefinition(undefined, {
      version: 2,
      ranges: [
        { from: 0, to: 429496730, variant: "control" },
        { from: 429496730, to: 2 ** 32, variant: "treatment" },
      ],
    });
    const first = madeDefinition(undefined, {
      ranges: [
        { from: 0, to: 3865470566, variant: "control" },
        { from: 3865470566, to: 2 ** 32, variant: "treatment" },
      ],
    });
    const both = await analyze({ experiment: second, earlier: [first], source: madeSource(drifting) });
    expect(both.checks.map(({ definitionVersion, status }) => [definitionVersion, status])).toEqual([
      [1, "passed"],
      [2, "passed"],
      [null, "passed"],
    ]);
    expect(both.checks[0]).toMatchObject({ expected: [9000, 1000], statistic: 0, pValue: 1 });
    const one = await analyze({ experiment: second, source: madeSource(drifting) });
    expect(one.checks.map(({ status }) => status)).toEqual(["undefined", "passed", "undefined"]);
    expect(one.findings.filter(({ kind }) => kind === "srm")).toHaveLength(2);
  });
});

describe("honesty", () => {
  it("a broken allocation is found, and the report says not to read it", async () => {
    const source = madeSource([conversionCell("control", 5000, 500), conversionCell("treatment", 5500, 700)]);
    const report = await analyze({ experiment, source });
    expect(report.checks[0]).toMatchObject({ status: "failed", threshold: 0.001 });
    expect(report.recommendation).toMatchObject({ action: "do_not_read", rule: "srm" });
    expect(report.recommendation.variants.every(({ action }) => action === "do_not_read")).toBe(true);
    expect(report.findings[0]).toMatchObject({ kind: "srm", tone: "bad" });
  });

  it("a mix that turns the sign is told from two standard errors on, one that shifts the difference from three", async () => {
    const met = new Set<string>();
    for (const effect of [-0.008, 0.02])
      for (let moved = 0; moved <= 330; moved += 10) {
        const cells = [
          conversionCell("control", 1000, 200, ["mail"]),
          conversionCell("control", 1000, 600, ["web"]),
          conversionCell("treatment", 1000 - moved, (1000 - moved) * (0.2 + effect), ["mail"]),
          conversionCell("treatment", 1000 + moved, (1000 + moved) * (0.6 + effect), ["web"]),
        ];
        const report = await analyze({
          experiment,
          source: madeSource(cells, channels),
          dimensions: ["channel"],
        });
        const { crude, stratified, agreement } = report.stratified[0] as StratifiedComparison;
        if (crude.status !== "ok" || stratified.status !== "ok") throw new Error("no estimate");
        const gap = Math.abs(crude.value - stratified.value) / crude.standardError;
        const turned = crude.value * stratified.value < 0;
        met.add(`${turned ? "turned" : "same sign"} by ${Math.floor(gap)} to ${Math.ceil(gap)}`);
        expect(agreement).toBe(turned && gap > 2 ? "simpson" : gap > 3 ? "shifted" : "agrees");
      }
    expect([...met]).toEqual(
      expect.arrayContaining([
        ...["turned by 1 to 2", "turned by 2 to 3", "same sign by 2 to 3", "same sign by 3 to 4"],
        ...["turned by 3 to 4", "same sign by 4 to 5"],
      ]),
    );
  });

  it("warns of Simpson's paradox when a dimension's mix turns the sign", async () => {
    const mixed = [
      conversionCell("control", 1000, 50, ["mail"]),
      conversionCell("treatment", 9000, 630, ["mail"]),
      conversionCell("control", 9000, 2700, ["web"]),
      conversionCell("treatment", 1000, 320, ["web"]),
    ];
    const report = await analyze({
      experiment,
      source: madeSource(mixed, channels),
      dimensions: ["channel"],
    });
    expect(differenceIn(report).value).toBeLessThan(0);
    expect(report.stratified[0]).toMatchObject({ agreement: "simpson" });
    expect(((report.stratified[0] as StratifiedComparison).stratified as Ok).value).toBeCloseTo(0.02, 12);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        kind: "simpson",
        evidence: expect.objectContaining({ agreement: "simpson" }),
      }),
    );
  });

  it("data of a learning policy get no p-value and no interval anywhere", async () => {
    const adaptive = madeDefinition(undefined, { policy: "thompson" });
    const report = await analyze({
      experiment: adaptive,
      source: madeSource(cells, channels),
      dimensions: ["channel"],
    });
    for (const { difference, lift } of [...report.macro, ...report.micro]) {
      expect([difference.fixed.status, lift.fixed.status]).toEqual(["adaptive", "adaptive"]);
      expect(difference.others).toBeUndefined();
    }
    expect(report.between[0]).toMatchObject({
      ...{ difference: { status: "adaptive" }, lift: { status: "adaptive" } },
      ...{ differs: "untested", opens: false },
    });
    expect(report.checks[0]?.status).toBe("adaptive");
    expect(JSON.stringify(report)).not.toMatch(/"pValue"|"interval"|"pAdjusted"/);
    expect(report.recommendation).toMatchObject({ action: "cannot_tell", rule: "adaptive" });
  });

  it("says in which cell an effect fails", async () => {
    const planted = ["a", "b", "c", "d"].flatMap((level) => [
      conversionCell("control", 5000, 500, [level]),
      conversionCell("treatment", 5000, level === "c" ? 350 : 650, [level]),
    ]);
    const report = await analyze({
      experiment,
      source: madeSource(planted, channels),
      dimensions: ["channel"],
    });
    expect(report.between[0]).toMatchObject({
      ...{ difference: { status: "ok", df: 3 }, lift: { status: "ok", df: 3 } },
      ...{ differs: "both", opens: true },
    });
    expect(report.findings.find(({ kind }) => kind === "micro")?.evidence).toMatchObject({
      cell: { channel: "c" },
      raw: expect.closeTo(-0.03, 12),
      hardly: false,
      elsewhere: expect.closeTo(0.03, 12),
    });
  });

  it("a cell that cannot be estimated says why, and the rest goes on", async () => {
    const thin = [...cells, conversionCell("control", 1, 1, ["kiosk"])];
    const report = await analyze({ experiment, source: madeSource(thin, channels), dimensions: ["channel"] });
    const kiosk = report.micro.find(({ cell }) => cell.channel === "kiosk");
    expect(kiosk?.difference.fixed).toMatchObject({
      status: "undefined",
      reason: expect.stringMatching(/fewer than/),
    });
    expect(report.between[0]).toMatchObject({ omitted: ["kiosk"], difference: { status: "ok", df: 1 } });
    expect(differenceIn(report).status).toBe("ok");
  });

  it("nobody on either side has a difference with its interval, and no lift", async () => {
    const source = madeSource([conversionCell("control", 100, 0), conversionCell("treatment", 100, 0)]);
    const report = await analyze({ experiment, source });
    const [{ difference, lift }] = report.macro as [Comparison];
    expect(difference.fixed).toMatchObject({ status: "ok", value: 0, pValue: 1, flags: ["few_events"] });
    expect(lift.fixed).toMatchObject({
      status: "undefined",
      pValue: 1,
      reason: expect.stringMatching(/nobody/),
    });
    expect(report.recommendation).toMatchObject({ action: "keep_running", rule: "not_shown_yet" });
  });
});

describe("errors, each with its path", () => {
  const source = madeSource(cells, channels);

  it.each([
    [{ metrics: ["ordr"] }, "unknown_name", ["metrics", 0]],
    [{ metrics: [] }, "no_metrics", ["metrics"]],
    [{ metrics: ["order", "order"] }, "duplicate_key", ["metrics", 1]],
    [{ dimensions: ["channel", "channel"] }, "duplicate_key", ["dimensions", 1]],
    [{ dimensions: ["chanel"] }, "missing_dimension", ["source", "dimensions"]],
    [
      { dimensions: ["channel"], combinations: [["channel", "week"]] },
      "unknown_name",
      ["combinations", 0, 1],
    ],
    [{ contrasts: [["control", "blue"]] as const }, "unknown_name", ["contrasts", 0, 1]],
    [{ contrasts: [["control", "control"]] as const }, "duplicate_key", ["contrasts", 0, 1]],
    [{ level: 1 }, "out_of_range", ["level"]],
    [{ level: Number.NaN }, "not_finite", ["level"]],
  ])("%j is refused as %s", async (changes, code, path) => {
    const error = await failure(analyze({ experiment, source, ...changes }));
    expect([error.code, error.path]).toEqual([code, path]);
  });

  it.each([
    ["single_variant", ["source", "variants"], madeSource([conversionCell("control", 9, 1)])],
    [
      "single_variant",
      ["source", "variants"],
      madeSource([conversionCell("control", 9, 1), conversionCell("treatment", 0, 0)]),
    ],
    ["empty_data", ["source", "cells"], madeSource([])],
    [
      "unknown_variant",
      ["source", "variant"],
      madeSource([...cells, conversionCell("blue", 9, 1, ["web"])], channels),
    ],
    ["missing_metric", ["source", "metrics"], madeSource(cells, { ...channels, metrics: ["orders"] })],
    [
      "unsupported_format",
      ["source", "format"],
      madeSource(cells, { format: "essai.cells/9" as "essai.cells/1" }),
    ],
  ])("a source's fault is %s at %j", async (code, path, faulty) => {
    const error = await failure(analyze({ experiment, source: faulty }));
    expect([error.code, error.path]).toEqual([code, path]);
  });

  it("lists all problems of a request at once", async () => {
    const error = await failure(analyze({ experiment, source, metrics: ["a", "b"], level: 2 }));
    expect(error.problems.map(({ code }) => code)).toEqual(["out_of_range", "unknown_name", "unknown_name"]);
  });

  it("an unknown correction in the plan is refused, not ignored", async () => {
    const plan = { level: 0.95, macro: "wishful", micro: "benjamini-hochberg" };
    const error = await failure(analyze({ experiment: madeDefinition(undefined, { plan }), source }));
    expect([error.code, error.path]).toEqual(["unknown_name", ["experiment", "plan", "macro"]]);
  });
});

describe("a ratio", () => {
  const averageOrder: KnownMetric = {
    key: "aov",
    type: "ratio",
    role: "goal",
    numerator: { column: "revenue" },
    denominator: { column: "orders" },
  };
  const ratio = madeDefinition(undefined, { metrics: [averageOrder] });
  // Orders of 10 or 20 each; units differ in how many orders they have, so numerator and denominator go together.
  const cell = (variant: string, price: number, level: string, scale = 1): Cell => {
    const units = Array.from(
      { length: 300 },
      (_, at) => [scale * (at % 3) * (price + (at % 5)), scale * (at % 3)] as const,
    );
    const mean = [0, 1].map((i) => units.reduce((sum, unit) => sum + (unit[i] as number), 0) / units.length);
    const product = (i: number, j: number) =>
      units.reduce(
        (sum, unit) =>
          sum + ((unit[i] as number) - (mean[i] as number)) * ((unit[j] as number) - (mean[j] as number)),
        0,
      );
    const moments = {
      n: units.length,
      names: ["numerator", "denominator"],
      mean,
      comoment: [product(0, 0), product(1, 0), product(1, 1)],
    };
    return { variant, definitionVersion: 1, levels: [level], units: units.length, moments: [moments] };
  };

  it("goes through every grain: totals over totals, not a mean of ratios", async () => {
    const list = ["a", "b"].flatMap((level) => [cell("control", 10, level), cell("treatment", 12, level)]);
    const source = madeSource(list, { ...channels, metrics: ["aov"] });
    const report = await analyze({ experiment: ratio, source, dimensions: ["channel"] });
    expect(differenceIn(report).value).toBeCloseTo(2, 10);
    expect(report.macro[0]?.values[0]).toBeCloseTo(12, 10);
    expect(report.micro.every(({ difference }) => difference.fixed.status === "ok")).toBe(true);
    expect((report.stratified[0] as StratifiedComparison).stratified.value).toBeCloseTo(2, 10);
    expect(report.between[0]).toMatchObject({ difference: { statistic: expect.closeTo(0, 8) } });
  });

  it("whose denominator is zero in a cell says so there, and the rest goes on", async () => {
    const list = ["a", "b"].flatMap((level) => [cell("control", 10, level), cell("treatment", 12, level)]);
    const empty = [cell("control", 10, "c", 0), cell("treatment", 12, "c", 0)];
    const source = madeSource([...list, ...empty], { ...channels, metrics: ["aov"] });
    const report = await analyze({ experiment: ratio, source, dimensions: ["channel"] });
    const inC = report.micro.filter(({ cell: { channel } }) => channel === "c");
    expect(
      inC.map(({ difference, lift, values }) => [difference.fixed.status, lift.fixed.status, values[0]]),
    ).toEqual([["undefined", "undefined", null]]);
    expect(differenceIn(report).value).toBeCloseTo(2, 10);
    expect(report.between[0]).toMatchObject({ omitted: ["c"] });
  });
});

describe("several metrics and variants", () => {
  it("makes one comparison for every metric and contrast, in the definition's order", async () => {
    const three = madeDefinition(["a", "b", "c"], {
      metrics: [conversionMetric("order", "goal"), conversionMetric("visit", "diagnostic")],
    });
    const two = (variant: string, units: number, hits: number): Cell => {
      const cell = conversionCell(variant, units, hits);
      return { ...cell, moments: [...cell.moments, ...cell.moments] };
    };
    const source = madeSource([two("a", 900, 90), two("b", 900, 99), two("c", 900, 80)], {
      metrics: ["order", "visit"],
    });
    const report = await analyze({ experiment: three, source, contrasts: [["b", "c"]] });
    expect(report.macro.map(({ metric, contrast }) => `${metric} ${contrast.join("/")}`)).toEqual(
      ["order", "visit"].flatMap((metric) => ["a/b", "a/c", "b/c"].map((pair) => `${metric} ${pair}`)),
    );
    const one = await analyze({ experiment: three, source, metrics: ["visit"] });
    expect(one.metrics.map(({ key }) => key)).toEqual(["visit"]);
    expect(one.recommendation).toMatchObject({ action: "cannot_tell", rule: "no_goal" });
  });
});
