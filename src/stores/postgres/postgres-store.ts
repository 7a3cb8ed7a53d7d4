import { requireMethod } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { LedgerStore } from "../ledger-store.js";
import { nameText } from "../name-text.js";

/** A client of PostgreSQL: a `Pool` or `Client` of `pg`, a PGlite, or whatever runs a query with `$1` in it. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly object[] }>;
}

/** How bandits are kept in PostgreSQL. */
export interface PostgresStoreOptions {
  /**
   * The tables are called `<prefix>bandit`, `<prefix>bandit_source`, `<prefix>log` and `<prefix>log_entry`, of a schema where
   * it says so. Default `"essai_"`.
   */
  readonly prefix?: string;
}

const fields = {
  prefix: { kind: "text", optional: true },
} as const satisfies FieldsFor<PostgresStoreOptions>;

/** Another process was faster: it made the tables meanwhile, or changed the row. */
const made = /^(23505|42P07|42710)$/;
const changed = /^(40001|40P01)$/;
const MISSING_TABLE = "42P01";

/** A table's name in quotes, its schema apart. */
const quoted = (name: string) =>
  name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");

const codeOf = (error: unknown): string => String(Object(error).code);

/**
 * A store in PostgreSQL 12 or later: a row per bandit, per source, and per entry of a log. Each change is one statement, which is one
 * transaction. Texts are kept as text, to the last character; `record::jsonb` reads them.
 * @param client   connected, and closed, by the caller; it commits each statement by itself
 * @param options  what its tables are called; they are made at the first use, if they are not there
 * @returns the store. What it took survives what the server's commits survive
 * @throws ExperimentError `missing_value` or `wrong_type` at ["client", …]; `unknown_key` and `wrong_type` at ["options", …]
 */
export function postgresStore(client: PostgresClient, options: PostgresStoreOptions = {}): LedgerStore {
  requireMethod(client, ["client"], "query");
  checkFields(options, fields, ["options"]);
  const { prefix = "essai_" } = options;
  const [bandits, sources] = [quoted(`${prefix}bandit`), quoted(`${prefix}bandit_source`)];
  const [logs, logEntries] = [quoted(`${prefix}log`), quoted(`${prefix}log_entry`)];
  const tables = [
    `CREATE TABLE IF NOT EXISTS ${bandits} (name text PRIMARY KEY, revision text NOT NULL, record text NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS ${sources} (
      name text NOT NULL, source text NOT NULL, mark text NOT NULL, PRIMARY KEY (name, source))`,
    `CREATE TABLE IF NOT EXISTS ${logs} (name text PRIMARY KEY, last bigint NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS ${logEntries} (
      name text NOT NULL, number bigint NOT NULL, entry text NOT NULL, PRIMARY KEY (name, number))`,
  ];
  const marking = `marked AS (
      INSERT INTO ${sources} (name, source, mark)
      SELECT name, $4::text, $5::text FROM changed WHERE $4::text IS NOT NULL
      ON CONFLICT (name, source) DO UPDATE SET mark = excluded.mark)
    SELECT name FROM changed`;
  const begin = `WITH changed AS (
      INSERT INTO ${bandits} (name, revision, record) VALUES ($1::text, $2::text, $3::text)
      ON CONFLICT (name) DO NOTHING RETURNING name), ${marking}`;
  const swap = `WITH changed AS (
      UPDATE ${bandits} SET revision = $2::text, record = $3::text
      WHERE name = $1::text AND revision = $6::text RETURNING name), ${marking}`;
  const look = `SELECT revision, record, mark FROM ${bandits}
    LEFT JOIN ${sources} ON ${sources}.name = ${bandits}.name AND source = $2::text
    WHERE ${bandits}.name = $1::text`;

  // Its row is locked until the commit, so that entries appear in the order of their numbers.
  const append = `WITH next AS (
      INSERT INTO ${logs} AS held (name, last) VALUES ($1::text, 1)
      ON CONFLICT (name) DO UPDATE SET last = held.last + 1 RETURNING last)
    INSERT INTO ${logEntries} (name, number, entry) SELECT $1::text, last, $2::text FROM next RETURNING number`;
  const following = `SELECT number, entry FROM ${logEntries}
    WHERE name = $1::text AND number > $2::bigint ORDER BY number LIMIT $3::int`;
  const remove = `DELETE FROM ${logEntries}
    WHERE name = $1::text AND number <= $2::bigint AND number < (SELECT last FROM ${logs} WHERE name = $1::text)`;

  async function makeTables(): Promise<void> {
    for (const table of tables)
      try {
        await client.query(table);
      } catch (error) {
        if (!made.test(codeOf(error))) throw error;
      }
  }
  async function rowsOf(text: string, values: unknown[]): Promise<readonly object[]> {
    try {
      return (await client.query(text, values)).rows;
    } catch (error) {
      if (codeOf(error) !== MISSING_TABLE) throw error;
      await makeTables();
      return (await client.query(text, values)).rows;
    }
  }

  return {
    async read(bandit, source) {
      const [row] = await rowsOf(look, [nameText(bandit), nameText(source)]);
      if (!row) return undefined;
      const { revision, record, mark } = Object(row);
      return { record, revision, ...(typeof mark === "string" && { mark }) };
    },
    async replace(bandit, { record, revision, replaces, source, mark }) {
      const marked = source !== undefined && mark !== undefined ? [nameText(source), mark] : [null, null];
      try {
        const values = [nameText(bandit), revision, record, ...marked];
        const asked = replaces === undefined ? rowsOf(begin, values) : rowsOf(swap, [...values, replaces]);
        return (await asked).length === 1;
      } catch (error) {
        if (changed.test(codeOf(error))) return false;
        throw error;
      }
    },
    async append(log, text) {
      const [row] = await rowsOf(append, [nameText(log), text]);
      return Number(Object(row).number);
    },
    async entries(log, after, most) {
      return (await rowsOf(following, [nameText(log), after, most])).map((row) => {
        const { number, entry } = Object(row);
        return { number: Number(number), text: String(entry) };
      });
    },
    async trim(log, upTo) {
      await rowsOf(remove, [nameText(log), upTo]);
    },
  };
}
