import type { Estimate } from "../../core/estimate.js";
import { square } from "../../core/powers.js";
import { ExperimentError, requireList, requireNumber, wrong_length } from "../../errors/index.js";
import { checkFields, type FieldsFor, fitsFields } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { studentTail } from "../inference/tail.js";
import { type ClusterOptions, clusterFields } from "./cluster-options.js";
import { clusteredFit } from "./clustered-fit.js";
import { requireLabel } from "./require-label.js";

/** One arm's observations and the cluster each belongs to; a label met in both arms is one cluster. */
export interface ClusteredArm {
  readonly values: ArrayLike<number>;
  readonly clusters: ArrayLike<string | number>;
}

const armFields = {
  values: { kind: "anything" },
  clusters: { kind: "anything" },
} as const satisfies FieldsFor<ClusteredArm>;

function checkClusteredArm(clustered: ClusteredArm, arm: string): void {
  if (!fitsFields(clustered, armFields)) checkFields(clustered, armFields, [arm]);
  const { values, clusters } = clustered;
  requireList(values, [arm, "values"]);
  requireList(clusters, [arm, "clusters"]);
  if (clusters.length !== values.length)
    throw new ExperimentError({ wrong_length }, [arm, "clusters"], clusters.length, {
      expected: { length: values.length },
      other: "values",
    });
}

/** Counts and sums of one cluster in both arms. */
interface Sums {
  counts: [control: number, treatment: number];
  sums: [control: number, treatment: number];
}

/**
 * Difference in means of observations that come in clusters (shops, classes, regions, users' sessions): every
 * observation weighs the same, the error is the clusters'.
 * @param control    values and their clusters' labels, the same length
 * @param treatment  the same of the other arm; a label in both arms is the same cluster
 * @param options    correction: `"cr2"` (default), `"cr1"`, `"cr1s"`, `"cr0"`; level, default 0.95; alternative
 * @returns Estimate: value = treatment − control, values' unit; statistic t with Satterthwaite's df for CR2, clusters − 1
 *          otherwise; `degenerate` when nothing varies between clusters
 * @throws ExperimentError `insufficient_data` at [arm, "clusters"] for fewer than two clusters; `wrong_length` at
 *         [arm, "clusters"]; `wrong_type`, `not_finite` at [arm, "values", i]; `unknown_name` at ["options", "correction"]; `unknown_key` at [arm, …] or ["options", …];
 *         `out_of_range` at ["options", "level"]
 * @source Liang & Zeger (1986), Biometrika 73; Bell & McCaffrey (2002), Survey Methodology 28
 * @checked test/reference/clusters.json — R 4.2.2 clubSandwich 0.5.8
 * @example
 * const control = { values: [3, 4, 3, 6, 7, 5, 5], clusters: ["a", "a", "a", "b", "b", "c", "c"] };
 * const treatment = { values: [6, 7, 9, 9, 5, 6, 6], clusters: ["d", "d", "e", "e", "f", "f", "f"] };
 * clusterDifference(control, treatment).pValue; // 0.2054
 */
export function clusterDifference(
  control: ClusteredArm,
  treatment: ClusteredArm,
  options: ClusterOptions = {},
): Estimate {
  checkOptions(options, clusterFields);
  checkClusteredArm(control, "control");
  checkClusteredArm(treatment, "treatment");
  const { correction = "cr2" } = options;
  const clusters = new Map<string | number, Sums>();
  let shift: number | undefined;
  [control, treatment].forEach(({ values, clusters: labels }, side) => {
    const arm = side === 0 ? "control" : "treatment";
    const seen = new Set<string | number>();
    for (let i = 0; i < values.length; i++) {
      const x = values[i];
      requireNumber(x, [arm, "values", i]);
      // Values are taken about the first one, so that a common offset costs no digits.
      shift ??= x;
      const label = labels[i];
      requireLabel(label, [arm, "clusters", i]);
      seen.add(label);
      const sums = clusters.get(label) ?? { counts: [0, 0], sums: [0, 0] };
      sums.counts[side as 0 | 1] += 1;
      sums.sums[side as 0 | 1] += x - shift;
      clusters.set(label, sums);
    }
    requireUnits(seen.size, [arm, "clusters"], 2);
  });
  // Columns: one, and treatment; the second coefficient is the difference.
  const fit = clusteredFit(
    [...clusters.values()].map(({ counts: [c, t], sums: [sc, st] }) => ({
      gram: [
        [c + t, t],
        [t, t],
      ],
      cross: [sc + st, st],
      n: c + t,
    })),
  );
  const { variance, df } = fit.variance(1, correction);
  const value = fit.coefficients[1] as number;
  const noise = 1e-24 * (value * value + square(fit.coefficients[0] as number));
  return symmetricEstimate(
    correction,
    value,
    variance > noise ? Math.sqrt(variance) : 0,
    studentTail(df > 0 ? df : 1),
    options,
  );
}
