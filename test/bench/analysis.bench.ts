import { readFileSync } from "node:fs";
import { analyze, fromCells } from "essai/analysis";
import { parseExperiment } from "essai/schema";
import type { BenchRow } from "./harness.js";

const example = (file: string): unknown =>
  JSON.parse(readFileSync(`docs/examples/hillstrom/${file}`, "utf8"));

/** Median CPU milliseconds of an asynchronous operation, after a warm-up. */
async function cpuMilliseconds(run: () => Promise<unknown>, rounds = 41): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 2 * rounds; round++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    if (round >= rounds) times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[rounds >> 1] as number;
}

/** The 162-cell Hillstrom cube: macro, between, every level and every crossing, findings, recommendation. */
export async function bench(): Promise<BenchRow[]> {
  const { definition } = parseExperiment(example("experiment.json"));
  const source = fromCells(example("cells.json"));
  const dimensions = ["channel", "zip_code", "newbie", "mens", "womens"];
  const analysis = (some: readonly string[]) => () =>
    analyze({ experiment: definition, source, dimensions: some });
  const { micro } = await analysis(dimensions)();
  return [
    {
      group: "analysis",
      name: "162-cell cube with corrections",
      value: await cpuMilliseconds(analysis(dimensions)),
      unit: "ms",
      atMost: 15,
      note: `${micro.length / 2} micro comparisons of 3 metrics × 2 contrasts`,
    },
    {
      group: "analysis",
      name: "the same cells, macro only",
      value: await cpuMilliseconds(analysis([])),
      unit: "ms",
    },
  ];
}
