import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataMapping } from "../../src/core/data-mapping.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { type Engine, fromFile, fromTable } from "../../src/engines/index.js";
import type { ExperimentError } from "../../src/errors/index.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

const files = new Fixtures();
let engine: Engine;
beforeAll(async () => {
  engine = await duckdb({ threads: 2, memoryLimit: "1GB" });
});
afterAll(async () => {
  await engine.close();
  files.remove();
});

const asked = (type = "mean") => request([metric("y", type)], [], ["a", "b"]);
const failure = async (file: string, mapping: DataMapping, kind: "duckdb" | "csv", type?: string) => {
  try {
    await fromFile(file, mapping, { engine: kind }).read(asked(type));
  } catch (error) {
    return error as ExperimentError;
  }
  throw new Error("it read the file");
};

const head = "arm,y,unit\n";
const body = "a,1,u1\na,2,u2\nb,3,u3\n";
const cases: [string, string | Uint8Array, DataMapping, string, string[], RegExp, string?][] = [
  ["an empty file", "", { variant: "arm" }, "empty_data", ["data", "file"], /no unit/],
  ["a header alone", head, { variant: "arm" }, "empty_data", ["data"], /no unit/],
  [
    "a misspelt column",
    head + body,
    { variant: "amr" },
    "missing_column",
    ["data", "variant"],
    /did you mean "arm"/,
  ],
  [
    "another delimiter than any",
    "arm~y\na~1\n",
    { variant: "arm" },
    "missing_column",
    ["data", "variant"],
    /arm~y/,
  ],
  [
    "a variant too many",
    `${head}${body}c,1,u4\n`,
    { variant: "arm" },
    "unmapped_variant",
    ["data", "variant"],
    /received "c".*there are: a, b/,
  ],
  [
    "one arm",
    `${head}a,1,u1\n`,
    { variant: "arm" },
    "single_variant",
    ["data", "variant"],
    /one variant only/,
  ],
  ["NaN", `${head}${body}b,NaN,u4\n`, { variant: "arm" }, "not_finite", ["y"], /y: is not a finite number/],
  ["NaN alone in its arm", `${head}a,1,u1\nb,nan,u4\n`, { variant: "arm" }, "not_finite", ["y"], /finite/],
  ["infinity", `${head}${body}b,-Infinity,u4\n`, { variant: "arm" }, "not_finite", ["y"], /finite/],
  ["text among numbers", `${head}${body}b,n/a,u4\n`, { variant: "arm" }, "not_a_number", ["y"], /"n\/a"/],
  [
    "negative counts",
    `${head}${body}b,-1,u4\n`,
    { variant: "arm" },
    "negative_value",
    ["y"],
    /negative/,
    "count",
  ],
  [
    "conversions of 2",
    head + body,
    { variant: "arm" },
    "not_binary",
    ["y"],
    /0 or 1.*\(received "2"/,
    "conversion",
  ],
  [
    "a repeated unit",
    `${head}${body}b,9,u3\n`,
    { variant: "arm", unit: "unit" },
    "duplicate_unit",
    ["data", "unit"],
    /several rows in a table/,
  ],
  ["short rows", `${head}${body}b\n`, { variant: "arm" }, "unreadable_data", ["data", "file"], /column/i],
  [
    "long rows",
    `${head}${body}b,1,2,3,4\n`,
    { variant: "arm" },
    "unreadable_data",
    ["data", "file"],
    /column/i,
  ],
  [
    "damaged UTF-8",
    Buffer.concat([Buffer.from(`${head}${body}été,1,u\n`), Buffer.from([0xe9, 0x2c, 0x31, 0x2c, 0x75])]),
    { variant: "arm" },
    "wrong_encoding",
    ["data", "file"],
    /utf-?8/i,
  ],
  [
    "something that is not a version",
    head + body,
    { variant: "arm", version: "unit" },
    "out_of_range",
    ["unit"],
    /whole number/,
  ],
];

describe.each(["duckdb", "csv"] as const)("bad files, read by %s", (kind) => {
  it.each(cases)("%s", async (name, content, mapping, code, path, message, type) => {
    const file = files.file(`${name}.csv`, content);
    const error = await failure(file, mapping, kind, type);
    expect(error).toMatchObject({ name: "ExperimentError", code, path });
    expect(error.message).toMatch(message);
  });

  it("a row too short far down the file", async () => {
    const file = files.file("long.csv", `${head}${body.repeat(20_000)}b\n`);
    const error = await failure(file, { variant: "arm" }, kind);
    expect(error).toMatchObject({ code: "unreadable_data" });
    expect(error.message).toMatch(/60002/);
  });

  it("no such file", async () => {
    expect(await failure("nowhere.csv", { variant: "arm" }, kind)).toMatchObject({
      code: "missing_file",
      path: ["data", "file"],
    });
  });

  it("a kind of file that neither reads", async () => {
    const file = files.file("book.xlsx", "PK");
    expect(await failure(file, { variant: "arm" }, kind)).toMatchObject({
      code: "unsupported_file",
      path: ["data", "file"],
    });
  });

  it("something that is not gzip", async () => {
    const file = files.file("plain.csv.gz", head + body);
    expect(await failure(file, { variant: "arm" }, kind)).toMatchObject({
      code: "unreadable_data",
      path: ["data", "file"],
    });
  });

  it("a mapping without a file", async () => {
    const source = () => fromFile(undefined, { variant: "arm" }, { engine: kind }).read(asked());
    await expect(source()).rejects.toMatchObject({ code: "missing_relation", path: ["data"] });
  });

  it("units in two variants are counted, the rest is read", async () => {
    const file = files.file("two.csv", `${head}${body}b,4,u4\na,9,u4\n`);
    const { excluded, cells } = await fromFile(file, { variant: "arm", unit: "unit" }, { engine: kind }).read(
      asked(),
    );
    expect(excluded).toEqual({ seen_in_two_variants: 1 });
    expect(cells.map(({ variant, units }) => [variant, units])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });

  it("missing outcomes are counted and left out of their metric only", async () => {
    const file = files.file("gaps.csv", `${head}${body}b,,u4\nb,  ,u5\n`);
    const { excluded, cells } = await fromFile(file, { variant: "arm" }, { engine: kind }).read(asked());
    expect(excluded).toEqual({ missing_y: 2 });
    expect(cells[1]).toMatchObject({ units: 3, moments: [{ n: 1, mean: [3], comoment: [0] }] });
  });

  it("names that could break out of their quotes are only names", async () => {
    const column = `y"; DROP TABLE x; --'`;
    const file = files.file("hostile.csv", `"ar'm","${column.replaceAll('"', '""')}"\n"a'",1\n"a'",2\nb,4\n`);
    const wanted = request([metric("y", "mean", { column })], [], ["it's", "b"]);
    const mapping = { variant: { column: "ar'm", values: { "a'": "it's" } } };
    const { cells } = await fromFile(file, mapping, { engine: kind }).read(wanted);
    expect(cells.map(({ variant, units }) => [variant, units])).toEqual([
      ["it's", 2],
      ["b", 1],
    ]);
  });

  it("stops when asked to, and reports progress within 0 and 1", async () => {
    const file = files.file("many.csv", head + body.repeat(4000));
    const source = fromFile(file, { variant: "arm" }, { engine: kind });
    await expect(source.read({ ...asked(), signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow(
      "enough",
    );
    const seen: number[] = [];
    await source.read({ ...asked(), onProgress: (done) => seen.push(done) });
    expect(seen.every((done) => done >= 0 && done <= 1)).toBe(true);
    if (kind === "csv") expect(seen.at(-1)).toBeCloseTo(1, 1);
  });
});

describe("files only one of them reads", () => {
  it("Parquet without DuckDB: says what to install", async () => {
    const error = await failure(files.file("x.parquet", "PAR1"), { variant: "arm" }, "csv");
    expect(error).toMatchObject({ code: "needs_duckdb", path: ["data", "file"] });
    expect(error.message).toMatch(/npm install @duckdb\/node-api/);
  });

  it("something that is not Parquet", async () => {
    expect(await failure(files.file("y.parquet", head), { variant: "arm" }, "duckdb")).toMatchObject({
      code: "unreadable_data",
    });
  });

  it("several files by a pattern, with DuckDB", async () => {
    files.file("part-1.csv", head + body);
    files.file("part-2.csv", head + body);
    const { cells } = await fromTable(engine, { file: `${files.folder}/part-*.csv`, variant: "arm" }).read(
      asked(),
    );
    expect(cells.map(({ units }) => units)).toEqual([4, 2]);
  });
});

describe("DuckDB", () => {
  it("a table that does not exist", async () => {
    await expect(fromTable(engine, { table: "no.such", variant: "arm" }).read(asked())).rejects.toMatchObject(
      {
        code: "missing_table",
        path: ["data", "table"],
      },
    );
  });

  it("a column of dates where numbers are wanted", async () => {
    await engine.query(
      "CREATE TABLE dated AS SELECT 'a' AS arm, DATE '2026-01-31' AS y UNION ALL SELECT 'b', NULL",
    );
    await expect(fromTable(engine, { table: "dated", variant: "arm" }).read(asked())).rejects.toMatchObject({
      code: "not_a_number",
      path: ["y"],
      received: "2026-01-31",
    });
  });

  it("a long query is interrupted", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("enough")), 100);
    const long = engine.query("SELECT sum(a.range * b.range) AS s FROM range(1000000) a, range(100000) b", {
      signal: abort.signal,
    });
    await expect(long).rejects.toThrow("enough");
    expect(await engine.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("a query it refuses carries its message", async () => {
    await expect(engine.query("SELEC")).rejects.toMatchObject({ code: "query_failed" });
    await expect(engine.query("SELEC")).rejects.toThrow(/syntax error/i);
  });

  it("a database that cannot be opened", async () => {
    await expect(duckdb({ path: `${files.folder}/no/such/folder/x.db` })).rejects.toMatchObject({
      code: "unreadable_data",
      path: ["path"],
    });
  });
});
