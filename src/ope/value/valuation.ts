import type { Estimate } from "../../core/estimate.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";
import { bootstrapValues, type Resampled } from "./bootstrap-values.js";
import { type Candidate, chooseSetting, hiddenBias } from "./choose-setting.js";
import { type Contributions, contributionsOf, influencesOf, weightsOf } from "./contributions.js";
import type { ValueEstimator } from "./estimators/value-estimator.js";
import { meanOf } from "./mean-of.js";
import { effectiveSize, type Overlap, overlapOf } from "./overlap.js";
import { covers, steadyReason, thinReason, uncoveredReason } from "./refusal.js";
import { resampledEstimate } from "./resampled-estimate.js";
import type { TargetRounds } from "./target-rounds.js";
import { errorOfMean, type UnitIndex, unitIndex } from "./unit-index.js";
import type { ValueEstimate } from "./value-estimate.js";
import type { AskedEstimator, FullValueOptions } from "./value-options.js";

/** Weights whose mean is this much below the whole ones' were held down. */
const HELD_DOWN = 0.01;

/** A log's columns made ready for any number of estimators. */
export class Valuation {
  readonly overlap: Overlap;
  readonly logged: number;
  readonly #rounds: TargetRounds;
  readonly #options: FullValueOptions;
  readonly #raw: Float64Array;
  readonly #units: UnitIndex | undefined;
  readonly #uncovered: string | undefined;
  readonly #refused: string | undefined;

  /**
   * @param rounds   checked
   * @param refused  why the log is not believed, where it is not
   */
  constructor(rounds: TargetRounds, options: FullValueOptions, refused?: string) {
    this.#rounds = rounds;
    this.#options = options;
    this.#raw = weightsOf(rounds);
    this.#units = unitIndex(rounds.units);
    this.overlap = overlapOf(this.#raw);
    this.logged = meanOf(rounds.rewards);
    const { propensities } = rounds;
    let certain = true;
    for (let i = 0; certain && i < propensities.length; i++) certain = (propensities[i] as number) > 1 - 1e-9;
    this.#refused = refused;
    this.#uncovered = uncoveredReason(this.overlap, certain);
  }

  parts(estimator: ValueEstimator, setting: number): Contributions {
    return contributionsOf(this.#rounds, this.#raw, estimator, setting);
  }

  /** The setting that was given, or the one that promises the smallest error, or the one that leaves weights as they are. */
  settingOf({ estimator, given }: AskedEstimator): { readonly setting: number; readonly hidden?: number } {
    const { setting } = estimator;
    if (given !== undefined || !setting) return { setting: given ?? 0 };
    const { largestWeight } = this.overlap;
    if (!setting.tuned || largestWeight === 0) return { setting: setting.least };
    const whole = this.parts(estimator, setting.least);
    const wholeInfluences = influencesOf(whole);
    const square = (influences: Float64Array) => {
      const error = errorOfMean(influences, this.#units);
      return error * error;
    };
    const candidates = [setting.least, ...setting.grid(largestWeight)].map((each): Candidate => {
      const parts = this.parts(estimator, each);
      const influences = influencesOf(parts);
      const variance = square(influences);
      for (let i = 0; i < influences.length; i++)
        influences[i] = (influences[i] as number) - (wholeInfluences[i] as number);
      return { setting: each, variance, apart: parts.value - whole.value, apartVariance: square(influences) };
    });
    const chosen = chooseSetting(candidates);
    return { setting: chosen.setting, hidden: hiddenBias(chosen, candidates[0] as Candidate) };
  }

  /** @param asked  an estimator whose predictions are among the columns */
  estimate(asked: AskedEstimator): ValueEstimate {
    const { name, estimator } = asked;
    const { rewards } = this.#rounds;
    const { setting, hidden } = this.settingOf(asked);
    const parts = this.parts(estimator, setting);
    const alone = estimator.model === "alone";
    const size = alone ? rewards.length : effectiveSize(parts.weights);
    const thin = !alone && size < this.#options.leastEffective ? thinReason : undefined;
    const refused = this.#refused ?? (alone ? undefined : (this.#uncovered ?? thin));
    const flags = alone ? ["model_only"] : this.#cautions(parts);
    let drawn: Resampled | undefined;
    const estimate = (kind: keyof Resampled, value: number, influences: Float64Array): Estimate => {
      const { level, random, replicates } = this.#options;
      if (refused) return { status: "undefined", method: name, reason: refused, value, level };
      const spread = errorOfMean(influences, this.#units);
      const error = Math.sqrt(spread * spread + (hidden ?? 0));
      if (!(spread > 0)) return { status: "degenerate", method: name, reason: steadyReason, value, level };
      if (!random) return symmetricEstimate(name, value, error, normalTail, this.#options, flags);
      drawn ??= bootstrapValues(parts, rewards, this.#units, random, replicates);
      const wider = drawn[kind].map((each) => value + ((each - value) * error) / spread);
      return resampledEstimate(name, value, error, wider, this.#options, flags);
    };
    return {
      estimator: name,
      setting: estimator.setting && Number.isFinite(setting) ? setting : null,
      tuned: hidden !== undefined,
      effectiveSize: size,
      value: estimate("values", parts.value, influencesOf(parts)),
      gain: estimate("gains", parts.value - this.logged, influencesOf(parts, rewards)),
    };
  }

  #cautions({ weights }: Contributions): string[] {
    const held = meanOf(weights) < (1 - HELD_DOWN) * this.overlap.meanWeight;
    return [...(held ? ["weights_held_down"] : []), ...(covers(this.overlap, 0) ? [] : ["weights_off"])];
  }
}
