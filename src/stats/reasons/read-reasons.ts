import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { symmetricEstimate } from "../inference/symmetric-estimate.js";
import { normalTail } from "../inference/tail.js";
import { weightedSum } from "../moments/weighted-sum.js";

/** One factor of a product of means, and what its change does to the product. */
export interface Reason {
  /** Name of the value that is divided by the one before it. */
  readonly name: string;
  /** The factor on both sides: the first value's mean, then each value's total over the total of the one before. */
  readonly values: readonly [control: number, treatment: number];
  /** Its part of the difference of the last value's means, in that value's unit. */
  readonly contribution: Estimate;
}

/** Why two means differ: parts that add up to the difference; or why it cannot be split. */
export type Reasons =
  | {
      readonly status: "ok";
      /** One per value, in their order. */
      readonly reasons: readonly Reason[];
      /** Treatment − control of the last value's means: the sum of all parts. */
      readonly difference: Estimate;
    }
  | { readonly status: "undefined"; readonly reason: string };

/** Both sides of a comparison among units that were allocated alike; the values' joint moments, n ≥ 2. */
interface ReasonStratum {
  readonly control: Moments;
  readonly treatment: Moments;
}

const emptyReason = "a step of the amount is zero or negative on a side, so the difference cannot be split";
const noStrataReason = "fewer than two units with an outcome on a side";
const method = "log-mean";

/** Each mean over the one before it, the first as it is. */
const factorsOf = ({ mean }: Moments): readonly number[] =>
  mean.map((each, i) => each / (i === 0 ? 1 : (mean[i - 1] ?? 1)));

/**
 * The logarithmic mean of two positive numbers, and how it moves with the second.
 * @returns of a = b the number itself, and a half
 */
function logarithmicMean(a: number, b: number): { readonly value: number; readonly slope: number } {
  const u = Math.log(b / a);
  if (Math.abs(u) < 1e-4)
    return { value: a * (1 + u / 2 + (u * u) / 6), slope: 1 / 2 - u / 6 + (u * u) / 24 };
  const value = (b - a) / u;
  return { value, slope: (1 - value / b) / u };
}

/** A number with its variance. */
interface Measured {
  readonly value: number;
  readonly variance: number;
}

const varianceOfMean = (moments: Moments, gradient: readonly number[]): number => {
  const { n, names, mean, comoment } = moments;
  const [m2 = 0] = weightedSum({ n, names, mean, comoment }, gradient, "part").comoment;
  return m2 / (n - 1) / n;
};

/** Every factor's part of the difference, then the difference itself, in one stratum. */
function partsOf({ control, treatment }: ReasonStratum): readonly Measured[] {
  const last = control.mean.length - 1;
  const [from, to] = [control.mean[last] ?? 0, treatment.mean[last] ?? 0];
  const { value: size, slope: upward } = logarithmicMean(from, to);
  const { slope: downward } = logarithmicMean(to, from);
  const [before, after] = [factorsOf(control), factorsOf(treatment)];
  const parts = before.map((factor, i) => {
    const change = Math.log((after[i] ?? factor) / factor);
    const gradient = ({ mean }: Moments, sign: number, slope: number) =>
      mean.map(
        (each, j) =>
          (j === last ? change * slope : 0) +
          (j === i ? (sign * size) / each : j === i - 1 ? (-sign * size) / each : 0),
      );
    return {
      value: size * change,
      variance:
        varianceOfMean(treatment, gradient(treatment, 1, upward)) +
        varianceOfMean(control, gradient(control, -1, downward)),
    };
  });
  const whole = control.mean.map((_, i) => (i === last ? 1 : 0));
  const variance = varianceOfMean(treatment, whole) + varianceOfMean(control, whole);
  return [...parts, { value: to - from, variance }];
}

/**
 * Why a mean differs, stratum by stratum, averaged by the strata's share of the units; to be read at any level.
 * @param strata  moments of the same values in the same order; not checked
 */
export function readReasons(strata: readonly ReasonStratum[]): (options: EstimateOptions) => Reasons {
  const [first] = strata;
  if (!first) return () => ({ status: "undefined", reason: noStrataReason });
  const arms = strata.flatMap(({ control, treatment }) => [control, treatment]);
  if (!arms.every(({ mean }) => mean.every((each) => each > 0)))
    return () => ({ status: "undefined", reason: emptyReason });
  const units = strata.map(({ control, treatment }) => control.n + treatment.n);
  const total = units.reduce((sum, each) => sum + each, 0);
  const found = strata.map(partsOf);
  const over = (of: (stratum: number) => number, power: (share: number) => number): number =>
    units.reduce((sum, each, at) => sum + power(each / total) * of(at), 0);
  const combined = (found[0] ?? []).map((_, i) => ({
    value: over(
      (at) => found[at]?.[i]?.value ?? 0,
      (share) => share,
    ),
    error: Math.sqrt(over((at) => found[at]?.[i]?.variance ?? 0, square)),
  }));
  const values = first.control.names.map(
    (_, i) =>
      [
        over(
          (at) => factorsOf(strata[at]?.control ?? first.control)[i] ?? 0,
          (share) => share,
        ),
        over(
          (at) => factorsOf(strata[at]?.treatment ?? first.treatment)[i] ?? 0,
          (share) => share,
        ),
      ] as const,
  );
  return (options) => {
    const estimates = combined.map(({ value, error }) =>
      symmetricEstimate(method, value, error, normalTail, options),
    );
    const reasons = first.control.names.flatMap((name, i) => {
      const [contribution, own] = [estimates[i], values[i]];
      return contribution && own ? [{ name, values: own, contribution }] : [];
    });
    const difference = estimates.at(-1);
    return difference
      ? { status: "ok", reasons, difference }
      : { status: "undefined", reason: noStrataReason };
  };
}
