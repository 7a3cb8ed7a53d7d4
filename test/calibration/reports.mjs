// npm run calibrate -- reports [--seed S --replications N word …]: how often whole reports say what they say, in worlds
// where it is true and where it is false, and what other packages' methods say of the same draws. A run without words
// rewrites docs/calibration-reports.md. Run against the built output.
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { analyze, fromCells } from "../../dist/analysis/index.js";
import { randomSource } from "../../dist/random/index.js";
import { peerWorlds } from "./peer-worlds.mjs";
import { peerHeads } from "./peers.mjs";
import { reportWorlds } from "./report-worlds.mjs";

const top = fileURLToPath(new URL("../..", import.meta.url));
const percent = (share) => `${(100 * share).toFixed(2)} %`;

/** How often each statement was made in a world. */
export async function judgeReports({ key, draw, statements, replications = 3000 }, seed, most) {
  const random = randomSource(`${seed}/${key}`);
  const times = Math.min(replications, most ?? replications);
  const counts = Object.fromEntries(Object.keys(statements).map((name) => [name, 0]));
  for (let i = 0; i < times; i++) {
    const { cells, experiment, dimensions } = draw(random);
    const report = await analyze({ experiment, source: fromCells(cells), dimensions });
    for (const [name, { say }] of Object.entries(statements)) if (say(report)) counts[name]++;
  }
  return Object.entries(statements).map(([name, { atLeast, atMost }]) => {
    const value = counts[name] / times;
    const error = (bar) => Math.sqrt((bar * (1 - bar)) / times);
    const held =
      (atMost === undefined || value <= atMost + 3 * error(atMost)) &&
      (atLeast === undefined || value >= atLeast - 3 * error(atLeast));
    const judged = atLeast !== undefined || atMost !== undefined;
    return { name, value, error: error(value), atLeast, atMost, held: judged ? held : null, times };
  });
}

function barOf({ atLeast, atMost, held }) {
  if (held === null) return "";
  const bar =
    atLeast === undefined
      ? `≤ ${percent(atMost)}`
      : atMost === undefined
        ? `≥ ${percent(atLeast)}`
        : `${percent(atLeast)} – ${percent(atMost)}`;
  return `${bar} ${held ? "held" : "**missed**"}`;
}

/** Judges worlds on all cores; a world's chance depends on the seed and its key alone. */
export async function judgeAll(jobs) {
  const results = new Array(jobs.length);
  // The dearest come last in the lists.
  const queue = [...jobs.entries()].reverse();
  const work = async () => {
    const worker = new Worker(new URL("./report-worker.mjs", import.meta.url));
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, job] = next;
      worker.postMessage(job);
      [results[at]] = await once(worker, "message");
      process.stdout.write(".");
    }
    await worker.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return results;
}

/** @returns what was found, a table per group */
export function reportLines(worlds, results) {
  const lines = [];
  let group = "";
  for (const [at, world] of worlds.entries()) {
    if (world.group !== group) {
      group = world.group;
      lines.push(
        "",
        `## ${group}`,
        "",
        "| world | the report says | how often | ± | bar | reports |",
        "|---|---|---:|---:|---|---:|",
      );
    }
    for (const [i, figure] of results[at].entries()) {
      const { name, value, error, times } = figure;
      const cells = [i === 0 ? world.key : "", name, percent(value), percent(error), barOf(figure), times];
      lines.push(`| ${cells.join(" | ")} |`);
    }
  }
  return lines;
}

function peerLines(worlds, results) {
  return ["conversion", "revenue"].flatMap((kind) => {
    const own = results.filter((_, at) => worlds[at].kind === kind);
    return own.length > 0 ? [...peerHeads[kind], ...own.flatMap(({ lines }) => lines)] : [];
  });
}

/** Judges every world, or those that words pick; a run without words rewrites the page, and says on it if it was cut short. */
export async function calibrateReports({ seed, replications: most, words, about }) {
  const picked = ({ key, group = "peers" }) =>
    words.length === 0 || words.some((word) => key.includes(word) || group.startsWith(word));
  const jobs = (list, worlds) =>
    worlds.flatMap((world, at) => (picked(world) ? [{ list, at, seed, most }] : []));
  const all = [...jobs("reports", reportWorlds), ...jobs("peers", peerWorlds)];
  const results = await judgeAll(all);
  const of = (list) => results.filter((_, at) => all[at].list === list);
  const peers = peerWorlds.filter(picked);
  const figures = [...of("reports").flat(), ...of("peers").flatMap(({ bars }) => bars)];
  const bars = figures.filter(({ held }) => held !== null).length;
  const missed = figures.filter(({ held }) => held === false).length;
  const lines = [
    ...reportLines(reportWorlds.filter(picked), of("reports")),
    ...peerLines(peers, of("peers")),
  ];
  console.log(`\n${lines.join("\n")}\n\n${bars} bars, ${missed} missed`);
  if (words.length === 0) {
    const head = [
      "# Calibration of whole reports",
      "",
      "Regenerated by `npm run calibrate -- reports`; never edited. Each row: experiments drawn in a world of known truth go",
      "through `analyze` as a user's do, at the plan's one look, and the report's own statements are counted; ± is the",
      "Monte-Carlo standard error. A bar holds when the figure reaches it within three of them. “n/m” are the units of control",
      "and treatment. The last two tables hold other packages' methods against the same draws.",
      "",
      about,
      ...(most === undefined ? [] : ["", `A short run: at most ${most} draws per world.`]),
      "",
      `${bars} bars, ${missed} missed.`,
    ];
    writeFileSync(resolve(top, "docs/calibration-reports.md"), `${[...head, ...lines].join("\n")}\n`);
  }
  return missed;
}
