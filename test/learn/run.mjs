// npm run learn [-- --only regret/A --runs 50 --seed S --data FOLDER --workers N]: runs the rows of test/learn/rows on
// all cores, keeps their figures in test/learn/results.json and writes docs/learning.md anew. --only takes beginnings of
// keys, comma between; --runs tries a row with fewer runs and writes nothing. Run against the built output.
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { judge } from "./judge.mjs";
import { learningPage } from "./page.mjs";
import { rows } from "./rows/index.mjs";
import { statistics } from "./statistics.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));
const stored = join(top, "test/learn/results.json");

if (!isMainThread) {
  const { seed, data } = workerData;
  parentPort.on("message", async ({ key, from, to }) => {
    const row = rows.find((each) => each.key === key);
    const values = [];
    for (let run = from; run < to; run++)
      values.push(await row.measure({ seed: `${seed}/${key}/${run}`, run, data }));
    parentPort.postMessage({ values });
  });
} else {
  const { values: given } = parseArgs({
    options: Object.fromEntries(
      ["only", "runs", "seed", "data", "workers"].map((name) => [name, { type: "string" }]),
    ),
  });
  const { version } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));
  const seed = given.seed ?? `${Date.now().toString(36)}-${process.pid.toString(36)}`;
  const data = given.data ?? process.env.ESSAI_DATA ?? "";
  const wanted = (given.only ?? "").split(",");
  const missing = (row) => row.data !== undefined && !existsSync(join(data, row.data));
  const chosen = rows.filter(({ key }) => wanted.some((word) => key.startsWith(word)));
  const due = chosen.filter((row) => !missing(row));
  for (const row of chosen.filter(missing))
    console.log(`${row.key}: kept as it is, ${row.data} is not at hand`);
  console.log(`seed ${seed}: ${due.length} rows`);

  const results = existsSync(stored) ? JSON.parse(readFileSync(stored, "utf8")) : { rows: {} };
  const write = () => {
    const known = Object.fromEntries(
      rows.flatMap(({ key }) => (results.rows[key] ? [[key, results.rows[key]]] : [])),
    );
    writeFileSync(stored, `${JSON.stringify({ rows: known }, null, 2)}\n`);
    writeFileSync(join(top, "docs/learning.md"), learningPage(rows, results));
  };
  const workers = Math.max(1, Number(given.workers ?? availableParallelism()));
  const queue = due.flatMap((row) => {
    const runs = Math.min(row.runs, Number(given.runs ?? row.runs));
    const size = Math.ceil(runs / Math.min(runs, 8 * workers));
    return Array.from({ length: Math.ceil(runs / size) }, (_, i) => ({
      ...{ key: row.key, from: i * size, to: Math.min(runs, (i + 1) * size), runs },
    }));
  });
  const gathered = new Map(due.map(({ key }) => [key, []]));

  const finish = (row, parts) => {
    const values = parts.sort((a, b) => a.from - b.from).flatMap((part) => part.values);
    // Not every run measures every figure.
    const known = (name) => values.map((each) => each[name]).filter((value) => value !== undefined);
    results.rows[row.key] = {
      with: `essai ${version}, seed \`${seed}\`, Node ${process.version}`,
      figures: Object.fromEntries(
        row.figures.map(({ name, statistic = "mean" }) => [
          `${name} ${statistic}`,
          { ...statistics[statistic](known(name)), runs: known(name).length },
        ]),
      ),
    };
    for (const figure of row.figures) {
      const { value, error } = results.rows[row.key].figures[`${figure.name} ${figure.statistic ?? "mean"}`];
      const { bar, held } = judge(results, row, figure);
      const verdict = held === null ? "" : `${bar} ${held ? "held" : "MISSED"}`;
      console.log(
        `${row.key.padEnd(34)} ${`${figure.name} ${figure.statistic ?? ""}`.padEnd(22)} ${value.toPrecision(6).padStart(10)} ± ${error.toPrecision(2).padEnd(8)} ${verdict}`,
      );
    }
    console.log(`${"".padEnd(34)} ${values.length} runs`);
    if (given.runs === undefined) write();
  };

  await Promise.all(
    Array.from({ length: Math.min(workers, queue.length) }, async () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { seed, data } });
      for (let chunk = queue.shift(); chunk; chunk = queue.shift()) {
        worker.postMessage(chunk);
        const [part] = await once(worker, "message");
        const parts = gathered.get(chunk.key);
        parts.push({ ...part, from: chunk.from });
        const row = due.find(({ key }) => key === chunk.key);
        if (parts.reduce((sum, { values }) => sum + values.length, 0) === chunk.runs) finish(row, parts);
      }
      await worker.terminate();
    }),
  );
  if (given.runs === undefined) write();
  const { user, system } = process.cpuUsage();
  console.log(`${((user + system) / 1e6).toFixed(0)} s of CPU`);
  const missed = due.flatMap((row) =>
    row.figures.filter((figure) => judge(results, row, figure).held === false),
  );
  process.exitCode = missed.length > 0 ? 1 : 0;
}
