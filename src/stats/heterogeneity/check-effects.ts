import { ExperimentError, insufficient_data, not_finite, out_of_range } from "../../errors/index.js";

/** One independent estimate of an effect: a segment's, a channel's, an experiment's. */
export interface MeasuredEffect {
  readonly value: number;
  readonly standardError: number;
}

/**
 * Refuses effects that cannot be combined.
 * @throws ExperimentError `insufficient_data` at ["effects"] for fewer than `minimum`; `not_finite` at
 *         ["effects", i, "value"]; `out_of_range` at ["effects", i, "standardError"] unless finite and positive
 */
export function checkEffects(effects: readonly MeasuredEffect[], minimum: number): void {
  if (effects.length < minimum) throw new ExperimentError({ insufficient_data }, ["effects"], effects.length);
  effects.forEach(({ value, standardError }, i) => {
    if (!Number.isFinite(value)) throw new ExperimentError({ not_finite }, ["effects", i, "value"], value);
    if (!(standardError > 0 && Number.isFinite(standardError)))
      throw new ExperimentError({ out_of_range }, ["effects", i, "standardError"], standardError);
  });
}
