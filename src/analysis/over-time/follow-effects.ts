import type { TimeArm, TimeCells, TimeSlice } from "../../core/cells.js";
import type { Definition } from "../../core/definition.js";
import type { MetricDefinition } from "../../core/metric-definition.js";
import type { Moments } from "../../core/moments.js";
import { lookRuleName } from "../../core/plan.js";
import { tQuantile } from "../../distributions/index.js";
import { followedBy, thirdOf } from "../../metrics/index.js";
import { type Correction, corrections } from "../../stats/index.js";
import { checkLists, fitsLists } from "../../stats/moments/index.js";
import { type EffectChange, effectChange } from "../../stats/trends/index.js";
import { adjustMetric } from "../adjustments.js";
import { type CompareContext, compare, metricIn, strataOf } from "../compare.js";
import type { Contrast } from "../comparison.js";
import type { FamilyTests } from "../correct-comparisons.js";
import type { CubeArm, Group } from "../cube.js";
import { lookAt } from "../looks/look-at.js";
import type { EffectOverTime, OverTime, ScaleChange, SinceChange, TimePoint } from "./over-time.js";

const adaptiveReason = "a policy chose variants by their outcomes, so effects over time are not read";
const ruledReason = "rules chose variants for some units, so effects over time are not read";
const orderReason = "a quantile, or who came back, is not followed over time";
const windowReason = "it counts some days since exposure only, so days are not followed";
const sidesReason = "of a ratio the days are shown, and not tested";
const emptyReason = "the cells hold nothing of it over time";
const thinReason = "too thin: fewer than 30 units of a side with a value in the first days, or in the last";
const thinPointReason = "too few units with a value";
const flatReason = "all units have the same value";

/** Units with a value in the first days and in the last that are enough for their means to be read as normal ones. */
const enough = 30;

/** A slice as a group of units, in which only its metric has moments. */
function groupOf(arms: readonly TimeArm[], metricAt: number): Group {
  const versions = new Map<number, Map<string, CubeArm>>();
  for (const { variant, definitionVersion, moments } of arms) {
    const own = versions.get(definitionVersion) ?? new Map<string, CubeArm>();
    const list: Moments[] = [];
    list[metricAt] = moments;
    own.set(variant, { units: moments.n, moments: list });
    versions.set(definitionVersion, own);
  }
  return { cell: {}, arms: versions };
}

/** What all effects of one analysis share. */
interface Asked {
  readonly definition: Definition;
  readonly contrasts: readonly Contrast[];
  readonly macro: Correction;
  readonly context: CompareContext;
  /** Whether rules chose for some of the units. */
  readonly ruled: boolean;
}

/** Whether the plan's intervals hold at every look, so that they hold in all periods. */
const holdsTogether = ({ definition: { plan }, context }: Asked): boolean =>
  context.rule !== undefined && lookRuleName(plan) === "always-valid";

/** The effect in one slice. */
function pointOf(
  { at, arms, kind }: TimeSlice,
  metricAt: number,
  contrast: Contrast,
  asked: Asked,
): TimePoint {
  const { definition, context } = asked;
  const { rule: _, ...plain } = context;
  const { metric } = metricIn(context, metricAt);
  const group = groupOf(arms, metricAt);
  const { type } = adjustMetric(metric, metricAt, group, false);
  const types = context.types.map((each, i) => (i === metricAt ? type : each));
  const total = arms.reduce((sum, { moments: { n } }) => sum + n, 0);
  const rule =
    kind === "cumulative" && holdsTogether(asked)
      ? lookAt(definition, total, context.level, undefined, asked.macro).rule
      : undefined;
  const found = compare(group, metricAt, contrast, { ...plain, types, ...(rule ? { rule } : {}) });
  const { units, difference } = found;
  const { planned } = difference;
  const sides = contrast.map((variant) =>
    arms.flatMap((arm) => (arm.variant === variant ? [arm.moments] : [])),
  );
  if (planned.status !== "ok") return { at, units, status: "undefined", reason: planned.reason };
  if (sides.some((own) => type.thin(own))) return { at, units, status: "undefined", reason: thinPointReason };
  const { value, standardError, interval } = planned;
  return { at, units, status: "ok", value, standardError, interval };
}

/** Units of a side that have a value: of zeros and ones, or means of a few, about how many are not zero. */
function withValue({ n, mean, comoment, nonzero }: Moments): number {
  if (nonzero) return Math.min(...nonzero);
  const squares = [comoment[0] ?? 0, comoment[2] ?? 0];
  return Math.min(
    ...squares.map((m2, i) => {
      const square = (mean[i] ?? 0) * (mean[i] ?? 0);
      return square === 0 ? 0 : (n * square) / (m2 / n + square);
    }),
  );
}

/** Tests of one effect that are not yet corrected. */
interface Tested {
  readonly units: readonly [number, number];
  readonly difference: EffectChange;
  readonly ratio?: EffectChange;
}

function tested(slice: TimeSlice | undefined, metricAt: number, contrast: Contrast): Tested | string {
  if (!slice) return emptyReason;
  const strata = strataOf(groupOf(slice.arms, metricAt), metricAt, contrast);
  const values = (side: "control" | "treatment") =>
    strata.reduce((sum, stratum) => sum + withValue(stratum[side]), 0);
  if (Math.min(values("control"), values("treatment")) < enough) return thinReason;
  const { difference, ratio } = effectChange(strata);
  if (!difference) return flatReason;
  const units = (side: "control" | "treatment") => strata.reduce((sum, each) => sum + each[side].n, 0);
  return { units: [units("control"), units("treatment")], difference, ...(ratio ? { ratio } : {}) };
}

/** What a change is called: by where the effect stands last, beside where it stood first. */
function nameOf({ first, last, firstInterval, lastInterval }: ScaleChange): "fades" | "grows" | "turns" {
  const sure = ([low, high]: readonly [number, number]) => low > 0 || high < 0;
  if (first * last < 0 && sure(firstInterval) && sure(lastInterval)) return "turns";
  return Math.abs(last) < Math.abs(first) ? "fades" : "grows";
}

const plain = (value: number): number => value;

function scaleOf(
  { first, last, df, pValue }: EffectChange,
  pAdjusted: number,
  level: number,
  told: (value: number) => number,
): ScaleChange {
  const reach = tQuantile((1 + level) / 2, df);
  const around = ({ value, standardError }: EffectChange["first"]) =>
    [told(value - reach * standardError), told(value + reach * standardError)] as const;
  return {
    ...{ first: told(first.value), firstInterval: around(first) },
    ...{ last: told(last.value), lastInterval: around(last) },
    ...{ pValue, pAdjusted },
  };
}

/** The change of an effect, its tests corrected with all others. */
function changeOf(
  found: Tested,
  [difference = 1, ratio = 1]: readonly number[],
  days: number,
  level: number,
): SinceChange {
  const third = thirdOf(days);
  const own = scaleOf(found.difference, difference, level, plain);
  const lift = found.ratio && scaleOf(found.ratio, ratio, level, Math.expm1);
  const shown = [difference < 1 - level, lift !== undefined && ratio < 1 - level] as const;
  const on = shown[0] ? (shown[1] ? "both" : "difference") : shown[1] ? "lift" : undefined;
  return {
    status: "ok",
    days: [
      [0, third - 1],
      [days - third, days - 1],
    ],
    units: found.units,
    difference: own,
    ...(lift ? { lift } : {}),
    shows: on === undefined ? "nothing" : nameOf(on === "lift" && lift ? lift : own),
    ...(on === undefined ? {} : { on }),
  };
}

/** One effect, with the slices that say it. */
interface Followed {
  readonly metric: MetricDefinition;
  readonly metricAt: number;
  readonly contrast: Contrast;
  readonly slices: readonly TimeSlice[];
  readonly tests: Tested | string;
}

/**
 * Follows every contrast's effect on every metric over time: up to the end of each period and in it, and by days since exposure;
 * there the first third of the days is tested against the last, in differences and in lifts, all tests together being one
 * family.
 * @param time  as a source read it
 */
export function followEffects(
  time: TimeCells,
  asked: Asked,
): { readonly found: OverTime; readonly family: FamilyTests } {
  const { definition, contrasts, macro, context, ruled } = asked;
  const { metrics, level, adaptive, rule } = context;
  const { days, by } = time;
  time.slices.forEach(({ arms }, i) => {
    arms.forEach(({ moments }, j) => {
      if (!fitsLists(moments)) checkLists(moments, ["source", "time", "slices", i, "arms", j, "moments"]);
    });
  });
  const none = adaptive ? adaptiveReason : ruled ? ruledReason : undefined;
  const followable = metrics.map((metric) => (none ? "not" : followedBy(metric, definition.metrics)));
  const followed = metrics.flatMap((metric, metricAt): readonly Followed[] => {
    const how = followable[metricAt];
    if (how === "not") return [];
    const slices = time.slices.filter((each) => each.metric === metric.key);
    return contrasts.map((contrast) => ({
      ...{ metric, metricAt, contrast, slices },
      tests:
        how === "calendar"
          ? windowReason
          : how === "since"
            ? sidesReason
            : tested(
                slices.find(({ kind }) => kind === "change"),
                metricAt,
                contrast,
              ),
    }));
  });
  const read = (pValue: number) => rule?.pValueOf(pValue, {}) ?? pValue;
  const pValuesOf = ({ tests }: Followed): readonly number[] =>
    typeof tests === "string"
      ? []
      : [tests.difference, ...(tests.ratio ? [tests.ratio] : [])].map(({ pValue }) => read(pValue));
  const pValues = followed.flatMap(pValuesOf);
  const adjusted = corrections[macro](pValues);
  let at = 0;
  const effects = followed.map((each): EffectOverTime => {
    const { metric, metricAt, contrast, slices, tests } = each;
    const own = adjusted.slice(at, (at += pValuesOf(each).length));
    const pointsOf = (kind: TimeSlice["kind"]) =>
      slices.filter((slice) => slice.kind === kind).map((slice) => pointOf(slice, metricAt, contrast, asked));
    return {
      ...{ metric: metric.key, contrast },
      cumulative: pointsOf("cumulative"),
      during: pointsOf("during"),
      since: pointsOf("since"),
      change:
        typeof tests === "string"
          ? { status: "undefined", reason: tests }
          : changeOf(tests, own, days, level),
    };
  });
  return {
    found: {
      ...{ days, by, effects },
      holds: holdsTogether(asked) ? "together" : "each",
      unfollowed: metrics.flatMap(({ key }, i) =>
        followable[i] === "not" ? [{ metric: key, reason: none ?? orderReason }] : [],
      ),
    },
    family: { grain: "over_time", correction: macro, tests: pValues.length },
  };
}
