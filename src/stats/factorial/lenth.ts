import type { EstimateOptions } from "../../core/estimate.js";
import { normalQuantile } from "../../distributions/index.js";
import { requireArray, requireNumber, requireObject } from "../../errors/index.js";
import { holm } from "../corrections/holm.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { levelFields } from "../inference/estimate-fields.js";
import { readLevel } from "../inference/read-options.js";
import { pValueOf, studentTail } from "../inference/tail.js";
import { quantile } from "../quantiles/quantile.js";

/** An effect by name, all of one scale. */
export interface NamedEffect {
  readonly name: string;
  readonly value: number;
}

/** Lenth's reading of effects without an error of their own. */
export interface LenthResult {
  /** Pseudo standard error, of every effect. */
  readonly pse: number;
  readonly df: number;
  /** Half-width of an interval of one effect, and of all at once. */
  readonly marginOfError: number;
  readonly simultaneousMarginOfError: number;
  readonly effects: readonly (NamedEffect & {
    readonly statistic: number;
    readonly pValue: number;
    /** Holm over the effects. */
    readonly pAdjusted: number;
  })[];
}

function checkEffects(effects: readonly NamedEffect[]): void {
  requireArray(effects, ["effects"]);
  requireUnits(effects.length, ["effects"], 3);
  effects.forEach((effect, i) => {
    requireObject(effect, ["effects", i]);
    requireNumber(effect.value, ["effects", i, "value"]);
  });
}

/**
 * Lenth's method: which effects of an unreplicated two-level design stand out, when most are taken to be nothing.
 * @param effects  at least three effects of one scale (differences or coefficients)
 * @param options  level, default 0.95
 * @returns pse and margins in the effects' unit, and per effect its t statistic and p-values; undefined when the
 *          median effect is zero, so that there is nothing to measure against
 * @throws ExperimentError `insufficient_data` at ["effects"]; `not_finite` at ["effects", i, "value"]; `out_of_range`
 *         at ["options", "level"]
 * @source Lenth (1989), Technometrics 31
 * @example
 * const values = [0.2, -0.3, 0.4, 10.5, -0.1, 0.6, -0.5];
 * const found = lenth(values.map((value, i) => ({ name: `effect ${i}`, value })));
 * found?.effects.filter(({ pAdjusted }) => pAdjusted < 0.05).map(({ name }) => name); // ["effect 3"]
 */
export function lenth(
  effects: readonly NamedEffect[],
  options: Pick<EstimateOptions, "level"> = {},
): LenthResult | undefined {
  checkOptions(options, levelFields);
  checkEffects(effects);
  const level = readLevel(options);
  const sizes = effects.map(({ value }) => Math.abs(value));
  const first = 1.5 * quantile(sizes, 0.5);
  if (!(first > 0)) return undefined;
  const pse =
    1.5 *
    quantile(
      sizes.filter((size) => size < 2.5 * first),
      0.5,
    );
  if (!(pse > 0)) return undefined;
  const m = effects.length;
  const df = m / 3;
  const tail = studentTail(df);
  const pValues = effects.map(({ value }) => pValueOf(value / pse, "two-sided", tail));
  const adjusted = holm(pValues);
  return {
    pse,
    df,
    marginOfError: tail.critical((1 - level) / 2) * pse,
    // (1 + level^(1/m))/2 from its complement, so that many effects lose no digits.
    simultaneousMarginOfError: tail.critical(-Math.expm1(Math.log(level) / m) / 2) * pse,
    effects: effects.map((each, i) => ({
      ...each,
      statistic: each.value / pse,
      pValue: pValues[i] as number,
      pAdjusted: adjusted[i] as number,
    })),
  };
}

/** One point of a half-normal plot. */
export interface HalfNormalPoint extends NamedEffect {
  readonly size: number;
  /** Where a half-normal effect of this rank would be expected, in standard errors. */
  readonly quantile: number;
}

/**
 * Points of Daniel's half-normal plot: effects that are only noise lie on a line through the origin.
 * @param effects  at least three effects of one scale
 * @returns points from the smallest effect up
 * @throws ExperimentError `insufficient_data` at ["effects"]; `not_finite` at ["effects", i, "value"]
 * @source Daniel (1959), Technometrics 1
 * @example
 * const points = halfNormalPoints([
 *   { name: "A", value: -2 },
 *   { name: "B", value: 0.5 },
 *   { name: "A:B", value: -0.3 },
 * ]);
 * points.map(({ name, size, quantile }) => [name, size, quantile]);
 * // [["A:B", 0.3, 0.2104], ["B", 0.5, 0.6745], ["A", 2, 1.383]]
 */
export function halfNormalPoints(effects: readonly NamedEffect[]): HalfNormalPoint[] {
  checkEffects(effects);
  const m = effects.length;
  return effects
    .map((each) => ({ ...each, size: Math.abs(each.value) }))
    .sort((a, b) => a.size - b.size)
    .map((each, i) => ({ ...each, quantile: normalQuantile(0.5 + (0.5 * (i + 0.5)) / m) }));
}
