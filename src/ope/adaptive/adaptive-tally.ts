import type { Estimate } from "../../core/estimate.js";
import { confidenceSequence } from "../../stats/index.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";
import type { AdaptiveReading, AdaptiveRound, RunningEstimate } from "./estimators/adaptive-estimator.js";
import { type AdaptiveEstimatorName, adaptiveEstimators } from "./estimators/index.js";

/** What is said of an arm, or of two, from adaptive data. */
export interface AdaptiveEstimates {
  /** For one look at a planned end: weighted AIPW, the widest by a few hundredths and the one whose coverage holds best. */
  readonly fixed: Estimate;
  /** Holds however often one looks, and whenever one stops. */
  readonly anytime: Estimate;
  /** Every estimator by its name. */
  readonly others: Readonly<Record<AdaptiveEstimatorName, Estimate>>;
}

/** One arm of an adaptive log. */
export interface ArmInference extends AdaptiveEstimates {
  readonly arm: string;
  readonly plays: number;
  /** Plain mean of its rewards, biased by the choice; null where there is none. */
  readonly naive: number | null;
}

/** An arm's mean reward less control's. */
export interface ContrastInference extends AdaptiveEstimates {
  readonly arm: string;
  readonly control: string;
}

/** How the estimates are read. */
export interface AdaptiveReadingOptions {
  readonly level: number;
  /** Rounds at which the anytime-valid interval is to be narrowest. */
  readonly tunedAt: number;
}

type Running = Readonly<Record<AdaptiveEstimatorName, RunningEstimate>>;

const running = (arm: number, against?: number): Running => ({
  "batched-ols": adaptiveEstimators["batched-ols"](arm, against),
  "weighted-aipw": adaptiveEstimators["weighted-aipw"](arm, against),
  aipw: adaptiveEstimators.aipw(arm, against),
});

const steadyReason = "the rewards do not vary";

function estimateOf(method: string, reading: AdaptiveReading, level: number, refused?: string): Estimate {
  if (refused) return { status: "adaptive", method, reason: refused, level };
  if ("reason" in reading) return { status: "adaptive", method, reason: reading.reason, level };
  const { value, standardError } = reading;
  if (!(standardError > 0)) return { status: "degenerate", method, reason: steadyReason, value, level };
  return symmetricEstimate(method, value, standardError, normalTail, { level });
}

/** The place of an arm that is not among those asked about. */
const NOBODY = -1;

/** A round as a tally takes it. */
export interface TallyRound {
  /** Place of the played arm; undefined for one that is not among those asked about. */
  readonly arm: number | undefined;
  readonly reward: number;
  readonly vector: ArrayLike<number> | undefined;
  readonly propensity: number;
}

/**
 * Inference on every arm and every arm against control, round by round, in memory that grows with the arms and not with the
 * rounds.
 */
export class AdaptiveTally {
  readonly #keys: readonly string[];
  readonly #control: number;
  readonly #means: readonly Running[];
  readonly #contrasts: readonly (Running | undefined)[];
  readonly #counts: number[];
  readonly #sums: number[];
  readonly #expected: Float64Array;
  #last: ArrayLike<number> | undefined;
  #batch = 0;
  #rounds = 0;
  #total = 0;
  #mean = 0;
  #m2 = 0;

  /** @param control  place of the arm that the others are compared with */
  constructor(keys: readonly string[], control: number) {
    this.#keys = keys;
    this.#control = control;
    this.#means = keys.map((_, arm) => running(arm));
    this.#contrasts = keys.map((_, arm) => (arm === control ? undefined : running(arm, control)));
    this.#counts = keys.map(() => 0);
    this.#sums = keys.map(() => 0);
    this.#expected = new Float64Array(keys.length);
  }

  get rounds(): number {
    return this.#rounds;
  }

  add({ arm: played, reward, vector, propensity }: TallyRound): void {
    const arm = played ?? NOBODY;
    this.#stretch(vector);
    // An arm without rewards is expected to earn what all earn.
    const everyone = this.#rounds > 0 ? this.#total / this.#rounds : reward;
    for (let k = 0; k < this.#expected.length; k++)
      this.#expected[k] = ((this.#sums[k] as number) + everyone) / ((this.#counts[k] as number) + 1);
    const round: AdaptiveRound = {
      arm,
      reward,
      vector,
      propensity,
      expected: this.#expected,
      batch: this.#batch,
    };
    for (let k = 0; k < this.#means.length; k++) {
      for (const of of [this.#means[k], this.#contrasts[k]]) {
        of?.["batched-ols"].add(round);
        of?.["weighted-aipw"].add(round);
        of?.aipw.add(round);
      }
    }
    if (played !== undefined) {
      this.#counts[played] = (this.#counts[played] as number) + 1;
      this.#sums[played] = (this.#sums[played] as number) + reward;
    }
    this.#total += reward;
    this.#rounds += 1;
    const gap = reward - this.#mean;
    this.#mean += gap / this.#rounds;
    this.#m2 += gap * (reward - this.#mean);
  }

  /** A new stretch begins where the probabilities are others than before, or not known. */
  #stretch(vector: ArrayLike<number> | undefined): void {
    const last = this.#last;
    let same = vector !== undefined && last !== undefined && vector.length === last.length;
    if (vector !== last)
      for (let k = 0; same && k < this.#expected.length; k++) same = vector?.[k] === last?.[k];
    if (!same) this.#batch += 1;
    this.#last = vector;
  }

  /** The anytime-valid interval; its clock runs by variance: rounds of uniform play with the same. */
  #anytime(reading: AdaptiveReading, arms: number, { level, tunedAt }: AdaptiveReadingOptions): Estimate {
    const method = "aipw-sequence";
    if ("reason" in reading) return { status: "adaptive", method, reason: reading.reason, level };
    const { value, standardError, rounds } = reading;
    if (!(standardError > 0)) return { status: "degenerate", method, reason: steadyReason, value, level };
    const uniform = (arms * this.#keys.length * this.#m2) / this.#rounds;
    const units = (rounds * standardError * rounds * standardError) / uniform;
    const read = confidenceSequence({ value, standardError, units }, { tunedAt, level });
    return { ...read, method };
  }

  #read(of: Running, arms: number, options: AdaptiveReadingOptions, refused?: string): AdaptiveEstimates {
    const readings = {
      "batched-ols": of["batched-ols"].reading(),
      "weighted-aipw": of["weighted-aipw"].reading(),
      aipw: of.aipw.reading(),
    } as const satisfies Readonly<Record<AdaptiveEstimatorName, AdaptiveReading>>;
    const named = (name: AdaptiveEstimatorName) => estimateOf(name, readings[name], options.level, refused);
    const others = {
      "batched-ols": named("batched-ols"),
      "weighted-aipw": named("weighted-aipw"),
      aipw: named("aipw"),
    };
    const anytime = refused
      ? estimateOf("aipw-sequence", readings.aipw, options.level, refused)
      : this.#anytime(readings.aipw, arms, options);
    return { fixed: others["weighted-aipw"], anytime, others };
  }

  /** @param refused  why nothing is said, where that is so */
  arms(options: AdaptiveReadingOptions, refused?: string): ArmInference[] {
    return this.#keys.map((arm, k) => {
      const plays = this.#counts[k] as number;
      const naive = plays > 0 ? (this.#sums[k] as number) / plays : null;
      return { arm, plays, naive, ...this.#read(this.#means[k] as Running, 1, options, refused) };
    });
  }

  contrasts(options: AdaptiveReadingOptions, refused?: string): ContrastInference[] {
    const control = this.#keys[this.#control] as string;
    return this.#keys.flatMap((arm, k) => {
      const of = this.#contrasts[k];
      return of ? [{ arm, control, ...this.#read(of, 2, options, refused) }] : [];
    });
  }
}
