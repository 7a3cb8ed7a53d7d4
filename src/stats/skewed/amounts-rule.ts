import type { ScalarMoments } from "../../core/moments.js";
import { cube, square } from "../../core/powers.js";
import type { AmountArm, AmountsReader } from "./amount-arm.js";
import type { WeightedArm } from "./amounts-score.js";

/** Both arms among units that were allocated alike. */
export interface AmountsStratum<M> {
  readonly control: M;
  readonly treatment: M;
}

/** Sums of weighted means, compared by their score. */
export interface AmountsContrast {
  readonly arms: readonly WeightedArm[];
  /** The size of the amounts, < 0 where the values are: a score is taken of the amounts over it. */
  readonly unit: number;
  /** The means with their weights, in the values' own unit: those that are added, and those subtracted. */
  readonly above: number;
  readonly below: number;
  /** To first order, of both. */
  readonly aboveVariance: number;
  readonly belowVariance: number;
}

/** From this skewness of a side's mean on, a normal or t distribution of it is visibly wrong. */
export const noticeable = 0.1;

const sides = ["control", "treatment"] as const;

interface Weighted<M> {
  readonly stratum: AmountsStratum<M>;
  readonly control: ScalarMoments;
  readonly treatment: ScalarMoments;
  /** The stratum's share of its part's units, < 0 in what is subtracted. */
  weight: number;
}

/** Skewness of the most skewed side's mean with one shape for all arms; 0 where it is no more than noise. */
function meanSkewness<M>(parts: readonly (readonly Weighted<M>[])[]): number {
  let n = 0;
  let m2 = 0;
  let m3 = 0;
  let most = 0;
  for (const strata of parts)
    for (const side of sides) {
      let seconds = 0;
      let thirds = 0;
      for (const { [side]: arm, weight } of strata) {
        n += arm.n;
        m2 += arm.m2;
        m3 += arm.m3 ?? 0;
        const share = Math.abs(weight);
        seconds += (share * share) / arm.n;
        thirds += cube(share) / arm.n / arm.n;
      }
      most = Math.max(most, thirds / seconds / Math.sqrt(seconds));
    }
  if (!(m2 > 0)) return 0;
  const skewness = ((m3 / m2) * Math.sqrt(n)) / Math.sqrt(m2);
  return square(skewness) * n > 54 ? Math.abs(skewness) * most : 0;
}

function linearParts<M>(
  parts: readonly (readonly AmountsStratum<M>[])[],
  reader: AmountsReader<M>,
): Weighted<M>[][] | undefined {
  const all: Weighted<M>[][] = [];
  for (const strata of parts) {
    const read: Weighted<M>[] = [];
    let units = 0;
    for (const stratum of strata) {
      const control = reader.linear(stratum.control);
      const treatment = reader.linear(stratum.treatment);
      if (control?.m3 === undefined || treatment?.m3 === undefined) return undefined;
      const own = control.n + treatment.n;
      read.push({ stratum, control, treatment, weight: own });
      units += own;
    }
    const sign = all.length === 0 ? 1 : -1;
    for (const own of read) own.weight = (sign * own.weight) / units;
    all.push(read);
  }
  return all;
}

/** Half an amount more in every stratum: what nobody had there can still be compared. */
const ground = 0.5;

/**
 * The rule by which amounts are compared by their score: third moments and the counts of non-zero values are there, some
 * side's mean is skewed by 0.1 or more (and the skewness is three standard errors from none), at least two values are not
 * zero, and the values of each arm can be of one sign, the same in all.
 * @param parts  strata that are compared, treatment − control averaged by their share of the units; and in a second list
 *               those whose difference is subtracted. A hypothesis pulls at an arm by its weight times its stratum's mean, which is
 *               where the likelihood of all together falls least
 * @returns undefined where the rule does not hold
 */
export function skewedAmounts<M>(
  parts: readonly (readonly AmountsStratum<M>[])[],
  reader: AmountsReader<M>,
): AmountsContrast | undefined {
  const linear = linearParts(parts, reader);
  if (!linear || meanSkewness(linear) < noticeable) return undefined;
  const found: { arm: AmountArm; weight: number; mean: number; units: number }[] = [];
  let sum = 0;
  let count = 0;
  let above = 0;
  let below = 0;
  let aboveVariance = 0;
  let belowVariance = 0;
  for (const strata of linear)
    for (const own of strata) {
      const { stratum, weight } = own;
      const control = reader.arm(stratum.control, own.control);
      const treatment = reader.arm(stratum.treatment, own.treatment);
      if (!control || !treatment) return undefined;
      const units = control.n + treatment.n;
      const mean = (control.mean * control.n + treatment.mean * treatment.n) / units;
      for (const side of sides) {
        const arm = side === "control" ? control : treatment;
        if (arm.amount * sum < 0) return undefined;
        sum += arm.amount * arm.count;
        count += arm.count;
        const { n, m2 } = own[side];
        const signed = side === "control" ? -weight : weight;
        const variance = (weight * weight * m2) / (n - 1) / n;
        if (signed > 0) {
          above += signed * arm.mean;
          aboveVariance += variance;
        } else {
          below -= signed * arm.mean;
          belowVariance += variance;
        }
        found.push({ arm, weight: signed, mean, units });
      }
    }
  if (count < 2) return undefined;
  const unit = sum / count;
  const pulls = found.map(({ weight, mean, units }) => weight * Math.abs(mean + (ground * unit) / units));
  const largest = pulls.reduce((most, pull) => Math.max(most, Math.abs(pull)), 0);
  return {
    arms: found.map(({ arm, weight }, i) => ({ arm, weight, pull: (pulls[i] as number) / largest })),
    unit,
    above,
    below,
    aboveVariance,
    belowVariance,
  };
}
