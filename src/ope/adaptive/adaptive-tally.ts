import type { Estimate } from "../../core/estimate.js";
import { type AdaptiveReadingOptions, anytimeOf, estimateOf } from "./estimate-of.js";
import type { AdaptiveReading, AdaptiveRound, RunningEstimate } from "./estimators/adaptive-estimator.js";
import { type AdaptiveEstimatorName, adaptiveEstimators } from "./estimators/index.js";
import { MixtureScores } from "./estimators/mixture-scores.js";
import { MixtureDesign } from "./mixture-design.js";
import { RunningRewards } from "./running-rewards.js";
import { NOBODY, type TallyRound } from "./tally-round.js";

/** What is said of an arm, or of two, from adaptive data. */
export interface AdaptiveEstimates {
  /** For one look at a planned end: weighted AIPW, the widest by a few hundredths and the one whose coverage holds best. */
  readonly fixed: Estimate;
  /** Holds however often one looks, and whenever one stops. */
  readonly anytime: Estimate;
  /**
   * The same by the design alone, from inverse-propensity scores: where every arm kept the chances of the mixture design
   * (`mixture` of `essai/bandits`, or a floor high enough), `adaptive` with the reason elsewhere.
   */
  readonly mixture: Estimate;
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

type Running = Readonly<Record<AdaptiveEstimatorName | "mixture", RunningEstimate>>;

const running = (arm: number, against?: number): Running => ({
  "batched-ols": adaptiveEstimators["batched-ols"](arm, against),
  "weighted-aipw": adaptiveEstimators["weighted-aipw"](arm, against),
  aipw: adaptiveEstimators.aipw(arm, against),
  mixture: new MixtureScores(arm, against),
});

/**
 * Inference on every arm and every arm against control, round by round, in memory that grows with the arms and not with the
 * rounds.
 */
export class AdaptiveTally {
  readonly #keys: readonly string[];
  readonly #control: number;
  readonly #means: readonly Running[];
  readonly #contrasts: readonly (Running | undefined)[];
  readonly #rewards: RunningRewards;
  readonly #design: MixtureDesign;
  #last: ArrayLike<number> | undefined;
  #batch = 0;

  /** @param control  place of the arm that the others are compared with */
  constructor(keys: readonly string[], control: number) {
    this.#keys = keys;
    this.#control = control;
    this.#means = keys.map((_, arm) => running(arm));
    this.#contrasts = keys.map((_, arm) => (arm === control ? undefined : running(arm, control)));
    this.#rewards = new RunningRewards(keys.length);
    this.#design = new MixtureDesign(keys.length);
  }

  get rounds(): number {
    return this.#rewards.rounds;
  }

  add({ arm: played, reward, vector, propensity }: TallyRound): void {
    this.#stretch(vector);
    this.#design.add(vector);
    const rewards = this.#rewards;
    rewards.expect(reward);
    const round: AdaptiveRound = {
      arm: played ?? NOBODY,
      reward,
      vector,
      propensity,
      expected: rewards.expected,
      batch: this.#batch,
    };
    for (let k = 0; k < this.#means.length; k++) {
      for (const of of [this.#means[k], this.#contrasts[k]]) {
        of?.["batched-ols"].add(round);
        of?.["weighted-aipw"].add(round);
        of?.aipw.add(round);
        of?.mixture.add(round);
      }
    }
    rewards.add(played, reward);
  }

  /** A new stretch begins where the probabilities are others than before, or not known. */
  #stretch(vector: ArrayLike<number> | undefined): void {
    const last = this.#last;
    let same = vector !== undefined && last !== undefined && vector.length === last.length;
    if (vector !== last) for (let k = 0; same && k < this.#keys.length; k++) same = vector?.[k] === last?.[k];
    if (!same) this.#batch += 1;
    this.#last = vector;
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
    const { variance, meanSquare, rounds } = this.#rewards;
    const pairs = arms * this.#keys.length;
    const unmixed = refused ?? this.#design.refusal(rounds);
    return {
      fixed: others["weighted-aipw"],
      anytime: anytimeOf("aipw-sequence", readings.aipw, pairs * variance, options, refused),
      mixture: anytimeOf("ipw-sequence", of.mixture.reading(), pairs * meanSquare, options, unmixed),
      others,
    };
  }

  /** @param refused  why nothing is said, where that is so */
  arms(options: AdaptiveReadingOptions, refused?: string): ArmInference[] {
    return this.#keys.map((arm, k) => {
      const plays = this.#rewards.counts[k] as number;
      const naive = plays > 0 ? (this.#rewards.sums[k] as number) / plays : null;
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
