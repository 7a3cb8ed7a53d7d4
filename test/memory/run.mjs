// npm run memory [-- --millions 10] [--tries 512MB,default,2GB]: makes 10 million rows with a unit column, and 10 million
// units with 50 million events, lets `essai analyze` read them at several limits of memory, each in a process of its own,
// and holds the peaks to the bounds and the reports to the same bytes. A run of the whole size writes its figures into docs/limits.md.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";

const top = fileURLToPath(new URL("../..", import.meta.url));
const { values: given } = parseArgs({ options: { millions: { type: "string" }, tries: { type: "string" } } });
const whole = given.millions === undefined && given.tries === undefined;
const units = 1e6 * Number(given.millions ?? 10);
const tries = (given.tries ?? "512MB,default,2GB").split(",");
const folder = mkdtempSync(join(tmpdir(), "essai-memory-"));
const path = (name) => join(folder, name);

/** Metrics of a shop: rates, counts and skewed amounts. */
const metrics = (of) => [
  { key: "bought", type: "conversion", role: "goal", ...of("order") },
  { key: "orders", type: "count", role: "diagnostic", ...of("order") },
  { key: "revenue", type: "mean", role: "goal", ...of("order", "amount") },
];
const experiment = (key, shown, data) =>
  JSON.stringify({ key, unit: "user", control: "a", variants: { a: null, b: null }, metrics: shown, data });

async function make() {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: "2GB",
    temp_directory: path("temp"),
  });
  const connection = await instance.connect();
  const arm = "CASE WHEN hash(range) % 2 = 0 THEN 'a' ELSE 'b' END AS arm";
  const channel = "'c' || hash(range + 7) % 5 AS channel";
  await connection.run(`COPY (
    SELECT 'user-' || range AS "user", ${arm}, ${channel}, CAST(hash(range + 1) % 9 = 0 AS INTEGER) AS bought,
      CASE WHEN bought = 1 THEN 1 + hash(range + 2) % 3 ELSE 0 END AS orders,
      CASE WHEN bought = 1 THEN (hash(range + 3) % 1000003) / 977.0 ELSE 0 END AS revenue
    FROM range(${units})) TO '${path("rows.parquet")}' (FORMAT parquet)`);
  await connection.run(`COPY '${path("rows.parquet")}' TO '${path("rows.csv")}'`);
  await connection.run(`COPY (
    SELECT 'user-' || range AS "user", ${arm}, ${channel},
      TIMESTAMP '2026-01-01' + to_seconds(CAST(hash(range + 4) % 1000000 AS BIGINT)) AS at
    FROM range(${units})) TO '${path("exposures.parquet")}' (FORMAT parquet)`);
  await connection.run(`COPY (
    SELECT 'user-' || hash(range + 5) % ${units} AS "user", CASE WHEN range % 5 = 0 THEN 'order' ELSE 'visit' END AS name,
      TIMESTAMP '2026-01-01' + to_seconds(CAST(hash(range + 6) % 2000000 AS BIGINT)) AS at, (hash(range + 3) % 1000003) / 977.0 AS amount
    FROM range(${5 * units})) TO '${path("events.parquet")}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  const table = { unit: "user", variant: "arm", dimensions: ["channel"] };
  const shop = metrics(() => ({}));
  for (const ending of ["parquet", "csv"])
    writeFileSync(path(`${ending}.json`), experiment("rows", shop, { ...table, file: `rows.${ending}` }));
  const log = metrics((event, value) => ({ event, ...(value ? { value } : {}) }));
  writeFileSync(
    path("events.json"),
    experiment("events", log, {
      exposures: { ...table, at: "at", file: "exposures.parquet" },
      events: { unit: "user", at: "at", event: "name", value: "amount", file: "events.parquet" },
      windowDays: 14,
    }),
  );
}

/** What `essai analyze` takes, and the hash of its report. */
function analyzed(name, memory) {
  const usage = path("usage.json");
  const words = ["analyze", "--experiment", path(`${name}.json`), "--by", "channel", "--json"];
  const limit = memory === "default" ? [] : ["--memory", memory];
  const report = execFileSync(
    process.execPath,
    ["--import", join(top, "test/memory/usage.mjs"), join(top, "dist/cli/main.js"), ...words, ...limit],
    { maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ESSAI_USAGE: usage } },
  );
  const hash = createHash("sha256").update(report).digest("hex").slice(0, 12);
  return { ...JSON.parse(readFileSync(usage, "utf8")), hash };
}

const millions = (n) => `${(n / 1e6).toLocaleString("en")} million`;
const cases = [
  { name: "parquet", what: `${millions(units)} rows with a unit column, Parquet`, gigabytes: 1 },
  { name: "csv", what: "the same as CSV", gigabytes: 1 },
  {
    name: "events",
    what: `${millions(units)} units and ${millions(5 * units)} events, Parquet`,
    gigabytes: 1.5,
  },
];

let missed = 0;
try {
  await make();
  for (const name of ["rows.parquet", "rows.csv", "exposures.parquet", "events.parquet"])
    console.log(`${name}: ${(statSync(path(name)).size / 1e6).toFixed(0)} MB`);
  const rows = cases.map(({ name, what, gigabytes }) => {
    const runs = tries.map((memory) => {
      const run = analyzed(name, memory);
      console.log(
        `${what}, --memory ${memory}: ${(run.bytes / 1e9).toFixed(2)} GB, ${run.seconds.toFixed(0)} s, report ${run.hash}`,
      );
      return run;
    });
    const peak = Math.max(...runs.map(({ bytes }) => bytes)) / 1e9;
    if (peak > gigabytes || new Set(runs.map(({ hash }) => hash)).size > 1) {
      missed++;
      console.log(`missed: at most ${gigabytes} GB, and one report`);
    }
    const seconds = Math.max(...runs.map((run) => run.seconds));
    return `| ${what} | ${peak.toFixed(2)} GB | ${gigabytes} GB | ${seconds.toFixed(0)} s |`;
  });
  if (whole && missed === 0) {
    const page = join(top, "docs/limits.md");
    const [from, to] = ["<!-- memory: npm run memory writes it -->", "<!-- end of memory -->"];
    const text = readFileSync(page, "utf8");
    const table = [
      "| data | peak, the largest of all limits | bound | CPU time |",
      "|---|---|---|---|",
      ...rows,
    ];
    writeFileSync(page, `${text.split(from)[0]}${from}\n${table.join("\n")}\n${to}${text.split(to)[1]}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = missed > 0 ? 1 : 0;
