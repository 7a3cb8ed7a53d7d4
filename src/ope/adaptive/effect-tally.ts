import type { AdaptiveEstimates } from "./adaptive-tally.js";
import { type AdaptiveReadingOptions, anytimeOf, estimateOf } from "./estimate-of.js";
import type { AdaptiveRound } from "./estimators/adaptive-estimator.js";
import { aipw } from "./estimators/aipw.js";
import { MixtureScores } from "./estimators/mixture-scores.js";
import { weightedAipw } from "./estimators/weighted-aipw.js";
import { MixtureDesign } from "./mixture-design.js";
import { RunningRewards } from "./running-rewards.js";
import { NOBODY, type TallyRound } from "./tally-round.js";

/** What an arm earns more than control, by the intervals that reports tell. */
export interface EffectReading extends Pick<AdaptiveEstimates, "fixed" | "anytime" | "mixture"> {
  readonly arm: string;
}

/** What `AdaptiveTally` says of every arm against control, without the other estimators and the arms' own means. */
export class EffectTally {
  readonly #keys: readonly string[];
  readonly #contrasts;
  readonly #rewards: RunningRewards;
  readonly #design: MixtureDesign;

  /**
   * @param control  place of the arm that the others are compared with
   * @param all      number of arms that could be played, also those that are not among the keys
   */
  constructor(keys: readonly string[], control: number, all: number) {
    this.#keys = keys;
    this.#contrasts = keys.map((_, arm) =>
      arm === control
        ? undefined
        : {
            weighted: weightedAipw(arm, control),
            plain: aipw(arm, control),
            mixture: new MixtureScores(arm, control),
          },
    );
    this.#rewards = new RunningRewards(keys.length);
    this.#design = new MixtureDesign(all);
  }

  get rounds(): number {
    return this.#rewards.rounds;
  }

  add({ arm, reward, vector, propensity }: TallyRound): void {
    const rewards = this.#rewards;
    rewards.expect(reward);
    this.#design.add(vector);
    const { expected } = rewards;
    const round: AdaptiveRound = { arm: arm ?? NOBODY, reward, vector, propensity, expected, batch: 0 };
    for (let k = 0; k < this.#contrasts.length; k++) {
      const of = this.#contrasts[k];
      if (!of) continue;
      of.weighted.add(round);
      of.plain.add(round);
      of.mixture.add(round);
    }
    rewards.add(arm, reward);
  }

  /** @param refused  why nothing is said, where that is so */
  effects(options: AdaptiveReadingOptions, refused?: string): EffectReading[] {
    const { variance, meanSquare, rounds } = this.#rewards;
    const pairs = 2 * this.#keys.length;
    const unmixed = refused ?? this.#design.refusal(rounds);
    return this.#keys.flatMap((arm, k) => {
      const of = this.#contrasts[k];
      if (!of) return [];
      return [
        {
          arm,
          fixed: estimateOf("weighted-aipw", of.weighted.reading(), options.level, refused),
          anytime: anytimeOf("aipw-sequence", of.plain.reading(), pairs * variance, options, refused),
          mixture: anytimeOf("ipw-sequence", of.mixture.reading(), pairs * meanSquare, options, unmixed),
        },
      ];
    });
  }
}
