import type { AdaptiveEstimates } from "./adaptive-tally.js";
import { type AdaptiveReadingOptions, anytimeOf, estimateOf } from "./estimate-of.js";
import type { AdaptiveRound } from "./estimators/adaptive-estimator.js";
import { aipw } from "./estimators/aipw.js";
import { weightedAipw } from "./estimators/weighted-aipw.js";
import { RunningRewards } from "./running-rewards.js";
import { NOBODY, type TallyRound } from "./tally-round.js";

/** What an arm earns more than control, by the two intervals that reports tell. */
export interface EffectReading extends Pick<AdaptiveEstimates, "fixed" | "anytime"> {
  readonly arm: string;
}

/** What `AdaptiveTally` says of every arm against control, without the other estimators and the arms' own means. */
export class EffectTally {
  readonly #keys: readonly string[];
  readonly #contrasts;
  readonly #rewards: RunningRewards;

  /** @param control  place of the arm that the others are compared with */
  constructor(keys: readonly string[], control: number) {
    this.#keys = keys;
    this.#contrasts = keys.map((_, arm) =>
      arm === control ? undefined : { weighted: weightedAipw(arm, control), plain: aipw(arm, control) },
    );
    this.#rewards = new RunningRewards(keys.length);
  }

  get rounds(): number {
    return this.#rewards.rounds;
  }

  add({ arm, reward, vector, propensity }: TallyRound): void {
    const rewards = this.#rewards;
    rewards.expect(reward);
    const { expected } = rewards;
    const round: AdaptiveRound = { arm: arm ?? NOBODY, reward, vector, propensity, expected, batch: 0 };
    for (let k = 0; k < this.#contrasts.length; k++) {
      const of = this.#contrasts[k];
      if (!of) continue;
      of.weighted.add(round);
      of.plain.add(round);
    }
    rewards.add(arm, reward);
  }

  /** @param refused  why nothing is said, where that is so */
  effects(options: AdaptiveReadingOptions, refused?: string): EffectReading[] {
    const uniform = 2 * this.#keys.length * this.#rewards.variance;
    return this.#keys.flatMap((arm, k) => {
      const of = this.#contrasts[k];
      if (!of) return [];
      const fixed = estimateOf("weighted-aipw", of.weighted.reading(), options.level, refused);
      return [{ arm, fixed, anytime: anytimeOf(of.plain.reading(), uniform, options, refused) }];
    });
  }
}
