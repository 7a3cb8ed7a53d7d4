import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze, fromRows } from "../../src/analysis/index.js";
import type { Source } from "../../src/core/cells.js";
import type { EventsMapping } from "../../src/core/data-mapping.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromEvents, fromFile, fromTable } from "../../src/engines/index.js";
import type { ExperimentError } from "../../src/errors/index.js";
import { defineExperiment } from "../../src/index.js";
import { toText } from "../../src/report/index.js";
import { postgres } from "../sql/support/postgres.js";
import { createTable } from "../sql/support/tables.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, type Row, request } from "./support/messy.js";

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

const start = Date.UTC(2026, 0, 1);
const at = (hours: number) => new Date(start + hours * 3_600_000).toISOString();
const units = Array.from({ length: 60 }, (_, i) => `u${i}`);
const armOf = (i: number) => (i % 2 ? "b" : "a");

/** What a bot, a tracker that sends again, and a queue that was late leave in a log. */
function log() {
  const exposures: Row[] = units.map((unit, i) => ({ unit, arm: armOf(i), at: at(i) }));
  const events: Row[] = [];
  const order = (unit: string, hours: number, id: string | null, amount: number | null, name = "order") =>
    events.push({ unit, name, at: at(hours), id, amount });
  units.forEach((unit, i) => {
    order(unit, i + 1, `o${i}`, 10 + (i % 5));
    // Sent again as it was, sent again later, sent again with the amount lost: one order.
    if (i % 4 === 0) order(unit, i + 1, `o${i}`, 10 + (i % 5));
    if (i % 6 === 1) order(unit, i + 30, `o${i}`, 99);
    if (i % 12 === 5) order(unit, i + 1, `o${i}`, null);
    // The copy is the one that arrived first, before the unit was exposed.
    if (i % 20 === 9) order(unit, i - 1, `o${i}`, 10);
    // Of another name, or without an id: events of their own.
    if (i % 10 === 2) order(unit, i + 1, `o${i}`, 3, "refund");
    if (i % 15 === 4) for (let k = 0; k < 2; k++) order(unit, i + 2, null, 7);
    if (i % 9 === 8) order(unit, i + 24 * 9, `late${i}`, 50);
  });
  // A bot: in both variants, with many events; none of them counts.
  for (const arm of ["a", "b"]) exposures.push({ unit: "bot", arm, at: at(2) });
  for (let k = 0; k < 40; k++) order("bot", 3 + k, `bot${k % 10}`, 1000);
  // An exposure that is there three times is one.
  for (let k = 0; k < 2; k++) exposures.push({ ...(exposures[3] as Row) });
  order("nobody", 5, "x", 1);
  order("nobody", 5, "x", 1);
  order("", 5, "y", 1);
  events.push({ unit: "u1", name: "order", at: null, id: "z", amount: 1 });
  return { exposures, events };
}

/** A table of one row per unit that is not quite one. */
const wide = (more: readonly Row[]): Row[] => [
  ...units.map((unit, i) => ({ unit, arm: armOf(i), y: i % 7 })),
  ...more,
];

const logMapping: EventsMapping = {
  exposures: { unit: "unit", variant: "arm", at: "at" },
  events: { unit: "unit", event: "name", at: "at", id: "id", value: "amount" },
  windowDays: 7,
};
const definition = (metrics: object[]) =>
  defineExperiment({
    ...{ key: "shop", unit: "unit", control: "a", variants: { a: null, b: null } },
    metrics: metrics as never,
  });
const shop = definition([
  { key: "buyers", type: "conversion", role: "diagnostic", event: "order" },
  { key: "orders", type: "count", role: "goal", event: "order" },
  { key: "revenue", type: "mean", role: "goal", event: "order", value: "amount" },
  { key: "refunds", type: "mean", role: "diagnostic", event: "refund", value: "amount" },
]);
const table = definition([{ key: "y", type: "mean", role: "goal" }]);

/** Every source that reads exposures and events, or a wide table. */
type Make = (
  name: string,
  rows: { exposures: Row[]; events: Row[] } | { wide: Row[] },
  mapping?: EventsMapping,
) => Promise<Source>;

const wideMapping = { unit: "unit", variant: "arm" };
const types = { at: "TIMESTAMP", amount: "DOUBLE", y: "DOUBLE" };
const byTables =
  (engine: () => Engine, kinds: Record<string, string>, buckets: number): Make =>
  async (name, rows, mapping = logMapping) => {
    for (const [key, some] of Object.entries(rows))
      await createTable(engine(), `${name} ${key}`, some, "TEXT", kinds);
    return "wide" in rows
      ? fromTable(engine(), { ...wideMapping, table: `${name} wide` }, { buckets })
      : fromEvents(
          engine(),
          {
            ...mapping,
            exposures: { ...mapping.exposures, table: `${name} exposures` },
            events: { ...mapping.events, table: `${name} events` },
          },
          { buckets },
        );
  };
const byFiles =
  (engine: "duckdb" | "csv", ending: string, buckets?: number): Make =>
  async (name, rows, mapping = logMapping) => {
    const write = (key: string, some: Row[]) =>
      ending === "parquet"
        ? files.parquet(duck, `${name} ${key}.parquet`, some, types)
        : files.csv(`${name} ${key}.${ending}`, some);
    const options = { engine, ...(buckets === undefined ? {} : { buckets }) };
    return "wide" in rows
      ? fromFile(await write("wide", rows.wide), wideMapping, options)
      : fromFile(
          { exposures: await write("exposures", rows.exposures), events: await write("events", rows.events) },
          mapping,
          options,
        );
  };
const sources: Record<string, Make> = {
  "rows in memory": async (_, rows, mapping = logMapping) =>
    "wide" in rows ? fromRows(rows.wide, wideMapping) : fromRows(rows, mapping),
  "the parser, CSV": byFiles("csv", "csv"),
  "the parser, CSV.gz": byFiles("csv", "csv.gz"),
  "DuckDB, CSV": byFiles("duckdb", "csv"),
  "DuckDB, CSV.gz": byFiles("duckdb", "csv.gz"),
  "DuckDB, Parquet": byFiles("duckdb", "parquet"),
  "DuckDB, Parquet in 5 parts": byFiles("duckdb", "parquet", 5),
  "DuckDB, its own tables": byTables(() => duck, types, 1),
  "PostgreSQL, in 3 parts": byTables(
    () => server,
    { ...types, amount: "DOUBLE PRECISION", y: "DOUBLE PRECISION" },
    3,
  ),
};

describe.each(Object.entries(sources))("%s", (name, make) => {
  it("counts and names every event and unit of a log that does not count", async () => {
    const report = await analyze({ experiment: shop, source: await make(`${name} log`, log()) });
    const rows = log();
    const count = (which: (row: Row) => boolean) => rows.events.filter(which).length;
    const repeated = { again: 15, later: 10, lost: 5, early: 3 };
    expect(report.excluded).toEqual({
      seen_in_two_variants: 1,
      events_repeated: repeated.again + repeated.later + repeated.lost + repeated.early,
      events_before_exposure: repeated.early,
      events_after_window: 6,
      events_without_exposure: count(({ unit }) => unit === "nobody"),
      events_without_unit: 1,
      events_without_time: 1,
    });
    const text = toText(report).replace(/\s+/g, " ");
    for (const [reason, units] of Object.entries(report.excluded))
      expect(text).toContain(`${units} ${reason.replaceAll("_", " ")}`);
    // What is left is each order once.
    const orders = report.macro.find(({ metric }) => metric === "orders");
    expect(orders?.units).toEqual([30, 30]);
    expect(orders?.values[0]).toBeCloseTo((30 + 4) / 30, 12);
    expect(orders?.values[1]).toBeCloseTo((30 - 3 + 4) / 30, 12);
    const refunds = report.macro.find(({ metric }) => metric === "refunds");
    expect(refunds?.values[0]).toBeCloseTo((6 * 3) / 30, 12);
  });

  it.each([7, undefined])(
    "an exposure's moment is within a window of %s days, its end is not",
    async (days) => {
      const [day, end] = [86_400_000, 7 * 86_400_000];
      const exposures = units.map((unit, i) => ({
        unit,
        arm: armOf(i),
        at: new Date(start + i * day).toISOString(),
      }));
      const after = (milliseconds: number) =>
        exposures.map(({ unit, at }) => ({
          ...{ unit, name: "order", id: null, amount: 1 },
          at: new Date(Date.parse(at) + milliseconds).toISOString(),
        }));
      const events = [-1, 0, end - 1, end].flatMap(after);
      const { windowDays: _, ...open } = logMapping;
      const source = await make(
        `${name} ${days} days`,
        { exposures, events },
        days === undefined ? open : logMapping,
      );
      const report = await analyze({ experiment: shop, source });
      expect(report.excluded).toEqual({
        events_before_exposure: 60,
        ...(days === undefined ? {} : { events_after_window: 60 }),
      });
      const orders = report.macro.find(({ metric }) => metric === "orders");
      expect(orders?.values).toEqual(days === undefined ? [3, 3] : [2, 2]);
    },
  );

  it("exposures at one moment: the lowest version counts, then the first level by code point, a missing one last", async () => {
    const pairs = [
      [
        ["1", "web"],
        ["1", "app"],
      ],
      [
        ["1", "a"],
        ["1", "Z"],
      ],
      [
        ["1", "é"],
        ["1", "z"],
      ],
      [
        ["1", ""],
        ["1", "web"],
      ],
      [
        ["10", "app"],
        ["9", "web"],
      ],
    ] as const;
    const exposures = units.flatMap((unit, i) => {
      const [one, two] = pairs[(i >> 1) % pairs.length]!;
      return (i % 4 < 2 ? [one, two] : [two, one]).map(([v, channel]) => ({
        ...{ unit, arm: armOf(i), at: at(1), v, channel },
      }));
    });
    const { exposures: seen, ...rest } = logMapping;
    const source = await make(
      `${name} moment`,
      { exposures, events: [{ unit: "u0", name: "order", at: at(2), id: "x", amount: 1 }] },
      { ...rest, exposures: { ...seen, version: "v", dimensions: ["channel"] } },
    );
    const found = await source.read(
      request([metric("orders", "count", { event: "order" })], ["channel"], ["a", "b"]),
    );
    const cells = found.cells.map((cell) => [
      cell.variant,
      cell.definitionVersion,
      cell.levels[0],
      cell.units,
    ]);
    const levels = [
      [1, "Z", 6],
      [1, "app", 6],
      [1, "web", 6],
      [1, "z", 6],
      [9, "web", 6],
    ];
    expect(cells).toEqual(["a", "b"].flatMap((arm) => levels.map((level) => [arm, ...level])));
    expect(found.repeated).toEqual([{ dimension: "channel", units: 48, counted: "first" }]);
  });

  it("counts units of a wide table in two variants, rows without a unit, and missing values", async () => {
    const rows = wide([
      { unit: "u0", arm: "b", y: 1 },
      { unit: "u1", arm: "a", y: 1 },
      { unit: "u1", arm: "a", y: 2 },
      { unit: "", arm: "a", y: 1 },
      { unit: "", arm: "b", y: 1 },
      { unit: "new", arm: "b", y: null },
      { unit: "none", arm: "", y: 4 },
    ]);
    const report = await analyze({ experiment: table, source: await make(`${name} two`, { wide: rows }) });
    expect(report.excluded).toEqual({
      ...{ seen_in_two_variants: 2, missing_unit: 2, missing_y: 1, missing_variant: 1 },
    });
  });

  it("refuses a wide table with several rows of a unit, and names the first and how many there are", async () => {
    const again = ["u7", "u12", "u12", "u33"].map((unit) => ({
      ...{ unit, arm: armOf(Number(unit.slice(1))), y: 5 },
    }));
    const source = await make(`${name} several`, { wide: wide(again) });
    const error = await analyze({ experiment: table, source }).then(
      () => undefined,
      (thrown: ExperimentError) => thrown,
    );
    expect(error).toMatchObject({ code: "duplicate_unit", path: ["data", "unit"], received: "u12" });
    expect(error?.message).toContain('(received "u12", 3 times)');
  });
});
