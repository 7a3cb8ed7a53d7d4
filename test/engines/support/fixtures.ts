import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Engine } from "../../../src/engines/engine.js";
import { csvText, type Row } from "./messy.js";

/** A directory of files for one test suite. */
export class Fixtures {
  readonly folder = mkdtempSync(join(tmpdir(), "essai-"));

  /** Writes a file. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** Writes rows as CSV, gzipped where the name says so. */
  csv(name: string, rows: readonly Row[]): string {
    const text = csvText(rows);
    return this.file(name, name.endsWith(".gz") ? gzipSync(text) : text);
  }

  /** Writes rows as Parquet with typed columns, by way of DuckDB and a CSV file. */
  async parquet(
    engine: Engine,
    name: string,
    rows: readonly Row[],
    types: Readonly<Record<string, string>> = {},
  ) {
    const csv = this.csv(`${name}.csv`, rows);
    const path = join(this.folder, name);
    const columns = Object.keys(rows[0]!).map((column) => {
      const quoted = `"${column.replaceAll('"', '""')}"`;
      return `CAST(${quoted} AS ${types[column] ?? "VARCHAR"}) AS ${quoted}`;
    });
    const from = `read_csv('${csv}', header = true, all_varchar = true, skip = 0, comment = '', delim = ',', quote = '"', escape = '"')`;
    await engine.query(`COPY (SELECT ${columns.join(", ")} FROM ${from}) TO '${path}' (FORMAT parquet)`);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
