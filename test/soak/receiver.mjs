// A receiver of exposures in a process of its own: PostgreSQL (in process, PGlite) behind HTTP, one row per exposure id.
import { createServer } from "node:http";
import { PGlite } from "@electric-sql/pglite";

const database = await PGlite.create();
await database.exec(
  `CREATE TABLE exposures (id text PRIMARY KEY, experiment text NOT NULL, version int NOT NULL, unit text NOT NULL,
     variant text NOT NULL, at timestamptz NOT NULL, propensity float8 NOT NULL)`,
);
const insert = `INSERT INTO exposures SELECT id, experiment, "definitionVersion", "unitId", variant, at, propensity
  FROM json_to_recordset($1::json) AS each(id text, experiment text, "definitionVersion" int, "unitId" text, variant text,
    at timestamptz, propensity float8) ON CONFLICT (id) DO NOTHING`;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    try {
      if (request.method === "POST") {
        await database.query(insert, [Buffer.concat(chunks).toString()]);
        response.end("stored");
      } else {
        const { rows } = await database.query("SELECT count(*) AS stored FROM exposures");
        response.end(JSON.stringify(rows[0]));
      }
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
