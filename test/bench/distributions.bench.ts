import {
  betaCdf,
  betaQuantile,
  binomialCdf,
  chiSquareSurvival,
  dunnettSurvival,
  normalQuantile,
  normalSurvival,
  studentizedRangeSurvival,
  tQuantile,
  tSurvival,
} from "essai/distributions";
import jstat from "jstat";
import { type BenchRow, measure } from "./harness.js";

/** Arguments that differ from call to call, evenly over [from, to]. */
function over(from: number, to: number): (i: number) => number {
  const values = Float64Array.from(
    { length: 1024 },
    (_, i) => from + (to - from) * ((i * 0.6180339887498949) % 1),
  );
  return (i) => values[i & 1023]!;
}

function nanoseconds(f: (x: number) => number, argument: (i: number) => number): number {
  const { microseconds } = measure((times) => {
    let sum = 0;
    for (let i = 0; i < times; i++) sum += f(argument(i));
    return sum;
  });
  return microseconds * 1000;
}

/** Tails and inverses, each averaged over the range named. */
export function bench(): BenchRow[] {
  const row = (
    name: string,
    f: (x: number) => number,
    argument: (i: number) => number,
    atMost?: number,
    note?: string,
  ): BenchRow => ({
    group: "distributions",
    name,
    value: nanoseconds(f, argument),
    unit: "ns",
    ...(atMost === undefined ? {} : { atMost }),
    ...(note === undefined ? {} : { note }),
  });
  const peer = "jstat 1.9.6, for comparison: quick, and wrong in the tails";
  return [
    row("normal tail, x in 0 … 8", normalSurvival, over(0, 8), 200),
    row("normal tail by jstat", (x) => 1 - jstat.normal.cdf(x, 0, 1), over(0, 8), undefined, peer),
    row("normal quantile", normalQuantile, over(1e-6, 1)),
    row("t tail, df 10, x in 0 … 6", (x) => tSurvival(x, 10), over(0, 6), 2000),
    row("t tail, df 1,000.5, x in 0 … 6", (x) => tSurvival(x, 1000.5), over(0, 6), 2000),
    row("t tail, df 1,000,000, x in 0 … 6", (x) => tSurvival(x, 1e6), over(0, 6), 2000),
    row("t tail by jstat, df 10", (x) => 1 - jstat.studentt.cdf(x, 10), over(0, 6), undefined, peer),
    row("t quantile at 0.975, df 5 … 1,000", (df) => tQuantile(0.975, df), over(5, 1000)),
    row("beta tail, shapes 20 and 80", (x) => betaCdf(x, 20, 80), over(0.1, 0.3)),
    row("beta tail, shapes 1e7", (x) => betaCdf(x, 1e7, 1e7), over(0.4996, 0.5004)),
    row("beta quantile, shapes 20 and 80", (p) => betaQuantile(p, 20, 80), over(0.001, 0.999)),
    row("χ² tail, df 5", (x) => chiSquareSurvival(x, 5), over(0.5, 30)),
    row("binomial tail, n 1,000", (k) => binomialCdf(k, 1000, 0.2), over(150, 250)),
    row("Tukey tail, 4 means, df 30", (q) => studentizedRangeSurvival(q, 4, 30), over(1, 7)),
    row(
      "Dunnett tail, 4 comparisons, df 30",
      (t) => dunnettSurvival(t, { comparisons: 4, df: 30 }),
      over(1, 5),
    ),
  ];
}
