import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import { defineExperiment } from "../../src/definition/index.js";
import { duckdb } from "../../src/engines/duckdb/index.js";
import { Lanes } from "../../src/engines/duckdb/lanes.js";
import { fromFile } from "../../src/engines/index.js";
import { bucketsOf } from "../../src/engines/split-units.js";
import { top } from "../boundaries/source-files.js";
import { Fixtures } from "./support/fixtures.js";

const files = new Fixtures();
afterAll(() => files.remove());
const experiment = defineExperiment({
  key: "same",
  unit: "user",
  control: "a",
  variants: { a: null, b: null },
  metrics: [
    { key: "spend", type: "mean", role: "goal" },
    { key: "bought", type: "conversion", role: "goal" },
  ],
});
const mapping = { unit: "user", variant: "arm", dimensions: ["channel"] } as const;
const { unit: _, ...withoutUnit } = mapping;
let parquet = "";
let csv = "";

beforeAll(async () => {
  const engine = await duckdb();
  [parquet, csv] = [join(files.folder, "sales.parquet"), join(files.folder, "sales.csv")];
  await engine.query(`COPY (
    SELECT 'u' || range AS "user", CASE WHEN hash(range) % 2 = 0 THEN 'a' ELSE 'b' END AS arm,
      'c' || hash(range + 7) % 5 AS channel, (hash(range + 3) % 1000003) / 977.0 AS spend,
      CAST(hash(range + 9) % 9 = 0 AS INTEGER) AS bought
    FROM range(60000)) TO '${parquet}' (FORMAT parquet, ROW_GROUP_SIZE 4096)`);
  await engine.query(`COPY (SELECT * FROM '${parquet}' LIMIT 4000) TO '${csv}'`);
  await engine.close();
});

const report = async (file: string, options: object, map: object = mapping) =>
  JSON.stringify(
    await analyze({
      experiment,
      source: fromFile(file, { variant: "arm", ...map }, options),
      dimensions: ["channel"],
    }),
  );

describe("the same file gives the same bytes", () => {
  it.each(["unit", "no unit"])(
    "with 1, 2 and 4 threads, in more and in less memory: Parquet, %s",
    async (with_) => {
      const map = with_ === "unit" ? mapping : withoutUnit;
      const split = with_ === "unit" ? { buckets: 4 } : {};
      const [first, ...others] = [
        await report(parquet, { threads: 1, ...split }, map),
        await report(parquet, { threads: 2, ...split }, map),
        await report(parquet, { threads: 4, memoryLimit: "4GB", ...split }, map),
        await report(parquet, { threads: 4, memoryLimit: "512MB", ...split }, map),
      ];
      for (const other of others) expect(other === first).toBe(true);
    },
  );

  it.each(["duckdb", "csv"] as const)("with 1, 2 and 4 threads: CSV, read by %s", async (engine) => {
    const first = await report(csv, { engine });
    for (const threads of engine === "csv" ? [] : [1, 2, 4])
      expect((await report(csv, { engine, threads })) === first).toBe(true);
    expect((await report(csv, { engine })) === first).toBe(true);
  });

  it("in any locale and time zone, by the command line", async () => {
    const e = join(files.folder, "experiment.json");
    const { key, unit, control, metrics } = experiment;
    writeFileSync(
      e,
      JSON.stringify({ key, unit, control, variants: { a: null, b: null }, metrics, data: mapping }),
    );
    const run = async (env: object) => {
      const args = [join(top, "dist/cli/main.js"), "analyze", csv, "-e", e, "--by", "channel", "--json"];
      const { stdout } = await promisify(execFile)(process.execPath, args, {
        env: { ...process.env, ...env },
        maxBuffer: 1e8,
      });
      return stdout;
    };
    const [plain, other] = await Promise.all([
      run({ LC_ALL: "C", LANG: "C", TZ: "UTC" }),
      run({ LC_ALL: "de_CH.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" }),
    ]);
    expect(plain === other && plain.length > 1000).toBe(true);
  });

  it("would not, were threads those of one instance", async () => {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:", { threads: "4" });
    const connection = await instance.connect();
    const sums = new Set<string>();
    for (let i = 0; i < 60 && sums.size < 2; i++) {
      const sql = `SELECT avg(spend), var_pop(spend) FROM '${parquet}' GROUP BY arm, channel ORDER BY arm, channel`;
      sums.add(JSON.stringify((await connection.runAndReadAll(sql)).getRowsJson()));
    }
    connection.closeSync();
    instance.closeSync();
    expect(sums.size).toBe(2);
  });
});

describe("queries over files", () => {
  it("are split by the size of the data only", () => {
    expect([0, 1e6, 1e6 + 1, 1e7].map((units) => bucketsOf({ units }))).toEqual([1, 1, 2, 10]);
    expect(bucketsOf({ units: 10, events: 5e7 })).toBe(10);
  });

  it("are split by row ranges of a large Parquet file, each row in one of them", async () => {
    const engine = await duckdb();
    const file = join(files.folder, "long.parquet");
    await engine.query(`COPY (SELECT CAST(range % 2 AS TINYINT) AS arm FROM range(5000000)) TO '${file}'`);
    const parts = (await engine.parts?.({ file }, await engine.open({ file }, []))) ?? [];
    const counts = await engine.queries?.(parts.map(({ sql }) => `SELECT count(arm) AS n FROM ${sql}`));
    expect(counts).toEqual([[{ n: 4_915_200 }], [{ n: 84_800 }]]);
    expect(await engine.parts?.({ file: parquet }, await engine.open({ file: parquet }, []))).toBeUndefined();
    await engine.close();
  });

  it("read a copy of a CSV file that is slow to read again, which is gone afterwards", async () => {
    const engine = await duckdb();
    const pattern = join(files.folder, "sale*.csv");
    const open = await engine.open({ file: pattern }, []);
    const copy = await engine.pack?.({ file: pattern }, open, ["user", "spend"]);
    const [, place = ""] = /'(.*)'/.exec(copy?.sql ?? "") ?? [];
    expect(existsSync(place)).toBe(true);
    expect(copy?.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ["user", "text"],
      ["spend", "text"],
    ]);
    expect(await engine.query(`SELECT count(*) AS n FROM ${copy?.sql}`)).toEqual([{ n: 4000 }]);
    expect(await engine.pack?.({ file: csv }, open, ["user"])).toBe(open);
    await engine.close();
    expect(existsSync(place)).toBe(false);
  });

  it("run in instances of one thread and equal memory, no more of them than memory allows", async () => {
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const lanes = new Lanes(DuckDBInstance, {
      ...{ path: ":memory:", allowExtensions: false, workers: 3, workerMemory: 512e6 },
    });
    const taken = await lanes.take(7);
    const settings = "current_setting('threads') AS threads, current_setting('memory_limit') AS memory";
    for (const connection of taken) {
      const [row] = (await connection.runAndReadAll(`SELECT ${settings}`)).getRowObjectsJson();
      expect(row).toEqual({ threads: "1", memory: "488.2 MiB" });
    }
    expect(taken).toHaveLength(3);
    await lanes.close();
  });

  it("stop all when one of them fails, and tell why", async () => {
    const engine = await duckdb({ threads: 2 });
    await expect(
      engine.queries?.(["SELECT 1 AS x", "SELECT nonsense", "SELECT 2 AS x"]),
    ).rejects.toMatchObject({
      code: "query_failed",
    });
    expect(await engine.queries?.(["SELECT 1 AS x", "SELECT 2 AS x", "SELECT 3 AS x"])).toEqual([
      [{ x: 1 }],
      [{ x: 2 }],
      [{ x: 3 }],
    ]);
    await engine.close();
  });
});
