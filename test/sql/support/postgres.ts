import { PGlite } from "@electric-sql/pglite";
import type { Relation } from "../../../src/core/data-mapping.js";
import type { Engine } from "../../../src/engines/index.js";
import { dialects, type ResultRow } from "../../../src/sql/index.js";

/** PostgreSQL in this process, over its own tables. */
export async function postgres(): Promise<Engine> {
  const server = await PGlite.create();
  await server.exec("SET TIME ZONE 'UTC'");
  const dialect = dialects.postgres;
  const rows = async (sql: string) => (await server.query<ResultRow>(sql)).rows;
  return {
    dialect,
    async open({ table }: Relation) {
      const sql = dialect.identifier(table!);
      const columns = await rows(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
         WHERE attrelid = ${dialect.literal(sql)}::regclass AND attnum > 0 ORDER BY attnum`,
      );
      return {
        sql,
        columns: columns.map(({ name, type }) => ({ name: String(name), kind: dialect.kind(String(type)) })),
      };
    },
    query: rows,
    close: () => server.close(),
  };
}
