import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { logBeta } from "../../distributions/index.js";
import { requireArray } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { levelFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { requireCount } from "../moments/require-count.js";
import { bracketedRoot } from "../numeric/bracketed-root.js";
import { tunedRatio } from "./sequential-options.js";

/** Options of {@link exactRateLift}. All are fixed before the data. */
export interface ExactRateOptions extends Pick<EstimateOptions, "level"> {
  /** Of the units that go to either arm, the share that the design sends to the treatment, in (0, 1). */
  readonly share: number;
  /** Conversions, of both arms together, at which the interval is to be about narrowest, > 0. */
  readonly tunedAt: number;
  /** The planned lift, a fraction in (0, 1): found sooner where it is there, up or down. */
  readonly effect?: number;
}

const exactFields = {
  ...levelFields,
  share: { kind: "number", above: 0, below: 1 },
  tunedAt: { kind: "number", above: 0 },
  effect: { kind: "number", above: 0, below: 1, optional: true },
} as const satisfies FieldsFor<ExactRateOptions>;

/** log of both arms' conversions' likelihood, as a function of the log odds that a conversion is the treatment's. */
function logLikelihood(control: number, treatment: number, logit: number): number {
  // log(1 + e^logit), from the side that does not overflow.
  const both = Math.max(0, logit) + Math.log1p(Math.exp(-Math.abs(logit)));
  return treatment * logit - (control + treatment) * both;
}

/** log of the mean of some likelihoods, weighted. */
function logMean(parts: readonly (readonly [weight: number, log: number])[]): number {
  const most = Math.max(...parts.map(([, log]) => log));
  return most + Math.log(parts.reduce((sum, [weight, log]) => sum + weight * Math.exp(log - most), 0));
}

/**
 * The lift between two rates at every look, exactly, however few the conversions and however uneven the arms. While
 * assignment is random, a conversion is the treatment's with odds share/(1 − share) × rate ratio, whatever the rates:
 * conversions alone, in whatever order they came, are a sequence of coin tosses. A mixture over that coin (a quarter Beta
 * around no lift, three quarters ± `effect` where one is planned) gives evidence whose mean is exactly 1 under the
 * hypothesis; the lifts against which it stays below 1/(1 − level) are the interval.
 * @param conversions  converted units so far, [control, treatment], integers ≥ 0
 * @param options      share, tunedAt, effect, see {@link ExactRateOptions}; level, default 0.95
 * @returns Estimate of treatment rate ÷ control rate − 1, a fraction, two-sided; interval and pValue hold at every look;
 *          `undefined` before the first conversion, `unbounded` while control has too few for an upper bound
 * @throws ExperimentError `wrong_type`, `insufficient_data` or `negative_count` at ["conversions", …]; `missing_value`,
 *         `out_of_range` or `unknown_key` at ["options", …]
 * @source Howard, Ramdas, McAuliffe & Sekhon (2021), Annals of Statistics 49 (beta-binomial mixture); Turner, Ly & Grünwald
 *         (2024), "Generic E-variables for exact sequential k-sample tests", for both arms in one martingale
 * @checked test/stats/exact-rate-lift.test.ts — every outcome enumerated
 * @example
 * const plan = { share: 0.5, tunedAt: 200, effect: 0.5 };
 * exactRateLift([40, 75], plan).pValue; // 0.01908
 */
export function exactRateLift(
  conversions: readonly [control: number, treatment: number],
  options: ExactRateOptions,
): Estimate {
  checkOptions(options, exactFields);
  requireArray(conversions, ["conversions"]);
  const [control, treatment] = conversions;
  requireCount(control, ["conversions", 0]);
  requireCount(treatment, ["conversions", 1]);
  const method = "exact-rate-sequence";
  const { share, tunedAt, effect } = options;
  const level = readLevel(options);
  const total = control + treatment;
  if (total === 0)
    return {
      status: "undefined",
      method,
      reason: "nobody converted in either arm, so there is no lift",
      level,
      pValue: 1,
    };
  const design = Math.log(share / (1 - share));
  const at = (lift: number) => logLikelihood(control, treatment, design + Math.log1p(lift));
  const concentration = Math.max(1, tunedAt / tunedRatio({ level }) - 1);
  const prior = [concentration * share, concentration * (1 - share)] as const;
  const beta = logBeta(prior[0] + treatment, prior[1] + control) - logBeta(...prior);
  const evidence =
    effect === undefined
      ? beta
      : logMean([
          [0.25, beta],
          [0.375, at(effect)],
          [0.375, at(-effect)],
        ]);
  const pValue = Math.min(1, Math.exp(at(0) - evidence));
  const least = evidence + Math.log1p(-level);
  const center = Math.log(treatment / control);
  const left = (logit: number) => logLikelihood(control, treatment, logit) - least;
  // An end that far away is no nearer than nobody and everybody.
  const far = 700;
  const start = Math.max(-far, Math.min(far, center));
  const bound = (end: number) => Math.expm1(bracketedRoot(left, start, end) - design);
  const lower = treatment === 0 ? -1 : bound(-far);
  if (control === 0)
    return {
      status: "unbounded",
      method,
      reason: "too few successes in the control for an upper bound of the lift",
      level,
      pValue,
      lower,
    };
  const ratio = Math.exp(center - design);
  return {
    status: "ok",
    method,
    value: ratio - 1,
    standardError: ratio * Math.sqrt(1 / control + (treatment === 0 ? 0 : 1 / treatment)),
    interval: [lower, bound(far)],
    level,
    pValue,
  };
}
