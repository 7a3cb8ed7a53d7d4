import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze, fromCells, fromRows, type Report } from "../../src/analysis/index.js";
import type { Cells, Source } from "../../src/core/cells.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromEvents, fromFile } from "../../src/engines/index.js";
import { defineExperiment } from "../../src/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { toCsv, toHtml, toJson, toMarkdown, toText } from "../../src/report/index.js";
import { postgres } from "../sql/support/postgres.js";
import { createTable } from "../sql/support/tables.js";
import { Fixtures } from "./support/fixtures.js";
import type { Row } from "./support/messy.js";

const files = new Fixtures();
let duck: Engine;
let server: Engine;
beforeAll(async () => {
  [duck, server] = await Promise.all([duckdb(), postgres()]);
});
afterAll(async () => {
  await Promise.all([duck.close(), server.close()]);
  files.remove();
});

const definition = defineExperiment({
  key: "basket",
  unit: "visitor",
  control: "old",
  variants: { old: null, new: null },
  metrics: [
    { key: "spend", type: "mean", role: "goal", event: "order", covariates: [{ before: "1 day" }] },
    { key: "order", type: "conversion", role: "guardrail", margin: 0.5 },
    {
      ...{ key: "size", type: "ratio", role: "diagnostic" },
      numerator: { event: "order" },
      denominator: { event: "order", of: "count" },
    },
  ],
  plan: { looks: 1 },
});
const start = 1_700_000_000;

/** A tenth of visitors open the basket whose button is tried, some of them before they are in the test, some in both arms. */
function visits(count: number, effect: number) {
  const random = randomSource("triggers");
  const exposures: Row[] = [];
  const events: Row[] = [];
  for (let i = 0; i < count; i++) {
    const visitor = `v${i}`;
    const arm = i % 2 ? "new" : "old";
    const at = start + i;
    exposures.push({ visitor, arm, at, channel: i % 3 ? "web" : "app" });
    if (i % 97 === 5) exposures.push({ visitor, arm: arm === "new" ? "old" : "new", at, channel: "web" });
    const does = (name: string, after: number, value: number | null = null) =>
      events.push({ visitor, name, at: at + after, value });
    if (i % 41 === 3) does("order", -500, 5);
    if (i % 31 === 2) does("basket", -1000);
    if (i % 29 === 1) does("order", 100, 10 + (i % 7));
    if (random.next() >= 0.1) continue;
    does("basket", 1000 + (i % 13));
    does("basket", 5000);
    const amount = 20 + 5 * sampleNormal(random) + (arm === "new" ? effect : 0);
    if (random.next() < 0.5) does("order", 1500, amount);
  }
  events.push({ visitor: "stranger", name: "order", at: start, value: 1 });
  return { exposures, events };
}
const seen = { unit: "visitor", variant: "arm", at: "at", dimensions: ["channel"] };
const done = { unit: "visitor", event: "name", at: "at" };
const mapping = { exposures: seen, events: done, trigger: "basket" } as const;
const request = { definition, metrics: definition.metrics, dimensions: ["channel"] };

function close(found: Cells, expected: Cells): void {
  for (const key of ["excluded", "trigger", "repeated"] as const) expect(found[key]).toEqual(expected[key]);
  expect(found.cells.length).toBe(expected.cells.length);
  found.cells.forEach(({ moments, ...cell }, at) => {
    const other = expected.cells[at];
    expect(cell).toEqual({ ...other, moments: undefined });
    moments.forEach(({ n, mean, comoment }, i) => {
      const own = other?.moments[i];
      expect(n).toBe(own?.n);
      [...mean, ...comoment].forEach((value, j) => {
        const wanted = [...(own?.mean ?? []), ...(own?.comoment ?? [])][j] ?? Number.NaN;
        expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(wanted)));
      });
    });
  });
}

describe("units that met a trigger", () => {
  it("are read alike in memory, CSV, DuckDB and PostgreSQL", async () => {
    const rows = visits(3000, 0);
    const expected = await fromRows(rows, mapping).read(request);
    expect(expected.excluded.not_triggered).toBeGreaterThan(2000);
    expect(expected.excluded.seen_in_two_variants).toBe(31);
    expect(expected.excluded.events_without_trigger).toBeGreaterThan(50);
    const all = expected.trigger?.all.reduce((sum, { units }) => sum + units, 0);
    expect(all).toBe(3000 - 31);
    const paths = {
      exposures: files.csv("seen.csv", rows.exposures),
      events: files.csv("done.csv", rows.events),
    };
    const sources: Source[] = (["csv", "duckdb"] as const).map((engine) =>
      fromFile(paths, mapping, { engine }),
    );
    for (const engine of [duck, server]) {
      await createTable(engine, "seen", rows.exposures, "TEXT", {});
      await createTable(engine, "done", rows.events, "TEXT", {});
      const tables = { exposures: { ...seen, table: "seen" }, events: { ...done, table: "done" } };
      sources.push(fromEvents(engine, { ...tables, trigger: "basket" }, { buckets: 3 }));
    }
    for (const source of sources) close(await source.read(request), expected);
  });

  it("count from their first trigger on, so that what they did before is not the variant's", async () => {
    const visitors = ["a", "b", "c", "d"];
    const event = (visitor: string, name: string, after: number, value: number | null) => ({
      ...{ visitor, name, value },
      at: start + after,
    });
    const rows = {
      exposures: visitors.map((visitor, i) => ({
        ...{ visitor, arm: i % 2 ? "new" : "old", at: start, channel: "web" },
      })),
      events: visitors.flatMap((visitor, i) => [
        event(visitor, "order", 5, 100),
        event(visitor, "basket", 10, null),
        event(visitor, "order", 20 + i, 7),
      ]),
    };
    const { cells } = await fromRows(rows, mapping).read(request);
    expect(cells.map(({ moments }) => moments[0]?.mean[0])).toEqual([7, 7]);
  });
});

describe("a report of units that met a trigger", () => {
  const rows = visits(12_000, 4);
  const reportOf = (source: Source) => analyze({ experiment: definition, source });
  const spend = ({ macro }: Report) => macro[0]!.difference;

  it("dilutes differences to all units, more precisely than all units would tell", async () => {
    const report = await reportOf(fromRows(rows, mapping));
    const { trigger: _, ...everyone } = mapping;
    const all = await reportOf(fromRows(rows, everyone));
    const { planned, others } = spend(report);
    const diluted = others?.diluted;
    if (diluted?.status !== "ok" || planned.status !== "ok") throw new Error("no estimate");
    const { units, of } = report.triggered!;
    expect(of).toBe(all.arms.reduce((sum, arm) => sum + arm.units, 0));
    expect(diluted.value).toBeCloseTo((planned.value * units) / of, 12);
    expect(diluted.pValue).toBe(planned.pValue);
    const whole = spend(all).planned;
    if (whole.status !== "ok") throw new Error(whole.status);
    // The same effect in the same units; whoever never met the trigger only adds noise.
    expect(Math.abs(diluted.value - whole.value)).toBeLessThan(3 * whole.standardError);
    expect(diluted.standardError).toBeLessThan(whole.standardError);
    expect(diluted.interval[0]).toBeLessThan(diluted.value);
    const size = report.macro.find(({ metric }) => metric === "size");
    expect(size?.difference.others?.diluted).toBeUndefined();
  });

  it("checks the shares of those that met it and of all, and says both in every format and language", async () => {
    const report = await reportOf(fromRows(rows, mapping));
    expect(report.checks[0]?.observed).toEqual(report.arms.map(({ units }) => units));
    expect(report.triggered?.checks[0]).toMatchObject({ status: "passed" });
    const share = `of ${report.triggered!.of.toLocaleString("en")} units`;
    for (const text of [toText(report), toMarkdown(report), await toHtml(report)]) {
      expect(text).toContain(share);
      expect(text).toContain("over all units, those that never met the trigger among them");
    }
    expect(toText(report, { lang: "fr" })).toMatch(/y compris celles sans déclencheur/);
    expect(toCsv(report)).toMatch(/^diluted,spend,/m);
    expect(toCsv(report)).toMatch(/^triggered,,.*,ok,basket,0\.0991/m);
    expect(JSON.parse(toJson(report)).triggered.event).toBe("basket");
  });

  it("fails the check where the variant sends more units to the trigger", async () => {
    const kept = ({ visitor, name }: Row) =>
      name !== "basket" ||
      Number(String(visitor).slice(1)) % 10 > 5 ||
      Number(String(visitor).slice(1)) % 2 === 0;
    const report = await reportOf(fromRows({ ...rows, events: rows.events.filter(kept) }, mapping));
    expect(report.checks[0]?.status).toBe("failed");
    expect(report.triggered?.checks[0]?.status).toBe("passed");
    expect(report.recommendation.rule).toBe("srm");
  });

  it("comes back from cells that were kept", async () => {
    const cells = await fromRows(rows, mapping).read({ ...request, dimensions: [] });
    const again = await reportOf(fromCells(JSON.parse(JSON.stringify(cells))));
    const first = await reportOf(fromRows(rows, mapping));
    expect(again.triggered).toEqual(first.triggered);
    expect(spend(again).others?.diluted).toEqual(spend(first).others?.diluted);
  });

  it("is refused beside clusters and effects over time", () => {
    for (const [bad, other] of [
      [{ ...mapping, time: { days: 14 } }, "time"],
      [{ ...mapping, exposures: { ...seen, cluster: "house" } }, "cluster"],
    ] as const)
      expect(() => fromRows({ exposures: [], events: [] }, bad)).toThrow(
        new RegExp(`data\\.trigger: .*${other}`),
      );
  });
});
