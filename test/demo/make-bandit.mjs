// Makes docs/examples/spring: a simulated bandit's decisions with their rewards, and its state at the end. The same
// seed makes the same files.
// usage: npm run demo:bandit
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { createBandit, factorial, floor, thompson, toLogLine } from "essai/bandits";
import { parseExperiment } from "essai/schema";
import { simulateRounds } from "essai/simulation";

const folder = new URL("../../docs/examples/spring/", import.meta.url);
const { definition } = parseExperiment(
  JSON.parse(await readFile(new URL("experiment.json", folder), "utf8")),
);
const segments = { field: "segment", levels: ["deal hunter", "brand loyal"] };
const bandit = createBandit(
  definition,
  { thompson },
  { model: factorial({ segments, mean: 0.1 }), constraints: [floor({ share: 0.02 })] },
);
const world = {
  base: 0.09,
  segments: { field: "segment", shares: { "deal hunter": 0.4, "brand loyal": 0.6 } },
  effects: [
    { when: { message: "discount", segment: "deal hunter" }, by: 1.1 },
    { when: { message: "discount", segment: "brand loyal" }, by: -0.4 },
    { when: { message: "story", segment: "brand loyal" }, by: 0.7 },
    { when: { channel: "push" }, by: 0.25 },
  ],
  arrivals: { perDay: 150 },
};
const rounds = simulateRounds(bandit, world, { seed: "spring", rounds: 2_000, batch: 100 });
const lines = [];
let next = rounds.next();
for (; !next.done; next = rounds.next()) lines.push(toLogLine(next.value));
await writeFile(new URL("decisions.jsonl.gz", folder), gzipSync(`${lines.join("\n")}\n`, { level: 9 }));
await writeFile(new URL("state.json", folder), `${JSON.stringify(next.value)}\n`);
console.log(`${lines.length} decisions`);
