import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { createGzip, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { analyze, fromCells } from "../../src/analysis/index.js";
import { limits } from "../../src/core/limits.js";
import { defineExperiment } from "../../src/definition/index.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { fromFile, fromTable } from "../../src/engines/index.js";
import { parseBanditRounds, parseBanditState, parseReport } from "../../src/schema/index.js";
import { essai, temporaryFolder } from "../cli/terminal.js";
import { Fixtures } from "./support/fixtures.js";
import { metric, request } from "./support/messy.js";

const files = new Fixtures();
const folder = temporaryFolder();
afterAll(() => files.remove());
const asked = request([metric("y", "mean")], [], ["a", "b"]);
const read = (file: string, engine: "csv" | "duckdb") =>
  fromFile(file, { variant: "arm" }, { engine }).read(asked);
const over = (other: keyof typeof limits, path: readonly (string | number)[]) => ({
  ...{ code: "over_limit", other, path },
  expected: { atMost: limits[other].most },
});

describe.each(["csv", "duckdb"] as const)("limits of files, read by %s", (engine) => {
  it("a row that never ends: an open quote, a header, a file without line ends", async () => {
    const endless = "x".repeat(limits.rowBytes.most + 10);
    const body = "arm,y\na,1\nb,2\n";
    for (const [name, text] of [
      ["quote.csv", `${body}a,"${endless}\nb,1\n`],
      ["header.csv", `arm,y,${endless}`],
      ["field.csv", `${body.repeat(3)}${endless},1\n`],
    ] as const)
      await expect(read(files.file(`${engine}-${name}`, text), engine), name).rejects.toMatchObject(
        over("rowBytes", ["data", "file"]),
      );
  });

  it("more columns than a table has", async () => {
    const names = Array.from({ length: limits.columns.most + 1 }, (_, i) => `c${i}`);
    const file = files.file("columns.csv", `${names}\n${names.map(() => 1)}\n`);
    await expect(read(file, engine)).rejects.toMatchObject(over("columns", ["data", "file"]));
  });

  it("a device, a pipe and a folder", async () => {
    symlinkSync("/dev/zero", join(files.folder, `${engine}-zero.csv`));
    mkdirSync(join(files.folder, `${engine}-folder.csv`));
    execFileSync("mkfifo", [join(files.folder, `${engine}-pipe.csv`)]);
    for (const name of ["zero", "folder", "pipe"])
      await expect(read(join(files.folder, `${engine}-${name}.csv`), engine)).rejects.toMatchObject({
        code: "irregular_file",
        path: ["data", "file"],
      });
  });

  it("a header alone, also packed", async () => {
    for (const [name, text] of [
      ["alone.csv", "arm,y\n"],
      ["alone.csv.gz", gzipSync("arm,y\n")],
    ] as const)
      await expect(read(files.file(name, text), engine)).rejects.toMatchObject({ code: "empty_data" });
  });
});

describe("limits of JSON", () => {
  const deep = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`) as object;
  const round = (context: object) => ({
    ...{
      id: "1",
      experiment: "e",
      definitionVersion: 1,
      unitId: "u",
      occasion: "",
      at: "2026-01-01T00:00:00Z",
    },
    ...{
      action: { variant: "a" },
      propensity: 1,
      actions: ["a"],
      policy: "p",
      stateHash: "h",
      reward: 1,
      context,
    },
  });

  it("what is too deep to walk through is refused by every reader, not walked into", () => {
    const far = deep(100_000);
    const reader: Record<string, () => unknown> = {
      report: () => parseReport(far),
      state: () => parseBanditState(far),
    };
    for (const [name, call] of Object.entries(reader))
      expect(call, name).toThrow(expect.objectContaining(over("jsonDepth", [])));
    expect(() => parseBanditRounds([round(far)])).toThrow(
      expect.objectContaining(over("jsonDepth", ["log", 0])),
    );
    expect(parseBanditRounds([round(deep(90))])).toHaveLength(1);
    expect(() => fromCells(far)).toThrow(expect.objectContaining({ name: "ExperimentError" }));
    expect(() =>
      defineExperiment({ key: "k", unit: "u", control: "a", variants: { a: null, b: far as never } }),
    ).toThrow(expect.objectContaining({ code: "not_json" }));
  });

  it("a file that is too deep, and one that never ends, by the command line", async () => {
    const file = folder.write("deep.json", "[".repeat(200_000) + "]".repeat(200_000));
    for (const args of [
      ["validate", file],
      ["report", file],
      ["analyze", "x.csv", "-e", file],
    ]) {
      const { code, err } = await essai(args);
      expect([code, err]).toEqual([
        1,
        expect.stringMatching(/holds more than 100 lists and objects within each other; write it flatter\n$/),
      ]);
    }
    const lines = folder.write("deep.jsonl", `{"context":${"[".repeat(2000)}${"]".repeat(2000)}}\n`);
    const e = folder.write("e.json", { key: "e", unit: "u", control: "a", variants: { a: 1, b: 2 } });
    const log = await essai(["analyze", "--decisions", lines, "-e", e]);
    expect([log.code, log.err]).toEqual([1, expect.stringContaining("holds more than 100 lists")]);
    const long = folder.write("long.jsonl", `"${"x".repeat(limits.rowBytes.most + 70_000)}`);
    const line = await essai(["analyze", "--decisions", long, "-e", e]);
    expect([line.code, line.err]).toEqual([1, expect.stringContaining("bytes in one row")]);
  });

  it("a pipe may hold JSON", async () => {
    const pipe = folder.path("pipe.json");
    execFileSync("mkfifo", [pipe]);
    const writer = spawn("sh", [
      "-c",
      `printf '{"key":"e","unit":"u","control":"a","variants":{"a":1,"b":2}}' > ${pipe}`,
    ]);
    const { code } = await essai(["validate", pipe]);
    if (writer.exitCode === null) await once(writer, "exit");
    expect(code).toBe(0);
  });
});

describe("limits of columns and levels", () => {
  it("a column of lists or records is refused where it is mapped, and does no harm beside", async () => {
    const engine = await duckdb();
    const types = "[1, 2] AS list, {'a': 1} AS record, MAP {'k': 'v'} AS map";
    const file = join(files.folder, "nested.parquet");
    await engine.query(
      `COPY (SELECT CASE WHEN range % 2 = 0 THEN 'a' ELSE 'b' END AS arm, range AS y, ${types} FROM range(4)) TO '${file}' (FORMAT parquet)`,
    );
    const source = (mapping: object) => fromTable(engine, { file, variant: "arm", ...mapping });
    for (const column of ["list", "record", "map"]) {
      const told = { code: "nested_column", path: [column] };
      const by = { ...asked, dimensions: [column] };
      await expect(source({}).read(by)).rejects.toMatchObject(told);
      await expect(source({ unit: column }).read(asked)).rejects.toMatchObject(told);
      const wanted = request([metric("y", "mean", { column })], [], ["a", "b"]);
      await expect(source({}).read(wanted)).rejects.toMatchObject(told);
    }
    expect((await source({}).read(asked)).cells.map(({ units }) => units)).toEqual([2, 2]);
    await engine.close();
  });

  it("a dimension that is unique to each unit, one group each", async () => {
    const engine = await duckdb();
    await engine.query(
      `CREATE TABLE wide AS SELECT 'a' AS arm, range AS y, range AS id FROM range(${limits.groups.most + 5})`,
    );
    const by = { ...asked, dimensions: ["id"] };
    await expect(fromTable(engine, { table: "wide", variant: "arm" }).read(by)).rejects.toMatchObject(
      over("groups", ["dimensions"]),
    );
    await engine.close();
  });

  it("more comparisons than a report can hold", async () => {
    const levels = Math.floor(limits.comparisons.most / 4) + 1;
    const moments = (n: number) => ({ n, names: ["y"], mean: [0.5], comoment: [n / 4] });
    const keys = ["a", "b", "c", "d", "e"];
    const cells = Array.from({ length: levels }, (_, i) => ({
      ...{ variant: keys[i % 5], definitionVersion: 1, levels: [`l${i}`], units: 10, moments: [moments(10)] },
    }));
    const experiment = defineExperiment({
      ...{ key: "k", unit: "u", control: "a", variants: { a: 1, b: 1, c: 1, d: 1, e: 1 } },
      metrics: [{ key: "y", type: "conversion", role: "goal" }],
    });
    const source = fromCells({
      format: "essai.cells/1",
      experiment: "k",
      dimensions: ["l"],
      metrics: ["y"],
      cells,
    });
    await expect(analyze({ experiment, source, dimensions: ["l"] })).rejects.toMatchObject(
      over("comparisons", ["dimensions"]),
    );
  });
});

describe("packed files", () => {
  it("that unpack to hundreds of times their size are refused by both readers", async () => {
    const bomb = join(files.folder, "bomb.csv.gz");
    const gzip = createGzip({ level: 9 });
    gzip.pipe(createWriteStream(bomb));
    gzip.write("arm,y\n");
    const rows = Buffer.from("a,1\nb,2\n".repeat(1 << 20));
    for (let i = 0; i < 36; i++) if (!gzip.write(rows)) await once(gzip, "drain");
    gzip.end();
    await once(gzip, "close");
    for (const engine of ["csv", "duckdb"] as const)
      await expect(read(bomb, engine)).rejects.toMatchObject({ code: "over_limit", other: "unpacked" });
  }, 60_000);
});
