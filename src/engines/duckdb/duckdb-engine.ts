import type { ColumnKind, OpenRelation } from "../../sql/index.js";
import type { Engine } from "../engine.js";
import { type FileEngine, fileValue } from "../files/file-engine.js";
import { fromEvents } from "../from-events.js";
import { fromTable } from "../from-table.js";
import { duckdb } from "./duckdb.js";

/** A relation's columns by name, as SQL: JSON text where one holds lists or objects. */
async function expanded(
  engine: Engine,
  { sql, columns }: OpenRelation,
  struct: string | undefined,
): Promise<Map<string, string>> {
  const { dialect } = engine;
  const text = (x: string, kind: ColumnKind) => (kind === "nested" ? `CAST(to_json(${x}) AS VARCHAR)` : x);
  const found = new Map<string, string>();
  for (const { name, kind } of columns) {
    const x = dialect.identifier(name);
    found.set(name, text(x, kind));
    if (name !== struct || kind !== "nested") continue;
    const [{ type = "" } = {}] = await engine.query(`SELECT typeof(${x}) AS type FROM ${sql} LIMIT 1`);
    if (!String(type).startsWith("STRUCT")) continue;
    for (const field of await engine.query(`DESCRIBE SELECT unnest(${x}) FROM ${sql}`)) {
      const { column_name: inner, column_type: of } = field;
      const value = `${x}.${dialect.identifier(String(inner))}`;
      found.set(`${name}.${inner}`, text(value, dialect.kind(String(of))));
    }
  }
  return found;
}

/** DuckDB, reading files. */
export const duckdbEngine: FileEngine = {
  about: "CSV, JSON and Parquet, files and URLs",
  formats: ["csv", "jsonl", "json", "parquet"],
  localOnly: false,
  takes: ["path", "threads", "memoryLimit", "allowExtensions", "buckets"],
  peer: "@duckdb/node-api",
  async open({ buckets: _, ...options }) {
    const engine = await duckdb(options);
    return {
      source: (mapping, options) =>
        "exposures" in mapping ? fromEvents(engine, mapping, options) : fromTable(engine, mapping, options),
      async table(file, path, struct) {
        const opened = await engine.open({ file }, path);
        const { sql } = opened;
        const columns = await expanded(engine, opened, struct);
        return {
          columns: [...columns.keys()],
          async read(names, most) {
            const items = names.map((name, i) => `${columns.get(name)} AS c${i}`);
            const limit = most === undefined ? "" : ` LIMIT ${most}`;
            const rows = await engine.query(`SELECT ${items.join(", ")} FROM ${sql}${limit}`);
            return names.map((_, i) => rows.map((row) => fileValue(row[`c${i}`])));
          },
        };
      },
      close: () => engine.close(),
    };
  },
};
