import { chiSquareSurvival, normalSurvival, tSurvival } from "essai/distributions";
import { lift, momentsOf, welch } from "essai/stats";
import { type BenchRow, measure } from "./harness.js";

const arms = Array.from({ length: 256 }, (_, i) => ({
  n: 10_000 + 37 * i,
  mean: 5 + Math.sin(i),
  m2: 40_000 + 100 * i,
}));
const points = Array.from({ length: 256 }, (_, i) => 0.01 + 6 * (i / 256));
const million = Float64Array.from({ length: 1_000_000 }, (_, i) => Math.exp(Math.sin(i) * 2));

function compare(times: number, critical: "t" | "normal"): number {
  let sum = 0;
  for (let i = 0; i < times; i++) {
    const [control, treatment] = [arms[i & 255]!, arms[(i * 7 + 3) & 255]!];
    const relative = lift(control, treatment, { critical });
    sum += relative.value ?? 0;
    if (critical === "t") sum += welch(control, treatment).value ?? 0;
    else sum += lift(control, treatment, { critical, method: "delta" }).value ?? 0;
  }
  return sum;
}

function each(times: number, f: (x: number) => number): number {
  let sum = 0;
  for (let i = 0; i < times; i++) sum += f(points[i & 255]!);
  return sum;
}

/** One comparison, its tails, and a million values into moments. */
export function bench(): BenchRow[] {
  const row = (name: string, value: number, unit: string, atMost: number, note?: string): BenchRow => ({
    group: "statistics",
    name,
    value,
    unit,
    atMost,
    ...(note ? { note } : {}),
  });
  const peers = "gbstats 0.8.0 takes 300–1,200 µs, tea-tasting 5,100 µs";
  return [
    row(
      "difference and lift, intervals, p: normal tail",
      measure((n) => compare(n, "normal")).microseconds,
      "µs",
      6,
      peers,
    ),
    row(
      "difference and lift, intervals, p: t tail",
      measure((n) => compare(n, "t")).microseconds,
      "µs",
      15,
      peers,
    ),
    row("normal tail", measure((n) => each(n, normalSurvival)).microseconds, "µs", 0.2),
    row("t tail, df 137.4", measure((n) => each(n, (x) => tSurvival(x, 137.4))).microseconds, "µs", 2),
    row("χ² tail, df 3", measure((n) => each(n, (x) => chiSquareSurvival(x, 3))).microseconds, "µs", 2),
    row(
      "1 million values into moments, third included",
      measure((n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += momentsOf(million).m2;
        return sum;
      }).microseconds / 1000,
      "ms",
      10,
    ),
  ];
}
