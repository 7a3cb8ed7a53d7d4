import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import type { BenchRow } from "./harness.js";

const main = resolve("dist/cli/main.js");
const hillstrom = (file: string) => resolve("docs/examples/hillstrom", file);
const importing = (file: string) => [
  "--input-type=module",
  "-e",
  `await import(${JSON.stringify(resolve(file))})`,
];

/** Processes that are started, in rounds, so that whatever else the machine does falls on all of them. */
const started = {
  node: ["-e", "0"],
  help: [main, "--help"],
  analyze: [main, "analyze", hillstrom("cells.json"), "-e", hillstrom("experiment.json"), "--by", "channel"],
  bandits: importing("dist/node/bandits/index.js"),
  banditFiles: importing("dist/bandits/index.js"),
  analysis: importing("dist/node/analysis/index.js"),
  analysisFiles: importing("dist/analysis/index.js"),
};
type Started = keyof typeof started;
const rounds = 21;

function medianMilliseconds(): Record<Started, number> {
  const names = Object.keys(started) as Started[];
  const spent: Record<Started, number[]> = {
    node: [],
    help: [],
    analyze: [],
    bandits: [],
    banditFiles: [],
    analysis: [],
    analysisFiles: [],
  };
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const start = performance.now();
      execFileSync(process.execPath, started[name], { stdio: "ignore" });
      spent[name].push(performance.now() - start);
    }
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[rounds >> 1] ?? 0;
  return Object.fromEntries(names.map((name) => [name, median(spent[name])])) as Record<Started, number>;
}

/** What a start costs: wall time of whole processes, from the packed form that Node users get. */
export function bench(): BenchRow[] {
  const wall = medianMilliseconds();
  const group = "start";
  const over = (name: Started) => wall[name] - wall.node;
  return [
    { group, name: "node -e 0", value: wall.node, unit: "ms", note: `wall time, median of ${rounds}` },
    { group, name: "essai --help", value: wall.help / wall.node, unit: "× node", atMost: 3 },
    {
      ...{ group, name: "essai analyze of ready-made cells", value: wall.analyze / wall.node },
      ...{
        unit: "× node",
        atMost: 6,
        note: "docs/examples/hillstrom, by channel: zod, cube and report loaded",
      },
    },
    {
      ...{ group, name: "import essai/bandits", value: over("bandits"), unit: "ms" },
      note: `over node's own start; ${over("banditFiles").toFixed(0)} ms from one file per function`,
    },
    {
      ...{ group, name: "import essai/analysis", value: over("analysis"), unit: "ms" },
      note: `over node's own start; ${over("analysisFiles").toFixed(0)} ms from one file per function`,
    },
  ];
}
