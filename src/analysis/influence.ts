import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import { square } from "../core/powers.js";
import { metricTypeOf } from "../metrics/index.js";
import { scalar } from "../stats/index.js";
import { firstValues, withoutValue } from "../stats/moments/index.js";
import { type CompareContext, strataOf, type VersionStratum } from "./compare.js";
import type { Comparison, Contrast } from "./comparison.js";
import type { Group } from "./cube.js";

/** One unit that weighs on a comparison as no single unit should, with the figures with it and without. */
export interface Influence {
  readonly metric: string;
  readonly contrast: Contrast;
  /** The unit's variant. */
  readonly variant: string;
  /** The unit's value, in the metric's unit. */
  readonly value: number;
  /** Its share of the variation among its variant's units, fraction in (0, 1]. */
  readonly share: number;
  /** Treatment − control with it and without, in the metric's unit. */
  readonly difference: readonly [with_: number, without: number];
  /** The lift with it and without, fractions; null where there is none. */
  readonly lift: readonly [with_: number | null, without: number | null];
  /** Whether what the comparison shows is no longer shown without it. */
  readonly decides: boolean;
}

/** From this share of an arm's variation on, one unit is named. */
const weighty = 0.25;

type Side = "control" | "treatment";

/** The unit that carries the largest share of its arm's variation, if it is weighty. */
function heaviest(
  strata: readonly VersionStratum[],
): { readonly at: number; readonly side: Side; readonly value: number; readonly share: number } | undefined {
  let found: { at: number; side: Side; value: number; share: number } | undefined;
  strata.forEach((stratum, at) => {
    for (const side of ["control", "treatment"] as const) {
      if (stratum[side].names.length !== 1) continue;
      const { n, max: value, mean, m2 } = scalar(stratum[side]);
      if (value === undefined || !(m2 > 0) || n < 3) continue;
      const share = Math.min(1, square(value - mean) / m2);
      if (share >= weighty && share > (found?.share ?? 0)) found = { at, side, value, share };
    }
  });
  return found;
}

function without(moments: Moments, value: number): Moments {
  const { n, mean, m2, m3, nonzero } = withoutValue(scalar(moments), value);
  return {
    n,
    names: moments.names,
    mean: [mean],
    comoment: [m2],
    ...(m3 === undefined ? {} : { m3: [m3] }),
    ...(nonzero === undefined ? {} : { nonzero: [nonzero] }),
  };
}

/**
 * Looks for a single unit that decides a comparison of amounts: the largest of its arm, where it carries a quarter or more
 * of the arm's variation. Sources that tell no largest value have none. Of a comparison that is adjusted for covariates the
 * unadjusted one is looked at: what the unit's covariates are nobody knows.
 * @param group       the whole experiment
 * @param comparison  the same question, answered and corrected
 * @returns the unit with the figures without it; undefined where no unit weighs so much
 */
export function influenceOn(
  group: Group,
  metric: MetricDefinition,
  metricAt: number,
  { contrast, difference, lift }: Comparison,
  context: CompareContext,
): Influence | undefined {
  // What is believed is not tested; one unit is weighed in the test that the data alone make.
  const look = context.rule?.believing ? "fixed" : "planned";
  const planned = difference[look];
  const whole = difference.others?.unadjusted ?? planned;
  if (context.adaptive || whole.status !== "ok" || planned.status !== "ok") return undefined;
  const type = metricTypeOf(metric);
  const own = type.values(metric).length;
  const strata = strataOf(group, metricAt, contrast).map((stratum) => ({
    ...stratum,
    control: firstValues(stratum.control, own),
    treatment: firstValues(stratum.treatment, own),
  }));
  const unit = heaviest(strata);
  if (!unit) return undefined;
  const left = strata.map((stratum, at) =>
    at === unit.at ? { ...stratum, [unit.side]: without(stratum[unit.side], unit.value) } : stratum,
  );
  const rest = type.estimate(left, { level: context.level });
  if (rest.difference.status !== "ok") return undefined;
  const corrected = (planned.pAdjusted ?? planned.pValue) / planned.pValue || 1;
  const shown = (p: number) => p < 1 - context.level;
  // One unit cannot turn the sign of what is shown: it adds to the error at least what it adds to the difference.
  const once = rest.difference.pValue;
  const read = (look === "planned" && context.rule?.pValueOf(once)) || once;
  const decides = shown(whole.pValue * corrected) && !shown(read * corrected);
  const all = whole === planned ? lift[look] : type.estimate(strata, { level: context.level }).lift;
  return {
    metric: metric.key,
    contrast,
    variant: contrast[unit.side === "control" ? 0 : 1],
    value: unit.value,
    share: unit.share,
    difference: [whole.value, rest.difference.value],
    lift: [all.value ?? null, rest.lift.value ?? null],
    decides,
  };
}
