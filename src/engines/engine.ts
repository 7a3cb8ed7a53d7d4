import type { Relation } from "../core/data-mapping.js";
import type { Dialect, OpenRelation, ResultRow } from "../sql/index.js";

/** What a query may be told besides its text. */
export interface QueryOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the fraction done, in [0, 1]. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** A connection that runs SQL. */
export interface Engine {
  readonly dialect: Dialect;
  /**
   * @param relation  a table or file
   * @param path      where the mapping names it, for messages
   * @returns its name in SQL and its columns
   * @throws ExperimentError `missing_relation`, `missing_file`, `missing_table`, `unreadable_data`, `empty_data`
   */
  open(relation: Relation, path: readonly string[]): Promise<OpenRelation>;
  /**
   * @returns all rows of the result; whole numbers and doubles as numbers, missing values as null
   * @throws ExperimentError `query_failed` with the engine's message; the signal's reason when aborted
   */
  query(sql: string, options?: QueryOptions): Promise<readonly ResultRow[]>;
  /** Number of rows, where the engine knows it without a scan. */
  size?(relation: Relation): Promise<number | undefined>;
  /**
   * Runs queries that do not depend on each other, several at once where the engine can: the rows of each, in the order of
   * the queries, are those that `query` gives.
   * @param sqls      queries that read files only
   */
  queries?(sqls: readonly string[], options?: QueryOptions): Promise<readonly (readonly ResultRow[])[]>;
  /**
   * Splits a large relation by its rows, in their order and always at the same ones.
   * @returns its parts; undefined where it is best read at once
   */
  parts?(relation: Relation, open: OpenRelation): Promise<readonly OpenRelation[] | undefined>;
  /**
   * Makes a relation that is slow to read quick to read several times.
   * @param columns  the columns that will be read
   * @returns a copy of these columns, gone when the engine is closed; or the relation itself
   */
  pack?(
    relation: Relation,
    open: OpenRelation,
    columns: readonly string[],
    options?: QueryOptions,
  ): Promise<OpenRelation>;
  /** Ends the connection. */
  close(): Promise<void>;
}
