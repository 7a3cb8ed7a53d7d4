// npm run calibrate [-- --seed S --replications N word …]: simulates every world of the calibration table on all
// cores, prints each figure with its Monte-Carlo error and its bar and, after a whole run, rewrites
// docs/calibration.md; the word "reports" calibrates whole reports instead (reports.mjs), the word "campaign" what they say of campaigns (campaign.mjs), the word "power" planned sizes of
// decisions (power.mjs), the word "quick" decisions without a vector (quick.mjs), the word "looks" reports that are read
// again and again (looks.mjs), the word "cells" a cube of 240 cells at any look (cells.mjs), the word "adaptive" inference on logs
// of bandits (adaptive.mjs), the word "learning" policies that are learned and judged on one log (learning.mjs), the word "segments"
// segments that are found (segments.mjs). Words pick worlds whose key begins with
// them. Run against the built output.
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const top = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(resolve(top, "package.json"), "utf8"));
const essai = await import("../../dist/simulation/calibration/index.js");

if (!isMainThread) {
  parentPort.on("message", (chunk) => {
    parentPort.postMessage({ chunk, tallies: essai.runCalibrationChunk(workerData.seed, chunk) });
  });
} else {
  const { values, positionals } = parseArgs({
    options: {
      seed: { type: "string" },
      replications: { type: "string" },
      data: { type: "string" },
      state: { type: "string" },
    },
    allowPositionals: true,
  });
  const seed = values.seed ?? `${Date.now().toString(36)}-${process.pid.toString(36)}`;
  const about = `essai ${version}, seed \`${seed}\`, Node ${process.version}, ${cpus()[0].model.trim()}.`;
  if (positionals[0] === "reports") {
    const { calibrateReports } = await import("./reports.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    const missed = await calibrateReports({ seed, replications, words: positionals.slice(1), about });
    process.exit(missed > 0 ? 1 : 0);
  }
  if (positionals[0] === "campaign") {
    const { calibrateCampaign } = await import("./campaign.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    const missed = await calibrateCampaign({ seed, replications, words: positionals.slice(1), about });
    process.exit(missed > 0 ? 1 : 0);
  }
  if (positionals[0] === "power") {
    const { calibrateLooks, calibratePower } = await import("./power.mjs");
    const runs = Number(values.replications ?? 4000);
    const missed = (await calibratePower(seed, runs)) + (await calibrateLooks(seed, runs));
    process.exit(missed > 0 ? 1 : 0);
  }
  if (positionals[0] === "looks") {
    const { calibrateLooks } = await import("./looks.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    const { state } = values;
    const missed = await calibrateLooks({ seed, replications, words: positionals.slice(1), state, about });
    process.exit(missed > 0 ? 1 : 0);
  }
  if (positionals[0] === "cells") {
    const { printCells } = await import("./cells.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    process.exit((await printCells({ seed, replications, words: positionals.slice(1) })) > 0 ? 1 : 0);
  }
  if (positionals[0] === "adaptive") {
    const { printAdaptive } = await import("./adaptive.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    const parts = await Promise.all(
      ["ope/adaptive/adaptive-tally", "bandits/index", "random/index", "distributions/index"].map(
        (room) => import(`../../dist/${room}.js`),
      ),
    );
    const given = { seed, replications, words: positionals.slice(1), about };
    process.exit(printAdaptive(given, Object.assign({}, ...parts)) > 0 ? 1 : 0);
  }
  if (positionals[0] === "learning") {
    const { printLearning } = await import("./learning.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    const parts = await Promise.all(
      ["ope/learning/index", "random/index"].map((room) => import(`../../dist/${room}.js`)),
    );
    const given = { seed, replications, words: positionals.slice(1), about };
    process.exit(printLearning(given, Object.assign({}, ...parts)) > 0 ? 1 : 0);
  }
  if (positionals[0] === "segments") {
    const { printSegments } = await import("./segments.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    const parts = await Promise.all(
      ["segments/index", "random/index"].map((room) => import(`../../dist/${room}.js`)),
    );
    const { data, state } = values;
    const given = { seed, replications, words: positionals.slice(1), data, state, about };
    process.exit(printSegments(given, Object.assign({}, ...parts)) > 0 ? 1 : 0);
  }
  if (positionals[0] === "quick") {
    const { calibrateQuick } = await import("./quick.mjs");
    const replications = values.replications === undefined ? undefined : Number(values.replications);
    process.exit(calibrateQuick({ seed, replications, words: positionals.slice(1), about }) > 0 ? 1 : 0);
  }
  const worlds = essai.calibrationWorlds.filter(
    ({ key }) => positionals.length === 0 || positionals.some((word) => key.startsWith(word)),
  );
  const chunks = essai.calibrationChunks({
    worlds,
    ...(values.replications === undefined ? {} : { replications: Number(values.replications) }),
  });
  console.log(`seed ${seed}: ${worlds.length} worlds`);
  const parts = [];
  const queue = [...chunks];
  const left = new Map(worlds.map(({ key }) => [key, chunks.filter(({ world }) => world === key).length]));
  const started = process.hrtime.bigint();

  const percent = (share) => `${(100 * share).toFixed(2)} %`;
  const print = (key) => {
    const own = parts.filter(({ chunk }) => chunk.world === key);
    for (const { world, figures } of essai.gatherCalibration(own)) {
      for (const { figure, value, monteCarloError, held } of figures) {
        const number = (x) => (figure.measure === "mean" ? x.toPrecision(4) : percent(x));
        const verdict = held === null ? "" : held ? "held" : "MISSED";
        const line = `${key.padEnd(34)} ${figure.method.padEnd(30)} ${number(value).padStart(9)}`;
        console.log(`${line} ± ${number(monteCarloError).padEnd(8)} ${verdict}`);
      }
      if (figures.length === 0) console.log(world.key);
    }
  };
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), chunks.length) }, async () => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { seed } });
      for (let chunk = queue.shift(); chunk !== undefined; chunk = queue.shift()) {
        worker.postMessage(chunk);
        const [part] = await once(worker, "message");
        parts.push(part);
        const rest = left.get(part.chunk.world) - 1;
        left.set(part.chunk.world, rest);
        if (rest === 0) print(part.chunk.world);
      }
      await worker.terminate();
    }),
  );

  const results = essai.gatherCalibration(parts);
  const figures = results.flatMap((each) => each.figures);
  const missed = figures.filter(({ held }) => held === false).length;
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(`\n${figures.length} figures, ${missed} missed; ${seconds.toFixed(0)} s`);
  if (positionals.length === 0 && values.replications === undefined) {
    const head = [
      "# Calibration",
      "",
      "Regenerated by `npm run calibrate`; never edited. Worlds of known truth, the library's own methods, 100,000",
      "simulated experiments a world (quantile metrics 4,000) unless computed exactly; ± is the Monte-Carlo standard error. A bar holds when",
      "the figure reaches it within three of them. “Truth below / above” are the misses by side.",
      "",
      about,
      "",
      `${figures.filter(({ held }) => held !== null).length} bars, ${missed} missed.`,
    ];
    mkdirSync(resolve(top, "docs"), { recursive: true });
    writeFileSync(
      resolve(top, "docs/calibration.md"),
      `${head.join("\n")}\n${essai.calibrationTable(results)}\n`,
    );
  }
  process.exitCode = missed > 0 ? 1 : 0;
}
