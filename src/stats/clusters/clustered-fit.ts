import { square } from "../../core/powers.js";
import { cholesky, invert, packedIndex } from "../../linear/index.js";
import { symmetricPower } from "../numeric/symmetric-power.js";

/** What a least-squares fit needs of one cluster: Xᵀ X (full rows), Xᵀ y, and how many observations. */
export interface ClusterSums {
  readonly gram: readonly (readonly number[])[];
  readonly cross: readonly number[];
  readonly n: number;
}

/** How a cluster-robust variance is corrected for few clusters; CR1S also for the number of coefficients. */
export type ClusterCorrection = "cr0" | "cr1" | "cr1s" | "cr2";

/** Variance of one coefficient and its degrees of freedom. */
export interface CoefficientVariance {
  readonly variance: number;
  readonly df: number;
}

type Matrix = readonly (readonly number[])[];

const times = (a: Matrix, x: readonly number[]) =>
  a.map((row) => row.reduce((sum, value, i) => sum + value * (x[i] as number), 0));
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
const product = (a: Matrix, b: Matrix): number[][] =>
  a.map((row) =>
    (b[0] as readonly number[]).map((_, j) =>
      dot(
        row,
        b.map((other) => other[j] as number),
      ),
    ),
  );
const transpose = (a: Matrix): number[][] =>
  (a[0] as readonly number[]).map((_, j) => a.map((row) => row[j] as number));

/** A least-squares fit on clusters of observations. */
export interface ClusteredFit {
  readonly coefficients: readonly number[];
  /** Variance of one coefficient under a correction, with Satterthwaite's df for CR2 and clusters − 1 otherwise. */
  variance(coefficient: number, correction: ClusterCorrection): CoefficientVariance;
}

/**
 * Fits by least squares and gives cluster-robust variances from the clusters' sums alone: CR2's (I − H)^(−½) is moved
 * from the observations to the coefficients, so no matrix of a cluster's size is formed.
 * @throws ExperimentError `singular_matrix` when the columns are collinear
 * @source Bell & McCaffrey (2002), Survey Methodology 28; Pustejovsky & Tipton (2018), JBES 36
 */
export function clusteredFit(clusters: readonly ClusterSums[]): ClusteredFit {
  const p = (clusters[0] as ClusterSums).cross.length;
  const gram = new Array<number>((p * (p + 1)) / 2).fill(0);
  const cross = new Array<number>(p).fill(0);
  let n = 0;
  for (const cluster of clusters) {
    n += cluster.n;
    for (let i = 0; i < p; i++) {
      cross[i] = (cross[i] as number) + (cluster.cross[i] as number);
      for (let j = 0; j <= i; j++) {
        const at = packedIndex(i, j);
        gram[at] = (gram[at] as number) + ((cluster.gram[i] as readonly number[])[j] as number);
      }
    }
  }
  const factor = cholesky(gram, p);
  const packed = invert(factor, p);
  const inverse = cross.map((_, i) => cross.map((__, j) => packed[packedIndex(i, j)] as number));
  const coefficients = times(inverse, cross);
  const scores = clusters.map(({ gram: own, cross: y }) =>
    times(own, coefficients).map((fit, i) => (y[i] as number) - fit),
  );
  // A root R of the inverse, R Rᵀ = M, and its own inverse.
  const root = symmetricPower(inverse, 0.5);
  const unroot = symmetricPower(inverse, -0.5);
  const adjustments = () =>
    clusters.map(({ gram: own }) => {
      const inner = product(product(transpose(root), own), root).map((row, i) =>
        row.map((value, j) => (i === j ? 1 : 0) - value),
      );
      const power = symmetricPower(inner, -0.5);
      return product(product(root, power), unroot);
    });
  const total = clusters.length;
  const factors = {
    cr0: 1,
    cr1: total / (total - 1),
    cr1s: (total / (total - 1)) * ((n - 1) / (n - p)),
  } as const;
  return {
    coefficients,
    variance(coefficient, correction) {
      const direction = inverse[coefficient] as readonly number[];
      if (correction !== "cr2") {
        const sum = scores.reduce((all, score) => all + square(dot(direction, score)), 0);
        return { variance: sum * factors[correction], df: total - 1 };
      }
      let variance = 0;
      let trace = 0;
      let squares = 0;
      const outer = cross.map(() => new Array<number>(p).fill(0));
      adjustments().forEach((adjust, g) => {
        const own = (clusters[g] as ClusterSums).gram;
        // (I − M C)^(−½) maps coefficients; its transpose maps scores.
        const turned = times(transpose(adjust), scores[g] as readonly number[]);
        variance += square(dot(direction, turned));
        const q = times(own, times(adjust, direction));
        const s = dot(times(transpose(adjust), times(own, times(adjust, direction))), direction);
        const projected = times(inverse, q);
        const share = dot(q, projected);
        trace += s - share;
        squares += s * s - 2 * s * share;
        q.forEach((a, i) => {
          q.forEach((b, j) => {
            (outer[i] as number[])[j] = ((outer[i] as number[])[j] as number) + a * b;
          });
        });
      });
      const m = product(inverse, outer);
      const mm = product(m, m);
      squares += mm.reduce((sum, row, i) => sum + (row[i] as number), 0);
      return { variance, df: (trace * trace) / squares };
    },
  };
}
