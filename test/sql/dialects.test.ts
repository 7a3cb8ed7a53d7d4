import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { CellsRequest } from "../../src/core/cells.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromEvents, fromTable } from "../../src/engines/index.js";
import { aggregates } from "../../src/metrics/aggregates/index.js";
import { microsecondsOf, numberOf } from "../../src/metrics/data/parse.js";
import { type ColumnKind, type Dialect, type DialectName, dialects } from "../../src/sql/index.js";
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
} from "../engines/support/messy.js";
import { nearSpellings, spellings } from "./support/grammar.js";
import { postgres } from "./support/postgres.js";
import { createTable } from "./support/tables.js";

/** The real engine behind each dialect, and what it calls its types. */
const engines = {
  duckdb: { open: () => duckdb({ threads: 2 }), types: { text: "VARCHAR", double: "DOUBLE" } },
  postgres: { open: postgres, types: { text: "TEXT", double: "DOUBLE PRECISION" } },
} satisfies Record<DialectName, { open(): Promise<Engine>; types: { text: string; double: string } }>;

/** One unit in a hundred is treated; keys, names and levels hold quotes, backslashes and letters of other scripts. */
function lopsided() {
  const channels = ["it's", 'sa"y', "back\\slash", "Ünïcödé", "日本語", "", null];
  const keys = ["contr'ôle", 'b"\\ehandlung'];
  const rows = Array.from({ length: 3000 }, (_, i) => ({
    "únit 'id'": `é${i}`,
    'ar"m': keys[i % 100 === 7 ? 1 : 0]!,
    "kanal; --": channels[i % 7]!,
    neu: i % 3 === 0 ? true : i % 3 === 1 ? false : null,
    "spend in €": i % 17 === 0 ? null : ((i * 7919) % 1000) / 8 + 1000,
    visit: (i * 31) % 5 === 0,
  }));
  const asked = request(
    [
      metric("spend", "mean", { column: "spend in €" }),
      metric("visit", "conversion"),
      metric("per_visit", "ratio", { numerator: { column: "spend in €" }, denominator: { column: "visit" } }),
    ],
    ["kanal; --", "neu"],
    keys,
  );
  return { rows, keys, asked };
}

describe.each(Object.keys(dialects) as DialectName[])("the dialect %s, on its engine", (name) => {
  const { types } = engines[name];
  const dialect: Dialect = dialects[name];
  let engine: Engine;
  beforeAll(async () => {
    engine = await engines[name].open();
  });
  afterAll(() => engine.close());

  const same = async (
    source: ReturnType<typeof fromTable>,
    expected: ReturnType<typeof fromRows>,
    asked: CellsRequest,
    tolerance = 1e-12,
  ) => {
    const [found, wanted] = [await source.read(asked), await expected.read(asked)];
    expect(found.excluded).toEqual(wanted.excluded);
    expect(difference(wanted, found)).toBeLessThan(tolerance);
  };

  it("bears the name it is known by", () => {
    expect(dialect.name).toBe(name);
    expect(engine.dialect).toBe(dialect);
  });

  it("quotes names and texts, whatever they hold", async () => {
    for (const text of [
      "a",
      "it's",
      'a"b',
      "b\\c",
      "Ünï'cödé\"",
      "日本 語",
      "-- no comment",
      "line\nbreak",
    ]) {
      const [row] = await engine.query(`SELECT ${dialect.literal(text)} AS ${dialect.identifier(text)}`);
      expect(row).toEqual({ [text]: text });
    }
  });

  it("reads a wide table of typed columns as the reader in memory does", async () => {
    await createTable(engine, "wide", wideRows(), types.text, {
      ...{ version: "INTEGER", opened: "BOOLEAN", "spend in €": types.double, orders: "DECIMAL(9, 1)" },
    });
    await same(
      fromTable(engine, { ...wideMapping, table: "wide" }),
      fromRows(wideRows(), wideMapping),
      wideRequest(),
    );
  });

  it("reads a wide table of texts as the reader in memory does", async () => {
    await createTable(engine, "wide texts", wideRows(), types.text);
    await same(
      fromTable(engine, { ...wideMapping, table: "wide texts" }),
      fromRows(wideRows(), wideMapping),
      wideRequest(),
    );
  });

  it("reads arms of 1 to 99, missing values, and names and levels with quotes and other scripts", async () => {
    const { rows, asked } = lopsided();
    await createTable(engine, 'l"op', rows, types.text, {
      ...{ neu: "BOOLEAN", "spend in €": types.double, visit: "BOOLEAN" },
    });
    for (const mapping of [{ variant: 'ar"m' }, { variant: 'ar"m', unit: "únit 'id'" }])
      await same(fromTable(engine, { ...mapping, table: 'l"op' }), fromRows(rows, mapping), asked, 1e-11);
  });

  it.each([1, 7])(
    "reads exposures and events as the reader in memory does, in %i buckets",
    async (buckets) => {
      const { exposures, events } = eventRows();
      const tables = { exposures: `exposures ${buckets}`, events: `events ${buckets}` };
      await createTable(engine, tables.exposures, exposures, types.text, { ts: "TIMESTAMP", v: "BIGINT" });
      await createTable(engine, tables.events, events, types.text, {
        ts: "TIMESTAMP WITH TIME ZONE",
        amount: types.double,
      });
      const mapping = {
        ...eventsMapping,
        exposures: { ...eventsMapping.exposures, table: tables.exposures },
        events: { ...eventsMapping.events, table: tables.events },
      };
      await same(
        fromEvents(engine, mapping, { buckets }),
        fromRows({ exposures, events }, eventsMapping),
        eventsRequest(),
      );
    },
  );

  it("reads exposures and events of texts as the reader in memory does", async () => {
    const { exposures, events } = eventRows();
    await createTable(engine, "exposures as text", exposures, types.text);
    await createTable(engine, "events as text", events, types.text);
    const mapping = {
      ...eventsMapping,
      exposures: { ...eventsMapping.exposures, table: "exposures as text" },
      events: { ...eventsMapping.events, table: "events as text" },
    };
    await same(fromEvents(engine, mapping), fromRows({ exposures, events }, eventsMapping), eventsRequest());
  });

  it("reads times with zones, without, and as numbers, alike", async () => {
    const moment = Date.UTC(2026, 2, 29, 1, 30, 0) * 1000;
    const moments = [
      "2026-03-29T01:30:00Z",
      "2026-03-29 03:30:00+02:00",
      "2026-03-28T20:30:00-0500",
      "2026-03-29 01:30:00",
      "2026-03-29T01:30:00.000000",
      " 2026-03-29T01:30Z ",
      String(moment / 1e6),
      String(moment / 1e3),
      String(moment),
    ];
    for (const text of moments) {
      const x = dialect.literal(text);
      const [row] = await engine.query(
        `SELECT ${dialect.time("x", "text")} AS t FROM (SELECT CAST(${x} AS ${types.text}) AS x) AS one`,
      );
      expect([text, Number(row!.t)]).toEqual([text, moment]);
    }
    for (const type of ["TIMESTAMP WITH TIME ZONE", "TIMESTAMP"]) {
      const [row] = await engine.query(
        `SELECT ${dialect.time("x", dialect.kind(type))} AS t FROM (SELECT CAST('2026-03-29 01:30:00.000001' AS ${type}) AS x) AS one`,
      );
      expect(Number(row!.t)).toBe(moment + 1);
    }
  });

  const cells: readonly [text: string | null, ColumnKind, number | null][] = [
    ["12.5", "text", 12.5],
    [" -3e2 ", "text", -300],
    [".5", "text", 0.5],
    ["TRUE", "text", 1],
    ["false", "text", 0],
    ["", "text", null],
    ["  ", "text", null],
    [null, "text", null],
    ["7", "number", 7],
    ["true", "boolean", 1],
    ["false", "boolean", 0],
    [null, "boolean", null],
  ];
  it.each(cells)("reads %j of a column of %s as the number %j", async (text, kind, expected) => {
    const column = { text: types.text, number: types.double, boolean: "BOOLEAN" }[kind as "text"];
    const x = text === null ? "NULL" : dialect.literal(text);
    for (const strict of [true, false]) {
      const [row] = await engine.query(
        `SELECT ${dialect.number("x", kind, strict)} AS y FROM (SELECT CAST(${x} AS ${column}) AS x) AS one`,
      );
      expect(row!.y).toBe(expected);
    }
  });

  it.each(["number", "time"] as const)(
    "reads every %s of the grammar, and everything near it, as JavaScript does",
    async (kind) => {
      const own = { number: numberOf, time: microsecondsOf }[kind];
      const texts = [...spellings[kind], ...nearSpellings(kind, 4000)];
      const values = texts.map((text, i) => `(${i}, ${dialect.literal(text)})`).join(", ");
      const rows = await engine.query(
        `SELECT CAST(i AS VARCHAR) AS i, ${dialect[kind]("x", "text", false)} AS y FROM (VALUES ${values}) AS t(i, x)`,
      );
      const read = new Map(rows.map(({ i, y }) => [Number(i), y]));
      const wrong = texts.flatMap((text, i) => {
        const expected = own(text) ?? null;
        const found = read.get(i) === null ? null : Number(read.get(i));
        const both = [expected, found].map((each) =>
          each === null || Number.isFinite(each) ? each : "not finite",
        );
        return both[0] === both[1] ? [] : [[text, ...both]];
      });
      expect(wrong).toEqual([]);
    },
  );

  it.each(["twelve", "1,5", "0x10", "1 2"])(
    "fails on the text %j, or gives nothing where it must not fail",
    async (text) => {
      const from = `FROM (SELECT CAST(${dialect.literal(text)} AS ${types.text}) AS x) AS one`;
      await expect(engine.query(`SELECT ${dialect.number("x", "text")} AS y ${from}`)).rejects.toThrow();
      expect(await engine.query(`SELECT ${dialect.number("x", "text", false)} AS y ${from}`)).toEqual([
        { y: null },
      ]);
    },
  );

  it.each(["tomorrow", "now", "2026-1-1", "29.03.2026"])(
    "fails on the time %j, or gives nothing",
    async (text) => {
      const from = `FROM (SELECT CAST(${dialect.literal(text)} AS ${types.text}) AS x) AS one`;
      await expect(engine.query(`SELECT ${dialect.time("x", "text")} AS y ${from}`)).rejects.toThrow();
      expect(await engine.query(`SELECT ${dialect.time("x", "text", false)} AS y ${from}`)).toEqual([
        { y: null },
      ]);
    },
  );

  it.each([
    ["nan", false],
    ["Infinity", false],
    ["-inf", false],
    ["1e300", true],
    ["0", true],
  ])("tells whether %s is finite: %j", async (text, expected) => {
    const x = dialect.number("x", "text", false);
    const [row] = await engine.query(
      `SELECT CASE WHEN ${dialect.isFinite(x)} THEN 1 ELSE 0 END AS y FROM (SELECT CAST(${dialect.literal(text)} AS ${types.text}) AS x) AS one`,
    );
    expect(row!.y).toBe(expected ? 1 : 0);
  });

  it("puts texts in the order of their code points, missing ones last, whatever the engine's own order", async () => {
    const rows = ["b", "B", "a", "_", "Ä", "Z", null].map(
      (text) =>
        `SELECT ${text === null ? "CAST(NULL AS VARCHAR)" : `CAST(${dialect.literal(text)} AS VARCHAR)`} AS x`,
    );
    const first = (condition: string) =>
      engine.query(
        `SELECT ${dialect.first([{ x: "x", kind: "text" }], 0)} AS y FROM (${rows.join(" UNION ALL ")}) AS texts WHERE ${condition}`,
      );
    expect(await first("x IS NULL OR x <> ''")).toEqual([{ y: "B" }]);
    expect(await first("x IS NULL OR x IN ('Ä')")).toEqual([{ y: "Ä" }]);
    expect(await first("x IN ('a', '_')")).toEqual([{ y: "_" }]);
    expect(await first("x IS NULL")).toEqual([{ y: null }]);
  });

  it("spreads texts evenly over buckets", async () => {
    const ids = Array.from({ length: 4000 }, (_, i) => `(${dialect.literal(`unit-${i}`)})`);
    const rows = await engine.query(
      `SELECT ${dialect.bucket("x", 8)} AS b, count(*) AS n FROM (VALUES ${ids.join(", ")}) AS ids(x) GROUP BY ${dialect.bucket("x", 8)}`,
    );
    const counts = new Map(rows.map(({ b, n }) => [Number(b), Number(n)]));
    expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (const n of counts.values()) expect(Math.abs(n - 500)).toBeLessThan(4.5 * Math.sqrt(500 * (7 / 8)));
  });

  const events = [
    { counts: true, amount: 2.5 },
    { counts: false, amount: 100 },
    { counts: true, amount: -1 },
    { counts: true, amount: 4 },
  ];
  describe.each(Object.entries(aggregates))("aggregate %s", (_, aggregate) => {
    it.each([
      ["several events", events],
      ["one event", events.slice(0, 1)],
      ["no event that counts", events.slice(1, 2)],
      ["no event", []],
    ])("of %s is the same as in memory", async (_, list) => {
      const expected = list
        .filter(({ counts }) => counts)
        .reduce((sum, { amount }) => aggregate.fold(sum, amount), 0);
      const some = [...list, { counts: false, amount: 0 }].map(
        ({ counts, amount }) => `SELECT ${counts ? 1 : 0} AS c, ${dialect.double(String(amount))} AS a`,
      );
      const [row] = await engine.query(
        `SELECT ${aggregate.sql("c = 1", "a", dialect)} AS y FROM (${some.join(" UNION ALL ")}) AS events`,
      );
      expect(row!.y).toBe(expected);
    });
  });
});
