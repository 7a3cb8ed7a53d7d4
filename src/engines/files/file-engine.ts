import type { Source } from "../../core/cells.js";
import type { DataMapping } from "../../core/data-mapping.js";
import type { DuckDbOptions } from "../duckdb/duckdb-fields.js";
import type { SplitOptions } from "../split-units.js";
import type { FileFormat } from "./file-format.js";

/** A value of a file's column: text as it is in the file, or typed where the format is; lists and objects as JSON text. */
export type FileValue = string | number | boolean | null;

/** @returns what an engine found in a cell, as a value of a file */
export function fileValue(value: unknown): FileValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** A file whose columns can be read into memory. */
export interface FileTable {
  readonly columns: readonly string[];
  /**
   * @param columns  names of columns that exist
   * @param most     how many rows to read; default all
   * @returns the values of each, in the file's order
   */
  read(columns: readonly string[], most?: number): Promise<readonly (readonly FileValue[])[]>;
  /**
   * For files larger than memory; absent where the engine reads whole columns only.
   * @returns batches of rows, each the values of the columns, in the file's order
   */
  rows?(columns: readonly string[]): AsyncIterable<readonly (readonly unknown[])[]>;
}

/** What a reader of files may be told. */
export interface FileOptions extends DuckDbOptions, SplitOptions {}

/** An engine that reads files, ready to be used. */
export interface OpenFileEngine {
  /** @returns the outcomes that a mapping finds in its files */
  source(mapping: DataMapping, options?: SplitOptions): Source;
  /**
   * @param path    what the file is called in messages
   * @param struct  a column whose fields are columns of their own, `struct.field`, where it holds structs
   * @throws ExperimentError `missing_file`, `unsupported_file`, `unreadable_data`, `empty_data`
   */
  table(file: string, path: readonly string[], struct?: string): Promise<FileTable>;
  close(): Promise<void>;
}

/** A member of the family of engines that read files. */
export interface FileEngine {
  /** What it is, in a few words that follow its name. */
  readonly about: string;
  readonly formats: readonly FileFormat[];
  /** Whether it reads one file of this machine only: no URL, no glob. */
  readonly localOnly: boolean;
  /** Names of the options that it obeys, of all that {@link FileOptions} has. */
  readonly takes: readonly (keyof FileOptions)[];
  /** Optional package that it needs. */
  readonly peer?: string;
  /** @throws ExperimentError `missing_peer` when its package is not installed */
  open(options: FileOptions): Promise<OpenFileEngine>;
}
