import type { Level } from "../../core/definition.js";
import type { Estimate } from "../../core/estimate.js";
import type { Reading } from "../comparison.js";

/** What a factor's level, or a combination of levels, does to a metric. */
export interface FactorEffect {
  /** One for a main effect, more for an interaction. */
  readonly factors: readonly string[];
  /** The levels it speaks of, one per factor. */
  readonly levels: readonly Level[];
  /**
   * Where all its factors have two levels: of one factor the difference from its baseline, of more the interaction, half
   * the difference between differences. Else how far the level lies from the mean of all levels, in each case averaged over the
   * other factors.
   */
  readonly scale: "difference" | "deviation";
  readonly effect: Reading;
  /** Effects that the combinations cannot tell from this one, e.g. `["A:B"]`; lower orders first. */
  readonly aliases: readonly string[];
  /** Lenth's p-value, corrected by Holm, and where Daniel's half-normal plot expects it; where all factors have two levels. */
  readonly lenth?: { readonly pAdjusted: number; readonly quantile: number };
}

/** A combination of levels, with the metric's value in it. */
export interface MetCombination {
  readonly variant: string;
  readonly units: number;
  /** As measured. */
  readonly value: number;
  /** Pulled towards the mean of all combinations, the more the less is known of it. */
  readonly shrunken: Estimate;
}

/** What the factors of a multivariate experiment do to one metric. */
export type FactorsOfMetric = {
  readonly metric: string;
  /** Highest order of interaction that was looked for. */
  readonly order: number;
  /** Combinations with two units and a value, and those of the definition without. */
  readonly combinations: number;
  readonly missing: readonly string[];
} & (
  | {
      readonly status: "ok";
      /** Mean over the combinations, each counted alike. */
      readonly mean: Estimate;
      /** Main effects first. */
      readonly effects: readonly FactorEffect[];
      /** Lenth's error of every effect, from the effects themselves, and the margin that all together stay within by chance. */
      readonly lenth?: { readonly pse: number; readonly margin: number };
      /** The best combination by its shrunken value, and control's; absent where fewer than two have an error. */
      readonly best?: MetCombination;
      readonly control?: MetCombination;
    }
  | { readonly status: "undefined" | "adaptive"; readonly reason: string }
);
