import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/sources/from-rows.js";
import type { Cells, Source } from "../../src/core/cells.js";
import { fromCsv } from "../../src/engines/csv/index.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import type { Engine } from "../../src/engines/index.js";
import { fromEvents, fromFile, fromTable } from "../../src/engines/index.js";
import { Fixtures } from "./support/fixtures.js";
import {
  difference,
  eventRows,
  eventsMapping,
  eventsRequest,
  metric,
  request,
  wideMapping,
  wideRequest,
  wideRows,
} from "./support/messy.js";

const files = new Fixtures();
let engine: Engine;
let wide: Record<string, Source>;
let happened: Record<string, Source>;
let wideCells: Cells;
let eventCells: Cells;

const wideTypes = { version: "INTEGER", opened: "BOOLEAN", "spend in €": "DOUBLE", orders: "DECIMAL(9, 1)" };
const exposureTypes = { ts: "TIMESTAMP", v: "BIGINT" };
const eventTypes = { ts: "TIMESTAMPTZ", amount: "DOUBLE" };

beforeAll(async () => {
  engine = await duckdb({ threads: 2 });
  const rows = wideRows();
  const { exposures, events } = eventRows();
  const parquet = await files.parquet(engine, "wide.parquet", rows, wideTypes);
  await engine.query(`CREATE TABLE "wide ""table" AS SELECT * FROM read_parquet('${parquet}')`);
  const table = (relation: object) => fromTable(engine, { ...wideMapping, ...relation });
  wide = {
    "DuckDB, CSV": table({ file: files.csv("wide.csv", rows) }),
    "DuckDB, CSV.gz": table({ file: files.csv("wide.csv.gz", rows) }),
    "DuckDB, Parquet": table({ file: parquet }),
    "DuckDB, its own table": table({ table: 'wide "table' }),
    "the parser, CSV": fromCsv({ ...wideMapping, file: files.csv("wide.csv", rows) }),
    "the parser, CSV.gz": fromFile(files.csv("wide.csv.gz", rows), wideMapping, { engine: "csv" }),
    "fromFile with DuckDB": fromFile(files.csv("wide.csv.gz", rows), wideMapping, { threads: 1 }),
    "semicolons and a byte-order mark": fromCsv({
      ...wideMapping,
      file: files.file("wide.txt", `\ufeff${semicolons(rows)}`),
    }),
    "DuckDB, semicolons and a byte-order mark": table({
      file: files.file("again.txt", `\ufeff${semicolons(rows)}`),
    }),
  };
  const pair = (a: string, b: string, buckets?: number) =>
    fromEvents(
      engine,
      {
        ...eventsMapping,
        exposures: { ...eventsMapping.exposures, file: a },
        events: { ...eventsMapping.events, file: b },
      },
      buckets === undefined ? {} : { buckets },
    );
  const csv = [files.csv("exposures.csv", exposures), files.csv("events.csv", events)] as const;
  const gz = [files.csv("exposures.csv.gz", exposures), files.csv("events.csv.gz", events)] as const;
  const parquets = [
    await files.parquet(engine, "exposures.parquet", exposures, exposureTypes),
    await files.parquet(engine, "events.parquet", events, eventTypes),
  ] as const;
  happened = {
    "DuckDB, CSV": pair(...csv),
    "DuckDB, CSV.gz": pair(...gz),
    "DuckDB, Parquet": pair(...parquets),
    "DuckDB, Parquet, in 7 buckets": pair(...parquets, 7),
    "DuckDB, CSV and Parquet": pair(csv[0], parquets[1]),
    "the parser, CSV": fromFile({ exposures: csv[0], events: csv[1] }, eventsMapping, { engine: "csv" }),
    "the parser, CSV.gz": fromFile({ exposures: gz[0], events: gz[1] }, eventsMapping, { engine: "csv" }),
  };
  wideCells = await fromRows(rows, wideMapping).read(wideRequest());
  eventCells = await fromRows({ exposures, events }, eventsMapping).read(eventsRequest());
});

afterAll(async () => {
  await engine.close();
  files.remove();
});

function semicolons(rows: ReturnType<typeof wideRows>): string {
  const cell = (value: unknown) => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const names = Object.keys(rows[0]!);
  return [names, ...rows.map((row) => names.map((name) => row[name]))]
    .map((line) => line.map(cell).join(";"))
    .join("\n");
}

const wideSources = [
  "DuckDB, CSV",
  "DuckDB, CSV.gz",
  "DuckDB, Parquet",
  "DuckDB, its own table",
  "the parser, CSV",
  "the parser, CSV.gz",
  "fromFile with DuckDB",
  "semicolons and a byte-order mark",
  "DuckDB, semicolons and a byte-order mark",
];
const eventSources = [
  "DuckDB, CSV",
  "DuckDB, CSV.gz",
  "DuckDB, Parquet",
  "DuckDB, Parquet, in 7 buckets",
  "DuckDB, CSV and Parquet",
  "the parser, CSV",
  "the parser, CSV.gz",
];

describe("every source gives the same cells", () => {
  it.each(wideSources)("of a wide table: %s", async (name) => {
    const cells = await wide[name]!.read(wideRequest());
    expect(cells.excluded).toEqual(wideCells.excluded);
    expect(difference(wideCells, cells)).toBeLessThan(1e-12);
  });

  it.each(["DuckDB, CSV", "DuckDB, its own table", "the parser, CSV"])(
    "of a wide table whose rows are the units: %s",
    async (name) => {
      const { unit: _unit, version: _version, ...mapping } = wideMapping;
      const asked = { ...wideRequest(), dimensions: [] };
      const file = files.csv("wide.csv", wideRows());
      const sources: Record<string, Source> = {
        "DuckDB, CSV": fromTable(engine, { ...mapping, file }),
        "DuckDB, its own table": fromTable(engine, { ...mapping, table: 'wide "table' }),
        "the parser, CSV": fromCsv({ ...mapping, file }),
      };
      const cells = await sources[name]!.read(asked);
      expect(difference(await fromRows(wideRows(), mapping).read(asked), cells)).toBeLessThan(1e-12);
    },
  );

  it.each(eventSources)("of exposures and events: %s", async (name) => {
    const cells = await happened[name]!.read(eventsRequest());
    expect(cells.excluded).toEqual(eventCells.excluded);
    expect(difference(eventCells, cells)).toBeLessThan(1e-12);
  });

  it("and would notice one that does not", () => {
    const [first, ...rest] = wideCells.cells;
    const spend = first!.moments[1]!;
    const wrong = { ...spend, comoment: [spend.comoment[0]! * (1 + 1e-9)] };
    const moments = first!.moments.map((each, i) => (i === 1 ? wrong : each));
    expect(difference(wideCells, { ...wideCells, cells: [{ ...first!, moments }, ...rest] })).toBeGreaterThan(
      1e-12,
    );
    const skewed = first!.moments.map((each) =>
      each.m3 ? { ...each, m3: each.m3.map((third) => third * 1.001 + 1) } : each,
    );
    expect(
      difference(wideCells, { ...wideCells, cells: [{ ...first!, moments: skewed }, ...rest] }),
    ).toBeGreaterThan(1e-12);
    expect(difference(wideCells, { ...wideCells, cells: rest })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("numbers far from zero", () => {
  it("keep their variance, which Σx² − (Σx)²/n would lose", async () => {
    const rows = Array.from({ length: 4000 }, (_, i) => ({ arm: i % 2 ? "a" : "b", y: 1e9 + (i % 7) / 10 }));
    const file = files.csv("far.csv", rows);
    const asked = request([metric("y", "mean")], [], ["a", "b"]);
    const [cell] = (await fromTable(engine, { file, variant: "arm" }).read(asked)).cells;
    const shifted = rows.filter(({ arm }) => arm === "a").map(({ y }) => y - 1e9);
    const mean = shifted.reduce((a, x) => a + x, 0) / shifted.length;
    const m2 = shifted.reduce((a, x) => a + (x - mean) ** 2, 0);
    expect(cell!.moments[0]!.comoment[0]! / m2).toBeCloseTo(1, 5);
    const [raw] = await engine.query(
      `SELECT sum(x * x) - sum(x) * sum(x) / count(*) AS m2 FROM (SELECT CAST(y AS DOUBLE) AS x FROM read_csv('${file}') WHERE arm = 'a')`,
    );
    expect(Math.abs(Number(raw!.m2) / m2 - 1)).toBeGreaterThan(0.5);
    // Of the third moment nothing would be left, so there is none, rather than a wrong one.
    expect(cell!.moments[0]!.m3).toBeUndefined();
    const near = files.csv(
      "near.csv",
      rows.map((row) => ({ ...row, y: row.y - 1e9 + 50 })),
    );
    const [kept] = (await fromTable(engine, { file: near, variant: "arm" }).read(asked)).cells;
    const m3 = shifted.reduce((a, x) => a + (x - mean) ** 3, 0);
    expect(Math.abs(kept!.moments[0]!.m3![0]! - m3) / (m2 * Math.sqrt(m2 / 2000))).toBeLessThan(1e-4);
  });
});
