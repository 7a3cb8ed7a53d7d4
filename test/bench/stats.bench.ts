import { chiSquareSurvival, normalSurvival, tSurvival } from "essai/distributions";
import {
  addLook,
  betaPosterior,
  compareArms,
  effectPosterior,
  groupSequentialDesign,
  lift,
  momentsOf,
  powerForDecision,
  rankArms,
  sequentialProportions,
  welch,
} from "essai/stats";
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

const believed = Array.from({ length: 256 }, (_, i) => betaPosterior({ x: 1000 + i, n: 10_000 }));
const ten = Array.from({ length: 8 }, (_, i) => believed.slice(10 * i, 10 * i + 10));

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
    row(
      "two rates compared: chance, losses, intervals, densest intervals",
      measure((n) => {
        let sum = 0;
        for (let i = 0; i < n; i++)
          sum += compareArms(believed[i & 255]!, believed[(i * 7 + 3) & 255]!).chance;
        return sum;
      }).microseconds,
      "µs",
      100,
      "difference and lift, quadrature to 1e-8",
    ),
    row(
      "ranks of ten rates: chances of being best and losses",
      measure((n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += rankArms(ten[i & 7]!)[0]!.loss;
        return sum;
      }).microseconds / 1000,
      "ms",
      1,
      "relative error 1e-8",
    ),
    row(
      "an effect's posterior under a normal prior",
      measure((n) => {
        let sum = 0;
        const prior = { mean: 0, standardDeviation: 0.05 };
        for (let i = 0; i < n; i++)
          sum += effectPosterior({ value: points[i & 255]! / 100, standardError: 0.01 }, prior).chance;
        return sum;
      }).microseconds,
      "µs",
      5,
    ),
    ...([5, 200] as const).map((looks) =>
      row(
        `boundaries of ${looks} looks`,
        measure((n) => {
          let sum = 0;
          for (let i = 0; i < n; i++)
            sum += groupSequentialDesign({ looks, level: 0.95 - (i % 7) / 10_000 }).drift;
          return sum;
        }).microseconds / 1000,
        "ms",
        looks === 5 ? 5 : 200,
        "exact recursive integration",
      ),
    ),
    row(
      "a look of two rates added to a confidence sequence",
      measure((n) => {
        const plan = { tunedAt: 40_000, effect: 0.005 };
        let sum = 0;
        for (let i = 0; i < n; i++) {
          const [a, b] = [
            { x: 1000 + (i & 63), n: 20_000 },
            { x: 1110, n: 20_000 },
          ];
          const { difference: estimate } = sequentialProportions(a, b, plan);
          sum += addLook(null, { control: a.n, treatment: b.n, estimate }).state.pValue;
        }
        return sum;
      }).microseconds,
      "µs",
      20,
      "scores with fitted rates, a mixture that watches for an effect",
    ),
    ...(["alpha-spending", "equal-shares", "always-valid"] as const).map((method) =>
      row(
        `a power curve of 50 points, 20 looks: ${method}`,
        measure((n) => {
          const metrics = [{ key: "order", role: "goal", baseline: 0.05, lift: 0.1, smallest: 0.1 }] as const;
          let sum = 0;
          for (let i = 0; i < n; i++)
            for (let point = 1; point <= 50; point++)
              sum += powerForDecision(
                { metrics, method, looks: method === "always-valid" ? "any" : 20, units: 1600 * point },
                800 * point,
              ).power;
          return sum;
        }).microseconds / 1000,
        "ms",
        1000,
        "exact recursive integration",
      ),
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
