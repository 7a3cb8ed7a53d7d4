import { describe, expect, it } from "vitest";
import { analyze, type Decomposition, fromCells, fromRows } from "../../src/analysis/index.js";
import type { Cells } from "../../src/core/cells.js";
import type { Estimate } from "../../src/core/estimate.js";
import { defineExperiment } from "../../src/definition/index.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { fromTable } from "../../src/engines/index.js";
import { findingSentence } from "../../src/report/index.js";
import { near } from "../stats/reference.js";

const channels = ["shop", "web"];
const rows = Array.from({ length: 6000 }, (_, i) => {
  const treated = i % 3 === 0;
  const channel = channels[i % 2] ?? "";
  const orders = (i * 7919) % 1000 < (treated ? 180 : 120) ? 1 + ((i * 13) % 5 === 0 ? 1 : 0) : 0;
  return {
    ...{ unit: `u${i}`, variant: treated ? "mail" : "none", channel },
    ...{ buyers: orders > 0 ? 1 : 0, orders, revenue: orders * (20 + ((i * 31) % 30) + (treated ? 1 : 0)) },
  };
});
const define = (revenue: object = {}) =>
  defineExperiment({
    ...{ key: "mailing", unit: "customer", control: "none", variants: { none: null, mail: null } },
    allocation: { none: 2 / 3, mail: 1 / 3 },
    metrics: [
      { key: "revenue", type: "mean", role: "goal", reasons: ["buyers", "orders"], ...revenue },
      { key: "buyers", type: "conversion", role: "diagnostic" },
      { key: "orders", type: "count", role: "diagnostic" },
    ] as never,
    plan: { looks: 1 },
  });
const experiment = define();
const mapping = { unit: "unit", variant: "variant", dimensions: ["channel"] };
const dimensions = ["channel"];
const split = (found: Decomposition | undefined) => {
  if (found?.status !== "ok") throw new Error(found?.reason);
  return found;
};
const ok = (estimate: Estimate | undefined) => {
  if (estimate?.status !== "ok") throw new Error(estimate?.reason);
  return estimate;
};

describe("why a metric differs", () => {
  it("is told in parts that add up to the difference, overall and in every cell", async () => {
    const report = await analyze({ experiment, source: fromRows(rows, mapping), dimensions });
    const { macro = [], micro = [], between = [] } = report.reasons ?? {};
    expect(macro).toHaveLength(1);
    expect(micro.map(({ cell }) => cell)).toEqual([{ channel: "shop" }, { channel: "web" }]);
    expect(between.map(({ step }) => step)).toEqual(["buyers", "orders", "revenue"]);
    for (const found of [...macro, ...micro]) {
      const { reasons, difference } = split(found);
      const sum = reasons.reduce((all, { contribution }) => all + ok(contribution.fixed).value, 0);
      near(sum, ok(difference.fixed).value, 1e-12);
      for (const { contribution } of reasons) expect(ok(contribution.planned).pAdjusted).toBeTypeOf("number");
    }
    const [revenue] = report.macro;
    near(ok(revenue?.difference.fixed).value, ok(split(macro[0]).difference.fixed).value, 1e-12);
    expect(
      report.families.flatMap(({ grain, tests }) => (grain.startsWith("reason") ? [[grain, tests]] : [])),
    ).toEqual([
      ["reasons", 3],
      ["reason_levels", 3],
      ["reason_cells", 6],
    ]);
    const told = report.findings.flatMap((each) => (each.kind === "reasons" ? [findingSentence(each)] : []));
    expect(told[0]).toMatch(/because of more buyers \+[\d.]+ .*Not shown: /);
  });

  it("leaves what is said of the metric itself as it was", async () => {
    const plain = await analyze({
      experiment: define({ reasons: undefined }),
      source: fromRows(rows, mapping),
      dimensions,
    });
    const report = await analyze({ experiment, source: fromRows(rows, mapping), dimensions });
    expect(plain.reasons).toBeUndefined();
    for (const part of ["macro", "micro", "between", "heaviest", "influence", "recommendation"] as const)
      expect(JSON.parse(JSON.stringify(report[part] ?? null))).toEqual(
        JSON.parse(JSON.stringify(plain[part] ?? null)),
      );
  });

  it("is the same from DuckDB, and from one log of orders", async () => {
    const engine = await duckdb();
    try {
      const values = rows.map(
        ({ unit, variant, channel, buyers, orders, revenue }) =>
          `('${unit}','${variant}','${channel}',${buyers},${orders},${revenue})`,
      );
      await engine.query(
        `CREATE TABLE t AS SELECT * FROM (VALUES ${values.join(",")}) AS v(unit, variant, channel, buyers, orders, revenue)`,
      );
      const inSql = await analyze({
        experiment,
        source: fromTable(engine, { table: "t", ...mapping }),
        dimensions,
      });
      const exposures = rows.map(({ unit, variant, channel }) => ({ unit, variant, channel, at: 0 }));
      const events = rows.flatMap(({ unit, orders, revenue }) =>
        Array.from({ length: orders }, (_, k) => ({
          unit,
          at: k + 1,
          event: "order",
          value: revenue / orders,
        })),
      );
      const logged = defineExperiment({
        ...JSON.parse(JSON.stringify(experiment)),
        metrics: experiment.metrics.map((metric) => ({ ...metric, event: "order" })),
      });
      const at = { unit: "unit", at: "at" };
      const inLog = await analyze({
        experiment: logged,
        source: fromRows(
          { exposures, events },
          { exposures: { ...at, variant: "variant", dimensions }, events: { ...at, event: "event" } },
        ),
        dimensions,
      });
      const inMemory = await analyze({ experiment, source: fromRows(rows, mapping), dimensions });
      const wanted = [...(inMemory.reasons?.macro ?? []), ...(inMemory.reasons?.micro ?? [])].map(split);
      for (const { reasons } of [inSql, inLog]) {
        const found = [...(reasons?.macro ?? []), ...(reasons?.micro ?? [])].map(split);
        for (const [i, own] of found.entries())
          for (const [part, { contribution }] of own.reasons.entries()) {
            const [here, there] = [ok(contribution.fixed), ok(wanted[i]?.reasons[part]?.contribution.fixed)];
            near(here.value + there.standardError, there.value + there.standardError, 1e-12);
            near(here.standardError, there.standardError, 1e-12);
          }
        expect(found).toHaveLength(3);
      }
    } finally {
      await engine.close();
    }
  });

  it("says so where nobody bought on a side, where too few did, and where the cells do not tell", async () => {
    const whySide = async (change: (row: (typeof rows)[number], i: number) => object) => {
      const changed = rows.map((row, i) => ({ ...row, ...change(row, i) }));
      const report = await analyze({ experiment, source: fromRows(changed, mapping) });
      return report.reasons?.macro[0];
    };
    const none = { buyers: 0, orders: 0, revenue: 0 };
    expect(await whySide(({ variant }) => (variant === "mail" ? none : {}))).toMatchObject({
      status: "undefined",
    });
    expect(await whySide((_, i) => (i % 20 ? none : {}))).toMatchObject({ status: "ok", thin: true });
    const cells: Cells = {
      ...{ format: "essai.cells/1", experiment: "mailing", dimensions: [], excluded: {} },
      metrics: ["revenue", "buyers", "orders"],
      cells: ["none", "mail"].map((variant) => ({
        ...{ variant, definitionVersion: 1, levels: [], units: 100 },
        moments: [1, 0.2, 0.3].map((mean) => ({
          n: 100,
          names: ["value"],
          mean: [mean],
          comoment: [100 * mean * (1 - mean) || 300],
        })),
      })),
    };
    const report = await analyze({ experiment, source: fromCells(cells) });
    expect(report.reasons?.macro[0]).toMatchObject({
      status: "undefined",
      reason: "the cells hold no values of the metrics that are named as reasons",
    });
  });

  it("reads the values of reasons from ready-made cells, in any order", async () => {
    const { cells } = await fromRows(rows, mapping).read({
      definition: experiment,
      metrics: experiment.metrics,
      dimensions: [],
    });
    const turned = {
      ...{
        format: "essai.cells/1",
        experiment: "mailing",
        dimensions: [],
        metrics: experiment.metrics.map(({ key }) => key),
      },
      cells: cells.map((cell) => {
        const [first, ...others] = cell.moments;
        if (!first) throw new Error("no moments");
        const order = [2, 0, 1];
        const { n, names, mean, comoment } = first;
        const at = (i: number, j: number) =>
          comoment[i >= j ? (i * (i + 1)) / 2 + j : (j * (j + 1)) / 2 + i] ?? 0;
        return {
          ...cell,
          moments: [
            {
              ...{ n, names: order.map((i) => names[i]), mean: order.map((i) => mean[i]) },
              comoment: order.flatMap((a, i) => order.slice(0, i + 1).map((b) => at(a, b))),
            },
            ...others,
          ],
        };
      }),
    };
    const [own, other] = [
      await analyze({ experiment, source: fromCells(turned) }),
      await analyze({ experiment, source: fromRows(rows, mapping) }),
    ];
    near(
      ok(split(own.reasons?.macro[0]).reasons[0]?.contribution.fixed).value,
      ok(split(other.reasons?.macro[0]).reasons[0]?.contribution.fixed).value,
      1e-12,
    );
  });

  it.each([
    [["buyer"], "unknown_name metrics.0.reasons.0"],
    [["revenue"], "duplicate_key metrics.0.reasons.0"],
    [["buyers", "buyers"], "duplicate_key metrics.0.reasons.1"],
    [["share"], "not_a_sum metrics.0.reasons.0"],
    [[], "missing_value metrics.0.reasons.0"],
  ])("refuses the reasons %j", (reasons, wanted) => {
    const found: string[] = [];
    try {
      defineExperiment({
        ...JSON.parse(JSON.stringify(experiment)),
        metrics: [
          { key: "revenue", type: "mean", reasons },
          { key: "buyers", type: "conversion" },
          { key: "share", type: "ratio", numerator: { column: "a" }, denominator: { column: "b" } },
        ],
      });
    } catch (error) {
      const { problems } = error as { problems: readonly { code: string; path: readonly unknown[] }[] };
      found.push(...problems.map(({ code, path }) => `${code} ${path.join(".")}`));
    }
    expect(found).toEqual([wanted]);
  });

  it("two metrics may be each other's reasons", async () => {
    const both = defineExperiment({
      ...JSON.parse(JSON.stringify(experiment)),
      metrics: [
        { key: "revenue", type: "mean", reasons: ["orders"] },
        { key: "orders", type: "count", reasons: ["revenue"] },
      ],
    });
    const report = await analyze({ experiment: both, source: fromRows(rows, mapping) });
    expect(report.reasons?.macro.map(({ steps }) => steps)).toEqual([
      ["orders", "revenue"],
      ["revenue", "orders"],
    ]);
  });
});
