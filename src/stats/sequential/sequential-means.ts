import type { Estimate } from "../../core/estimate.js";
import type { Moments, ScalarMoments } from "../../core/moments.js";
import type { FieldsFor } from "../../shapes/index.js";
import { adjustedArms, checkCovariateArms, type SlopeSource } from "../adjustment/adjusted-arms.js";
import { checkArms } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { outside } from "../inference/tail.js";
import { fieller } from "../lift/fieller.js";
import { checkRatioArms, ratioArms } from "../ratios/ratio-arms.js";
import { type Boundary, sequentialTail } from "./boundary.js";
import { everything, sequentialEstimate } from "./sequential-estimate.js";
import { boundaryAt, methodOf, type SequentialOptions, sequentialFields } from "./sequential-options.js";

/** A comparison that may be read at every look, on both scales of one test. */
export interface SequentialComparison {
  /** Treatment − control. */
  readonly difference: Estimate;
  /** Treatment ÷ control − 1: the lifts l at which treatment − (1 + l) · control is not rejected. */
  readonly lift: Estimate;
}

/** Variances of a difference of means, and what a hypothesis about it makes of them. */
interface MeanScore {
  readonly value: number;
  /** Each arm's own variance of its mean. */
  readonly control: number;
  readonly treatment: number;
  /** Of the difference, if it is zero. */
  readonly underNone: number;
  reach(critical: number): number;
}

/**
 * The score of a difference d of means: its variance is the larger of the arms' own and the one of all units around a
 * common mean, once d is taken off. A small arm that has seen nothing but zeros yet has no variance of its own.
 */
function meanScore(control: ScalarMoments, treatment: ScalarMoments, extra: number): MeanScore {
  const n = control.n + treatment.n;
  const of = (arm: ScalarMoments) => arm.m2 / (arm.n - 1) / arm.n + extra / 2;
  const [c, t] = [of(control), of(treatment)];
  const harmonic = (control.n / n) * treatment.n;
  const within = (control.m2 + treatment.m2) / (n - 1) / harmonic + extra;
  const value = treatment.mean - control.mean;
  return {
    value,
    control: c,
    treatment: t,
    underNone: Math.max(c + t, within + (value / (n - 1)) * value),
    reach(critical) {
      const room = 1 - (critical / (n - 1)) * critical;
      const pooled = room > 0 ? critical * Math.sqrt(within / room) : Number.POSITIVE_INFINITY;
      return Math.max(critical * Math.sqrt(c + t), pooled);
    },
  };
}

/** Both scales, from arms that were checked. */
function compared(
  of: string,
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: SequentialOptions,
  extra = 0,
): SequentialComparison {
  const score = meanScore(control, treatment, extra);
  const method = methodOf(options, of);
  const standardError = Math.sqrt(score.underNone);
  const boundary = boundaryAt(control.n + treatment.n, standardError, options);
  const difference = sequentialEstimate(
    { method, ...score, standardError, statistic: score.value / standardError },
    boundary,
    options,
  );
  return {
    difference,
    lift: liftOf(method, control.mean, treatment.mean, score, difference, boundary, options),
  };
}

/** Fieller's set at the boundary's critical value: the absolute test of every lift, inverted. */
function liftOf(
  method: string,
  control: number,
  treatment: number,
  score: MeanScore,
  difference: Estimate,
  boundary: Boundary,
  options: SequentialOptions,
): Estimate {
  const [level, alternative] = [readLevel(options), readAlternative(options)];
  const tail = sequentialTail(boundary, alternative);
  const critical = tail.critical(outside(level, alternative));
  const widened = score.reach(critical) / critical;
  const { pValue } = difference;
  if (pValue !== undefined && control !== 0 && !Number.isFinite(widened))
    return everything(method, score.value / Math.abs(control), level, pValue);
  const own = score.control + score.treatment;
  const factor = own > 0 ? (widened * widened) / own : 1;
  const found = fieller(
    {
      control,
      treatment,
      controlVariance: score.control * factor,
      treatmentVariance: score.treatment * factor,
      flags: control < 0 ? ["negative_baseline"] : [],
      tail: () => tail,
    },
    level,
    alternative,
  );
  return { ...found, method, ...(pValue === undefined ? {} : { pValue }) };
}

/**
 * Difference and lift of means that may be looked at as often as one likes.
 * @param control    moments of one value per unit so far, metric's unit; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    tunedAt, in units of both arms; effect, the planned difference; level, default 0.95; alternative, default
 *                   two-sided
 * @returns difference and lift, whose intervals and common pValue hold at every look; `unbounded` while units are too
 *          few for a bound; `degenerate` when neither arm varies
 * @throws ExperimentError as `welch`, and at ["options", "tunedAt"] or ["options", "effect"]
 * @source Waudby-Smith et al. (2024), Annals of Statistics 52; Fieller (1954), JRSS B 16, for the lift
 * @checked test/reference/sequential.json for the boundary; test/stats/sequential.test.ts
 * @example
 * const arm = (n: number, mean: number) => ({ n, mean, m2: 4 * n });
 * const look = sequentialMeans(arm(1000, 10), arm(1010, 10.4), { tunedAt: 5000 });
 * look.difference.pValue; // 0.001054
 * look.lift.value; // 0.04
 */
export function sequentialMeans(
  control: ScalarMoments,
  treatment: ScalarMoments,
  options: SequentialOptions,
): SequentialComparison {
  checkOptions(options, sequentialFields);
  checkArms(control, treatment);
  return compared("mean", control, treatment, options);
}

/**
 * Difference and lift of two ratios of means, by the delta method, at every look.
 * @param control    moments of two values per unit so far, [numerator, denominator]; n ≥ 2
 * @param treatment  the same of the other arm
 * @param options    as `sequentialMeans`; effect is a difference of ratios
 * @returns as `sequentialMeans`; both `undefined` or `unbounded` where a denominator may be zero
 * @throws ExperimentError as `ratioDifference`, and at ["options", "tunedAt"] or ["options", "effect"]
 * @source Deng, Knoblich & Lu (2018), KDD; Waudby-Smith et al. (2024), Annals of Statistics 52
 * @checked test/stats/sequential.test.ts
 * @example
 * const names = ["orders", "sessions"];
 * const arm = (orders: number) => ({ n: 1000, names, mean: [orders, 8], comoment: [1500, 1100, 3000] });
 * sequentialRatios(arm(2), arm(2.2), { tunedAt: 2000 }).difference.pValue; // 0.001239
 */
export function sequentialRatios(
  control: Moments,
  treatment: Moments,
  options: SequentialOptions,
): SequentialComparison {
  checkOptions(options, sequentialFields);
  checkRatioArms(control, treatment);
  const [level, alternative] = [readLevel(options), readAlternative(options)];
  // The denominators' test has no planned effect.
  const { effect: _, ...any } = options;
  const tail = sequentialTail(boundaryAt(control.n + treatment.n, 1, any), alternative);
  const critical = tail.critical(outside(level, alternative));
  const arms = ratioArms(control, treatment, methodOf(options, "ratio"), level, critical);
  if ("failure" in arms) return { difference: arms.failure, lift: arms.failure };
  return compared("ratio", arms.control, arms.treatment, options);
}

/** Options of {@link sequentialCuped}. */
export interface SequentialCupedOptions extends SequentialOptions {
  /** Default `"within"`, as in `cuped`. */
  readonly slope?: SlopeSource;
}

const cupedFields = {
  ...sequentialFields,
  slope: { kind: "word", of: ["within", "joint", "separate"], optional: true },
} as const satisfies FieldsFor<SequentialCupedOptions>;

/**
 * CUPED at every look: difference and lift adjusted for covariates from before the experiment.
 * @param control    moments of several values per unit so far: the outcome first, then the covariates
 * @param treatment  the same of the other arm
 * @param options    as `sequentialMeans`; slope as in `cuped`
 * @returns as `sequentialMeans`, of adjusted means
 * @throws ExperimentError as `cuped`, and at ["options", "tunedAt"] or ["options", "effect"]
 * @source Lindon et al. (2022), arXiv 2210.08589; Waudby-Smith et al. (2024), Annals of Statistics 52
 * @checked test/stats/sequential.test.ts
 * @example
 * const names = ["spend", "before"];
 * const arm = (n: number, mean: number) => ({ n, names, mean: [mean, 10], comoment: [4 * n, 3 * n, 4 * n] });
 * sequentialCuped(arm(500, 10), arm(480, 10.4), { tunedAt: 1000 }).difference.pValue; // 0.0001837
 */
export function sequentialCuped(
  control: Moments,
  treatment: Moments,
  options: SequentialCupedOptions,
): SequentialComparison {
  checkOptions(options, cupedFields);
  checkCovariateArms(control, treatment);
  const arms = adjustedArms(control, treatment, options.slope ?? "within");
  return compared("cuped", arms.control, arms.treatment, options, arms.extraVariance);
}
