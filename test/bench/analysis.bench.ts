import { readFileSync } from "node:fs";
import { defineExperiment } from "essai";
import { analyze, fromCells } from "essai/analysis";
import { parseExperiment } from "essai/schema";
import type { BenchRow } from "./harness.js";

const example = (file: string): object => JSON.parse(readFileSync(`docs/examples/hillstrom/${file}`, "utf8"));

/** Median CPU milliseconds of an asynchronous operation, once engines have compiled it: they do so beside the first hundreds. */
async function cpuMilliseconds(run: () => Promise<unknown>, rounds = 41, warm = 400): Promise<number> {
  for (let round = 0; round < warm; round++) await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[rounds >> 1] as number;
}

const LEVELS = 5000;

/** Ten thousand cells: two variants in each of 5,000 levels, with two conversions and three amounts. */
function wideCube() {
  const types = ["conversion", "conversion", "mean", "mean", "mean"] as const;
  const metrics = types.map(
    (type, at) => ({ key: `m${at}`, type, role: at < 2 ? "goal" : "diagnostic" }) as const,
  );
  const experiment = defineExperiment({
    key: "wide",
    unit: "userId",
    control: "control",
    variants: { control: null, treatment: null },
    metrics,
    plan: { looks: 1 },
  });
  const names = ["value"];
  const cells = Array.from({ length: 2 * LEVELS }, (_, at) => {
    const n = 200 + ((at * 7919) % 301);
    const moments = types.map((type, k) => {
      const hits = Math.round(n * (0.08 + ((at * 31 + k * 17) % 50) / 500));
      const mean = hits / n;
      if (type === "conversion") return { n, names, mean: [mean], comoment: [n * mean * (1 - mean)] };
      const spend = 20 * mean;
      return { n, names, mean: [spend], comoment: [n * 40 * spend], m3: [n * 2400 * spend], nonzero: [hits] };
    });
    return {
      variant: at % 2 ? "treatment" : "control",
      definitionVersion: 1,
      levels: [`l${at >> 1}`],
      units: n,
      moments,
    };
  });
  const keys = metrics.map(({ key }) => key);
  const source = fromCells({
    ...{
      format: "essai.cells/1",
      experiment: "wide",
      dimensions: ["level"],
      metrics: keys,
      cells,
      excluded: {},
    },
  });
  return () => analyze({ experiment, source, dimensions: ["level"] });
}

/** The 162-cell Hillstrom cube: macro, between, every level and every crossing, findings, recommendation. */
export async function bench(): Promise<BenchRow[]> {
  const { definition } = parseExperiment({ ...example("experiment.json"), plan: { looks: 1 } });
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
    {
      group: "analysis",
      name: "10,000 cells × 5 metrics",
      value: await cpuMilliseconds(wideCube(), 5, 6),
      unit: "ms",
      atMost: 2000,
      note: "25,000 comparisons, screened, shrunken and corrected",
    },
  ];
}
