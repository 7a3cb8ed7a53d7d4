import { chiSquareSurvival } from "../../distributions/index.js";
import { type RandomSource, sampleBinomial } from "../../random/index.js";
import type { Proportion } from "../proportions/proportion.js";
import { commonRateEffect, type RatePart } from "./common-rate-effect.js";
import {
  beyondChance,
  byStratum,
  type EffectScale,
  type LevelPart,
  type LevelsTest,
  silentLevels,
} from "./level-table.js";
import { levelsQ } from "./levels-q.js";
import { resampledP } from "./resampled-p.js";
import { smoothBaselines } from "./smooth-baselines.js";

/** Below so many expected successes or failures in an arm, χ² is not trusted and the statistic is resampled. */
const few = 2;

/** Of a common effect, in its standard errors: what is fitted once, and what is fitted in every resample. */
const exact = 1e-9;
const rough = 1e-2;

/** A part whose counts resamples may overwrite. */
interface Resampled extends RatePart {
  readonly control: { x: number; readonly n: number };
  readonly treatment: { x: number; readonly n: number };
}

const partOf = ({ level, control, treatment }: LevelPart<Proportion>): Resampled => ({
  level,
  gap: 0,
  weight: 0,
  controlRate: 0,
  treatmentRate: 0,
  control: { x: control.x, n: control.n },
  treatment: { x: treatment.x, n: treatment.n },
});

/** Whether a stratum's counts can have a common effect on the scale: a ratio needs successes on both sides. */
function answers(parts: readonly RatePart[], scale: EffectScale): boolean {
  let [control, treatment, units] = [0, 0, 0];
  for (const part of parts) {
    control += part.control.x;
    treatment += part.treatment.x;
    units += part.control.n + part.treatment.n;
  }
  if (scale === "lift") return control > 0 && treatment > 0;
  return control + treatment > 0 && control + treatment < units;
}

/** @returns the stratum's common effect, its parts fitted; undefined, and their weights zero, where it has none */
function fitted(parts: readonly RatePart[], scale: EffectScale, tolerance: number): number | undefined {
  if (answers(parts, scale)) return commonRateEffect(parts, scale, tolerance);
  for (const part of parts) part.weight = 0;
  return undefined;
}

function isThin({ control, treatment, controlRate, treatmentRate }: RatePart): boolean {
  const expects = ({ n }: Proportion, rate: number) => n * Math.min(rate, 1 - rate);
  return expects(control, controlRate) < few || expects(treatment, treatmentRate) < few;
}

/**
 * Whether rates differ by one effect in every level: the score test of interaction, every level's baseline fitted under
 * the common effect; within strata that may have an effect of their own each.
 * @param given   counts of both arms in each level and stratum, n ≥ 1
 * @param random  source of the resamples; without one, thin levels are held against χ² too
 */
export function rateLevelsTest(
  given: readonly LevelPart<Proportion>[],
  scale: EffectScale,
  random: RandomSource | undefined,
): LevelsTest {
  const strata = byStratum(given).map((parts) => parts.map(partOf));
  const effects = strata.map((parts) => fitted(parts, scale, exact));
  const { q, df } = levelsQ(strata);
  if (df === 0) {
    const reason = "fewer than two levels can tell an effect on this scale";
    return { status: "undefined", method: "score", reason };
  }
  let [weights, common] = [0, 0];
  for (const [s, effect] of effects.entries())
    for (const { weight } of strata[s] ?? []) {
      if (!(weight > 0) || effect === undefined) continue;
      weights += weight;
      common += (weight * (effect - common)) / weights;
    }
  const all = strata.flat();
  const found = {
    status: "ok",
    statistic: q,
    df,
    iSquared: beyondChance(q, df),
    common: scale === "lift" ? Math.expm1(common) : common,
    silent: silentLevels(given, all),
  } as const;
  if (!random || !all.some(isThin)) return { ...found, method: "score", pValue: chiSquareSurvival(q, df) };
  const drawn = strata.flatMap((parts, s) => {
    const effect = effects[s];
    if (effect === undefined) return [];
    const rates = smoothBaselines(parts, scale, effect);
    return [parts.map((part, i) => ({ part, rates: rates[i] ?? { control: 0, treatment: 0 } }))];
  });
  const again = drawn.map((stratum) => stratum.map(({ part }) => part));
  const resampled = resampledP(q, () => {
    for (const stratum of drawn)
      for (const { part, rates } of stratum) {
        part.control.x = sampleBinomial(random, part.control.n, rates.control);
        part.treatment.x = sampleBinomial(random, part.treatment.n, rates.treatment);
      }
    for (const parts of again) fitted(parts, scale, rough);
    return levelsQ(again).q;
  });
  return { ...found, method: "score-bootstrap", ...resampled };
}
