import type { FileEngine, FileValue } from "../files/file-engine.js";
import { fromEvents } from "../from-events.js";
import { fromTable } from "../from-table.js";
import { duckdb } from "./duckdb.js";

function fileValue(value: unknown): FileValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** DuckDB, reading files. */
export const duckdbEngine: FileEngine = {
  about: "CSV and Parquet, files and URLs",
  formats: ["csv", "parquet"],
  localOnly: false,
  takes: ["path", "threads", "memoryLimit", "allowExtensions", "buckets"],
  peer: "@duckdb/node-api",
  async open({ buckets: _, ...options }) {
    const engine = await duckdb(options);
    return {
      source: (mapping, options) =>
        "exposures" in mapping ? fromEvents(engine, mapping, options) : fromTable(engine, mapping, options),
      async table(file, path) {
        const { sql, columns } = await engine.open({ file }, path);
        return {
          columns: columns.map(({ name }) => name),
          async read(names) {
            const items = names.map((name, i) => `${engine.dialect.identifier(name)} AS c${i}`);
            const rows = await engine.query(`SELECT ${items.join(", ")} FROM ${sql}`);
            return names.map((_, i) => rows.map((row) => fileValue(row[`c${i}`])));
          },
        };
      },
      close: () => engine.close(),
    };
  },
};
