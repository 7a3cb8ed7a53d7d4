import type { Estimate } from "../../core/estimate.js";
import { requireArray, requireNumber } from "../../errors/index.js";
import { checkFields, type FieldsFor, fitsFields } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";
import { requireCount } from "../moments/require-count.js";
import { type ClusterOptions, clusterFields } from "./cluster-options.js";
import { type ClusterSums, clusteredFit } from "./clustered-fit.js";

/** One time block of a switchback experiment: everybody got one arm. */
export interface Period {
  readonly arm: "control" | "treatment";
  /** Observations in the block, and their mean. */
  readonly n: number;
  readonly mean: number;
  /** What blocks are compared within, e.g. hour of the week or region; default all as one. */
  readonly stratum?: string;
}

/** Options of {@link switchback}. */
export interface SwitchbackOptions extends ClusterOptions {
  /** Blocks left out after each change of arm, while the last arm's effect wears off; default 0. */
  readonly washout?: number;
}

const switchbackFields = {
  ...clusterFields,
  washout: { kind: "number", atLeast: 0, whole: true, optional: true },
} as const satisfies FieldsFor<SwitchbackOptions>;

const periodFields = {
  arm: { kind: "word", of: ["control", "treatment"] },
  n: { kind: "anything" },
  mean: { kind: "anything" },
  stratum: { kind: "text", empty: true, optional: true },
} as const satisfies FieldsFor<Period>;

function checkPeriod(period: Period, i: number): void {
  if (!fitsFields(period, periodFields)) checkFields(period, periodFields, ["periods", i]);
  requireCount(period.n, ["periods", i, "n"]);
  requireNumber(period.mean, ["periods", i, "mean"]);
}

/**
 * Difference in means of a switchback (time-block) experiment. Neighbouring blocks of one arm are one cluster, so that
 * errors may be correlated as long as an arm lasts; strata take out what differs between hours or regions.
 * @param periods  blocks in time order
 * @param options  washout; correction: `"cr2"` (default) …; level, default 0.95; alternative
 * @returns Estimate: value = treatment − control within strata, values' unit, observations weighing the same; statistic
 *          t; `degenerate` when the blocks do not vary
 * @throws ExperimentError `insufficient_data` at ["periods"] for fewer than two runs of an arm, or fewer runs than
 *         strata need; `unknown_name` at ["periods", i, "arm"]; `unknown_key` at ["periods", i, …] or ["options", …]; `negative_count` at ["periods", i, "n"]; `not_finite` at
 *         ["periods", i, "mean"]; `out_of_range` at ["options", "washout"]
 * @source Bojinov, Simchi-Levi & Zhao (2023), Management Science 69; Bell & McCaffrey (2002)
 * @example
 * const periods = Array.from({ length: 24 }, (_, i) => ({
 *   arm: Math.floor(i / 3) % 2 === 0 ? ("control" as const) : ("treatment" as const),
 *   n: 100,
 *   mean: 5 + (i % 5) / 10 + (Math.floor(i / 3) % 2),
 * }));
 * switchback(periods, { washout: 1 }).value; // 0.9514
 */
export function switchback(periods: readonly Period[], options: SwitchbackOptions = {}): Estimate {
  checkOptions(options, switchbackFields);
  requireArray(periods, ["periods"]);
  periods.forEach(checkPeriod);
  const { correction = "cr2", washout = 0 } = options;
  const strata = [...new Set(periods.map((period) => period.stratum ?? ""))];
  const p = strata.length + 1;
  const runs: { arm: string; sums: ClusterSums }[] = [];
  let since = 0;
  periods.forEach((period, i) => {
    const { arm, n, mean } = period;
    const changed = i > 0 && (periods[i - 1] as Period).arm !== arm;
    since = changed ? 0 : i === 0 ? washout : since + 1;
    if (i === 0 || changed)
      runs.push({
        arm,
        sums: {
          gram: Array.from({ length: p }, () => new Array<number>(p).fill(0)),
          cross: new Array(p).fill(0),
          n: 0,
        },
      });
    if (since < washout || n === 0) return;
    const run = runs.at(-1) as (typeof runs)[number];
    const row = [
      ...strata.map((name) => (name === (period.stratum ?? "") ? 1 : 0)),
      arm === "treatment" ? 1 : 0,
    ];
    run.sums = {
      gram: run.sums.gram.map((line, a) =>
        line.map((value, b) => value + n * (row[a] as number) * (row[b] as number)),
      ),
      cross: run.sums.cross.map((value, a) => value + n * mean * (row[a] as number)),
      n: run.sums.n + n,
    };
  });
  const used = runs.filter((run) => run.sums.n > 0);
  for (const arm of ["control", "treatment"]) {
    const count = used.filter((run) => run.arm === arm).length;
    requireUnits(count, ["periods"], 2);
  }
  // A stratum that washout emptied has no coefficient to fit.
  const kept = [...strata.keys(), p - 1].filter((a) =>
    used.some(
      (run) => (run.sums.cross[a] as number) !== 0 || ((run.sums.gram[a] as number[])[a] as number) > 0,
    ),
  );
  requireUnits(used.length, ["periods"], kept.length + 1);
  const fit = clusteredFit(
    used.map(({ sums }) => ({
      gram: kept.map((a) => kept.map((b) => (sums.gram[a] as number[])[b] as number)),
      cross: kept.map((a) => sums.cross[a] as number),
      n: sums.n,
    })),
  );
  const last = kept.length - 1;
  const { variance, df } = fit.variance(last, correction);
  const value = fit.coefficients[last] as number;
  const scale = fit.coefficients.reduce((sum, each) => sum + each * each, 0);
  return symmetricEstimate(
    `switchback-${correction}`,
    value,
    variance > 1e-24 * scale ? Math.sqrt(variance) : 0,
    studentTail(df > 0 ? df : 1),
    options,
  );
}
