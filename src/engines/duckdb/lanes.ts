import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** What lanes are made of. */
export interface LaneSettings {
  readonly path: string;
  readonly allowExtensions: boolean;
  /** Memory of the one that has the database, in bytes; default DuckDB's. */
  readonly memory?: number | undefined;
  /** How many others there may be. */
  readonly workers: number;
  /** Memory of each of them. */
  readonly workerMemory: number;
}

interface Lane {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

/**
 * Instances of DuckDB, each of one thread: one has the database, the others take queries over files. Several threads of one
 * instance add up a group's values in another order at every run, and so does one thread with other memory where a query
 * goes to disk; sums then end in other digits. Several instances of equal memory that each take whole queries do not. What
 * goes to disk lies in one folder, gone when they are closed.
 */
export class Lanes {
  readonly #kind: typeof DuckDBInstance;
  readonly #settings: LaneSettings;
  #main: Promise<Lane> | undefined;
  readonly #workers: Promise<Lane>[] = [];
  #folder: string | undefined;

  constructor(kind: typeof DuckDBInstance, settings: LaneSettings) {
    this.#kind = kind;
    this.#settings = settings;
  }

  /** The folder of what goes to disk. */
  folder(): string {
    this.#folder ??= mkdtempSync(join(tmpdir(), "essai-"));
    return this.#folder;
  }

  async #start(path: string, name: string, memory: number | undefined): Promise<Lane> {
    const { allowExtensions } = this.#settings;
    const instance = await this.#kind.create(path, {
      threads: "1",
      autoinstall_known_extensions: String(allowExtensions),
      autoload_known_extensions: String(allowExtensions),
      temp_directory: join(this.folder(), name),
      ...(memory === undefined ? {} : { memory_limit: `${Math.floor(memory)}B` }),
    });
    const connection = await instance.connect();
    for (const setting of [
      "TimeZone = 'UTC'",
      "enable_progress_bar = true",
      "enable_progress_bar_print = false",
    ])
      await connection.run(`SET ${setting}`);
    return { instance, connection };
  }

  /** The one that has the database. */
  async main(): Promise<DuckDBConnection> {
    this.#main ??= this.#start(this.#settings.path, "main", this.#settings.memory);
    return (await this.#main).connection;
  }

  /** Others, as many as there are queries, but no more than there may be. */
  async take(queries: number): Promise<readonly DuckDBConnection[]> {
    const { workers, workerMemory } = this.#settings;
    const count = Math.min(queries, workers);
    while (this.#workers.length < count)
      this.#workers.push(this.#start(":memory:", String(this.#workers.length), workerMemory));
    return Promise.all(this.#workers.slice(0, count).map(async (lane) => (await lane).connection));
  }

  async close(): Promise<void> {
    for (const lane of await Promise.allSettled([...(this.#main ? [this.#main] : []), ...this.#workers])) {
      if (lane.status === "rejected") continue;
      lane.value.connection.closeSync();
      lane.value.instance.closeSync();
    }
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
