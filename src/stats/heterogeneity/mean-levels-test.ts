import type { ScalarMoments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { chiSquareSurvival } from "../../distributions/index.js";
import { welchDf } from "../means/welch.js";
import { alongAngle, commonAngle, type MeanPart } from "./common-ratio.js";
import {
  beyondChance,
  byStratum,
  type EffectScale,
  type LevelPart,
  type LevelsTest,
  silentLevels,
  type WeightedPart,
} from "./level-table.js";
import { levelsQ } from "./levels-q.js";
import { normalDeviate } from "./normal-deviate.js";

const method = "alexander-govern";

type Row = LevelPart<ScalarMoments>;

/** What a stratum's common effect leaves of its parts. */
interface StratumFit {
  readonly effect: number;
  /** Normal deviate of each part, and the inverse variance of its effect. */
  readonly parts: readonly { readonly level: number; readonly deviate: number; readonly weight: number }[];
}

function meanPart({ level, control, treatment }: Row, sign: number): MeanPart {
  return {
    level,
    control: sign * control.mean,
    treatment: sign * treatment.mean,
    controlVariance: control.m2 / (control.n - 1) / control.n,
    treatmentVariance: treatment.m2 / (treatment.n - 1) / treatment.n,
    controlDf: control.n - 1,
    treatmentDf: treatment.n - 1,
  };
}

function deviateOf(part: MeanPart, gap: number, cos: number, sin: number): number {
  const [a, b] = [part.controlVariance * sin * sin, part.treatmentVariance * cos * cos];
  const df = welchDf({ variance: a, df: part.controlDf }, { variance: b, df: part.treatmentDf });
  return normalDeviate(gap / Math.sqrt(a + b), df);
}

const weightOf = (part: MeanPart): number => 1 / (part.controlVariance + part.treatmentVariance);

function byDifference(parts: readonly MeanPart[]): StratumFit {
  let [sum, effect] = [0, 0];
  for (const part of parts) {
    const weight = weightOf(part);
    sum += weight;
    effect += (weight * (part.treatment - part.control - effect)) / sum;
  }
  return {
    effect,
    parts: parts.map((part) => ({
      level: part.level,
      deviate: deviateOf(part, part.treatment - part.control - effect, 1, 1),
      weight: weightOf(part),
    })),
  };
}

function byRatio(parts: readonly MeanPart[]): StratumFit {
  const effect = commonAngle(parts);
  const [cos, sin] = [Math.cos(effect), Math.sin(effect)];
  return {
    effect,
    parts: parts.map((part) => {
      const { gap, variance, length } = alongAngle(part, effect);
      return {
        level: part.level,
        deviate: deviateOf(part, gap, cos, sin),
        weight: (length * length) / variance,
      };
    }),
  };
}

/** 1 where no mean is negative, −1 where none is positive, 0 where a ratio of them is no lift. */
function signOf(rows: readonly Row[]): number {
  const sides = [rows.map(({ control }) => control.mean), rows.map(({ treatment }) => treatment.mean)];
  if (sides.some((means) => means.every((mean) => mean === 0))) return 0;
  if (sides.every((means) => means.every((mean) => mean >= 0))) return 1;
  return sides.every((means) => means.every((mean) => mean <= 0)) ? -1 : 0;
}

/**
 * Whether means differ by one effect in every level: Alexander and Govern's test, its Welch statistics taken of the
 * levels' effects; within strata that may have an effect of their own each.
 * @param given  moments of both arms in each level and stratum, n ≥ 2
 */
export function meanLevelsTest(given: readonly Row[], scale: EffectScale): LevelsTest {
  const varied = given.filter(({ control, treatment }) => control.m2 > 0 || treatment.m2 > 0);
  const sign = scale === "lift" ? signOf(varied) : 1;
  if (varied.length > 0 && sign === 0) {
    const reason = "levels whose means are zero or of different signs have no lift in common";
    return { status: "undefined", method, reason };
  }
  let [shared, weights, common] = [0, 0, 0];
  const strata = byStratum(varied).flatMap((rows): WeightedPart[][] => {
    if (scale === "lift" && signOf(rows) === 0) return [];
    const own = rows.map((row) => meanPart(row, sign));
    const { effect, parts } = scale === "lift" ? byRatio(own) : byDifference(own);
    const told = parts.filter(({ weight }) => weight > 0);
    const all = told.reduce((sum, { weight }) => sum + weight, 0);
    if (!(all > 0)) return [];
    // Alexander and Govern's deviates do not average to zero; levelsQ takes their mean away, so it is given back.
    shared += square(told.reduce((sum, { deviate, weight }) => sum + deviate * Math.sqrt(weight), 0)) / all;
    weights += all;
    common += (all * (effect - common)) / weights;
    return [told.map(({ level, deviate, weight }) => ({ level, weight, gap: deviate / Math.sqrt(weight) }))];
  });
  const { q, df } = levelsQ(strata);
  if (df === 0) {
    const reason = "fewer than two levels can tell an effect on this scale";
    return { status: "undefined", method, reason };
  }
  const statistic = q + shared;
  return {
    status: "ok",
    method,
    statistic,
    df,
    pValue: chiSquareSurvival(statistic, df),
    iSquared: beyondChance(statistic, df),
    common: scale === "lift" ? sign * (Math.tan(common) - 1) : common,
    silent: silentLevels(given, strata.flat()),
  };
}
