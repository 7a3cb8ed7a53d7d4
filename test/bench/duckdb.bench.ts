import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Definition } from "essai";
import { fromTable } from "essai/engines";
import { duckdb } from "essai/engines/duckdb";
import { type BenchRow, measureAsync } from "./harness.js";

const rows = 10_000_000;
const metrics = Array.from({ length: 10 }, (_, i) => `metric_${i}`);

/** A wide table as an export leaves it: half of the metrics are 0/1, half amounts with many digits. */
const table = `SELECT
  CASE WHEN range % 3 = 0 THEN 'control' WHEN range % 3 = 1 THEN 'mens' ELSE 'womens' END AS variant,
  'segment ' || (hash(range) % 20) AS segment,
  ${metrics
    .map((name, i) => {
      const chance = `hash(range * 10 + ${i})`;
      return i % 2 === 0
        ? `CAST(${chance} % 10 = 0 AS DOUBLE) AS ${name}`
        : `CAST(${chance} % 1000000007 AS DOUBLE) / 977.0 AS ${name}`;
    })
    .join(",\n  ")}
FROM range(${rows})`;

const definition = {
  format: "essai.experiment/1",
  key: "bench",
  version: 1,
  variants: ["control", "mens", "womens"].map((key) => ({ key, payload: null })),
} as unknown as Definition;

export async function bench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "essai-bench-"));
  const engine = await duckdb();
  try {
    const file = join(folder, "wide.parquet");
    await engine.query(`COPY (${table}) TO '${file}' (FORMAT parquet, COMPRESSION zstd)`);
    // DuckDB answers count() from the file's footer, so the scan has to look at the values: a sum each.
    const sums = metrics.map((name) => `sum(${name})`).join(", ");
    const scan = `SELECT max(variant), max(segment), ${sums} FROM read_parquet('${file}')`;
    const source = fromTable(engine, { file, variant: "variant", dimensions: ["segment"] });
    const request = {
      definition,
      dimensions: ["segment"],
      metrics: metrics.map((key, i) => ({
        key,
        type: i % 2 === 0 ? ("conversion" as const) : ("mean" as const),
        role: "goal" as const,
      })),
    };
    const bare = await measureAsync(() => engine.query(scan));
    const moments = await measureAsync(() => source.read(request));
    const row = (name: string, value: number, unit: string): BenchRow => ({
      group: "engines",
      name,
      value,
      unit,
    });
    const note = `${rows.toLocaleString("en-US")} rows, 3 variants × 20 segments, Parquet/zstd, DuckDB`;
    return [
      { ...row("bare scan of 10 metrics", bare.cpuMilliseconds, "CPU-ms"), note },
      { ...row("moments of 10 metrics in 60 cells", moments.cpuMilliseconds, "CPU-ms"), note },
      {
        ...row("moments ÷ bare scan, CPU", moments.cpuMilliseconds / bare.cpuMilliseconds, "×"),
        atMost: 1.7,
        note: "the bare scan reads the same columns and sums each metric",
      },
      { ...row("moments ÷ bare scan, wall", moments.wallMilliseconds / bare.wallMilliseconds, "×"), note },
    ];
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
