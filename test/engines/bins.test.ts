import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRows } from "../../src/analysis/index.js";
import type { Cells, CellsRequest, Source } from "../../src/core/cells.js";
import type { EventsMapping, TableMapping } from "../../src/core/data-mapping.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromEvents, fromFile, fromTable } from "../../src/engines/index.js";
import { ExperimentError } from "../../src/errors/index.js";
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

const ages = [11.5, 12, 23.999, 24, null, 80, -3];
const rows: Row[] = Array.from({ length: 210 }, (_, i) => ({
  unit: `u${i}`,
  arm: i % 2 ? "a" : "b",
  at: "2026-01-01",
  Age: ages[i % ages.length] ?? null,
  city: i % 10 === 0 ? null : `c${i % 30}`,
  y: (i * 7) % 5,
}));
const dimensions = {
  age: { column: "Age", edges: [12, 24] },
  city: { column: "city", keep: ["c1", "c7"] },
} as const;
const table: TableMapping = { variant: "arm", dimensions };
const asked = request([metric("y", "mean")], ["age", "city"], ["a", "b"]);
const types = { Age: "DOUBLE PRECISION", y: "DOUBLE PRECISION" };

/** The same rows, binned by hand. */
const byHand = rows.map(({ Age = null, ...row }) => {
  const age = Age === null ? null : Number(Age);
  return {
    ...row,
    age: age === null ? null : age < 12 ? "< 12" : age < 24 ? "12 – < 24" : "≥ 24",
    city: row.city === null || ["c1", "c7"].includes(String(row.city)) ? (row.city ?? null) : "(other)",
  };
});

const answerOf = async (source: Source, wanted: CellsRequest = asked) => {
  const { cells, excluded } = (await source.read(wanted)) as Cells;
  return {
    excluded,
    cells: cells.map(({ variant, levels, units, moments }) => ({
      ...{ variant, levels, units },
      moments: moments.map(({ n, mean }) => [n, ...mean.map((each) => each.toPrecision(11))]),
    })),
  };
};

describe("a dimension that is made of a column", () => {
  it.each([
    ["rows", table],
    ["units", { ...table, unit: "unit" }],
  ])("is read alike wherever a table of %s lies", async (name, mapping) => {
    const expected = await answerOf(fromRows(byHand, { ...mapping, dimensions: ["age", "city"] }));
    expect(expected.cells.map(({ levels }) => levels.join())).toContain("12 – < 24,(other)");
    expect(expected.cells.map(({ levels }) => levels.join())).toContain("(missing),c7");
    const csv = files.csv(`${name}.csv`, rows);
    const parquet = await files.parquet(duck, `${name}.parquet`, rows, types);
    const sources = [
      fromRows(rows, mapping),
      fromFile(csv, mapping, { engine: "csv" }),
      fromFile(csv, mapping, { engine: "duckdb" }),
      fromFile(parquet, mapping),
    ];
    for (const engine of [duck, server]) {
      await createTable(engine, name, rows, "TEXT", types);
      sources.push(fromTable(engine, { ...mapping, table: name }));
    }
    for (const source of sources) expect(await answerOf(source)).toEqual(expected);
  });

  it("is read alike of exposures", async () => {
    const events: Row[] = rows.map(({ unit, y }) => ({
      unit: unit ?? null,
      at: "2026-01-02",
      name: "buy",
      value: y ?? null,
    }));
    const mapping: EventsMapping = {
      exposures: { unit: "unit", variant: "arm", at: "at", dimensions },
      events: { unit: "unit", at: "at", event: "name" },
    };
    const bought = request([metric("y", "mean", { event: "buy" })], ["age", "city"], ["a", "b"]);
    const plain = { ...mapping, exposures: { ...mapping.exposures, dimensions: ["age", "city"] } };
    const expected = await answerOf(fromRows({ exposures: byHand, events }, plain), bought);
    const both = { exposures: files.csv("seen.csv", rows), events: files.csv("done.csv", events) };
    const sources = [
      fromRows({ exposures: rows, events }, mapping),
      fromFile(both, mapping, { engine: "csv" }),
      fromFile(both, mapping, { engine: "duckdb" }),
    ];
    for (const engine of [duck, server]) {
      await createTable(engine, "seen", rows, "TEXT", types);
      await createTable(engine, "done", events, "TEXT", { value: "DOUBLE PRECISION" });
      const tables = {
        ...mapping,
        exposures: { ...mapping.exposures, table: "seen" },
        events: { ...mapping.events, table: "done" },
      };
      sources.push(fromEvents(engine, tables));
    }
    for (const source of sources) expect(await answerOf(source, bought)).toEqual(expected);
  });

  it("puts times together by day, week and month, in UTC and in their order", async () => {
    const times = [
      "2026-01-04T23:59:59.999999Z",
      "2026-01-05",
      "2026-02-01 01:00+02:00",
      "1770000000",
      "2027-01-03",
      null,
    ];
    const levels = {
      day: ["2026-01-04", "2026-01-05", "2026-01-31", "2026-02-02", "2027-01-03", null],
      week: ["2025-12-29", "2026-01-05", "2026-01-26", "2026-02-02", "2026-12-28", null],
      month: ["2026-01", "2026-01", "2026-01", "2026-02", "2027-01", null],
    };
    const joined = rows.map((row, i) => ({ ...row, joined: times[i % times.length] ?? null }));
    const file = files.csv("joined.csv", joined);
    for (const by of ["day", "week", "month"] as const) {
      const mapping = { variant: "arm", dimensions: { cohort: { column: "joined", by } } };
      const wanted = request([metric("y", "mean")], ["cohort"], ["a", "b"]);
      const made = joined.map((row, i) => ({ ...row, cohort: levels[by][i % times.length] ?? null }));
      const expected = await answerOf(fromRows(made, { variant: "arm", dimensions: ["cohort"] }), wanted);
      await createTable(server, `joined_${by}`, joined, "TEXT", types);
      const sources = [
        fromRows(joined, mapping),
        fromFile(file, mapping, { engine: "csv" }),
        fromFile(file, mapping, { engine: "duckdb" }),
        fromTable(server, { ...mapping, table: `joined_${by}` }),
      ];
      for (const source of sources) {
        expect(source.ordered).toEqual({ cohort: {} });
        expect(await answerOf(source, wanted)).toEqual(expected);
      }
    }
    for (const engine of ["csv", "duckdb"] as const)
      await expect(
        fromFile(
          files.csv("never.csv", [...joined, { ...joined[0], joined: "soon" }]),
          { variant: "arm", dimensions: { cohort: { column: "joined", by: "day" } } },
          { engine },
        ).read(request([metric("y", "mean")], ["cohort"], ["a", "b"])),
      ).rejects.toMatchObject({ code: "not_a_time", path: ["joined"], received: "soon" });
  });

  it("makes cohorts of the first exposure", async () => {
    const exposures: Row[] = rows.flatMap(({ unit = null, arm = null }, i) =>
      [9 + (i % 20), 3 + (i % 20)].map((day) => ({
        ...{ unit, arm },
        at: `2026-03-${String(day).padStart(2, "0")}T12:00:00Z`,
      })),
    );
    const events: Row[] = rows.map(({ unit = null }, i) => ({
      unit,
      at: "2026-05-01",
      name: "buy",
      value: i % 9,
    }));
    const mapping: EventsMapping = {
      exposures: {
        unit: "unit",
        variant: "arm",
        at: "at",
        dimensions: { cohort: { column: "at", by: "week" } },
      },
      events: { unit: "unit", at: "at", event: "name" },
    };
    const wanted = request([metric("y", "mean", { event: "buy" })], ["cohort"], ["a", "b"]);
    const expected = await answerOf(fromRows({ exposures, events }, mapping), wanted);
    const unitsIn = (week: string) =>
      expected.cells.reduce((sum, { levels, units }) => sum + (levels[0] === week ? units : 0), 0);
    expect(["2026-03-02", "2026-03-09", "2026-03-16"].map(unitsIn)).toEqual([66, 74, 70]);
    const both = { exposures: files.csv("first.csv", exposures), events: files.csv("bought.csv", events) };
    await createTable(server, "first", exposures, "TEXT");
    await createTable(server, "bought", events, "TEXT", { value: "DOUBLE PRECISION" });
    const sources = [
      fromFile(both, mapping, { engine: "csv" }),
      fromFile(both, mapping, { engine: "duckdb" }),
      fromEvents(server, {
        exposures: { ...mapping.exposures, table: "first" },
        events: { ...mapping.events, table: "bought" },
      }),
    ];
    for (const source of sources) expect(await answerOf(source, wanted)).toEqual(expected);
  });

  it("reads numbers as the table is declared to be written", async () => {
    const french = rows.map((row) => ({
      ...row,
      Age: row.Age === null ? "NA" : String(row.Age).replace(".", ","),
    }));
    const declared = { ...table, decimal: ",", missing: ["NA"] } as const;
    const expected = await answerOf(fromRows(byHand, { variant: "arm", dimensions: ["age", "city"] }));
    const file = files.csv("french.csv", french);
    for (const engine of ["csv", "duckdb"] as const)
      expect(await answerOf(fromFile(file, declared, { engine }))).toEqual(expected);
  });

  it("is refused where the column is not there, or holds no numbers", async () => {
    const file = files.csv(
      "words.csv",
      rows.map((row) => ({ ...row, Age: "old" })),
    );
    for (const engine of ["csv", "duckdb"] as const) {
      await expect(fromFile(file, table, { engine }).read(asked)).rejects.toMatchObject({
        ...{ code: "not_a_number", path: ["Age"], received: "old" },
      });
      const other = { ...table, dimensions: { ...dimensions, age: { column: "age", edges: [1] } } };
      const error = await fromFile(file, other, { engine })
        .read(asked)
        .catch((thrown: unknown) => thrown);
      if (!(error instanceof ExperimentError)) throw error;
      expect(error).toMatchObject({
        code: "missing_column",
        path: ["data", "dimensions", "age"],
        near: "Age",
      });
      expect(error.message).not.toContain("essai bin");
    }
  });

  it.each([
    [{ column: "Age" }, "missing_value"],
    [{ column: "Age", edges: [12, 12] }, "out_of_range"],
    [{ column: "Age", edges: [1], keep: ["x"] }, "conflicting_keys"],
    [{ column: "Age", edge: [1] }, "unknown_key"],
    [{ column: "Age", by: "week", edges: [1] }, "conflicting_keys"],
    [{ column: "Age", by: "week", ordered: false }, "conflicting_keys"],
    [{ column: "Age", by: "year" }, "unknown_name"],
  ])("%j is refused", (age, code) => {
    const mapping = { variant: "arm", dimensions: { age } } as TableMapping;
    expect(() => fromRows(rows, mapping)).toThrow(expect.objectContaining({ code }));
  });
});
