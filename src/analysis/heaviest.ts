import type { Tail } from "../core/cells.js";
import type { Estimate } from "../core/estimate.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { Moments } from "../core/moments.js";
import type { MetricType } from "../metrics/index.js";
import { mergeAll, mergeMoments } from "../stats/index.js";
import { cappedMoments } from "../stats/moments/index.js";
import type { CompareContext } from "./compare.js";
import type { Comparison, Contrast } from "./comparison.js";

/** A few units without whose weight a comparison reads otherwise, with the figures where they are capped. */
export interface Heaviest {
  readonly metric: string;
  readonly contrast: Contrast;
  /** Of a metric of several values: the one that is capped. */
  readonly value?: string;
  /** Largest value of the other units, to which theirs is capped. */
  readonly cap: number;
  /** How many lie above it on each side. */
  readonly units: readonly [control: number, treatment: number];
  /** Their share of all units, fraction in (0, 0.003]. */
  readonly share: number;
  /** Their share of the sum of the value on both sides, fraction; null where values are of both signs. */
  readonly weight: number | null;
  readonly difference: readonly [with_: number, capped: number];
  readonly lift: readonly [with_: number | null, capped: number | null];
  /** At the report's level: of the lift with them capped, or of the difference where that is null. */
  readonly interval: readonly [lower: number, upper: number];
  /** What becomes of what is shown: `shows` only with their whole weight, `hides` without which it would be shown. */
  readonly effect: "shows" | "hides" | "moves";
}

/** At most this share of all units is capped, and of the units that have a value. */
const mostUnits = 0.003;
const mostOfValued = 0.02;

type Sides = readonly [control: Tail, treatment: Tail];

/** Moments of units that are split at a step. */
interface Split {
  readonly below: Moments;
  readonly above: Moments | undefined;
}

function splitAt({ body, steps }: Tail, from: number): Split {
  const of = (keep: (step: number) => boolean) =>
    steps.filter((step) => keep(step.from)).map(({ moments }) => moments);
  const above = of((step) => step >= from);
  return {
    below: mergeAll([body, ...of((step) => step < from)]),
    above: above.length > 0 ? mergeAll(above) : undefined,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** A step from which the units are few, and what they are capped to. */
interface Cut {
  readonly from: number;
  readonly cap: number;
  readonly share: number;
}

/**
 * The lowest step above which all variants together have few enough units.
 * @returns undefined where nobody is above it
 */
function cutOf(tails: readonly Tail[], at: number): Cut | undefined {
  const valued = ({ n, nonzero }: Moments) => nonzero?.[at] ?? n;
  const everyone = tails.flatMap(({ body, steps }) => [body, ...steps.map(({ moments }) => moments)]);
  const all = sum(everyone.map(({ n }) => n));
  const most = Math.min(mostUnits * all, mostOfValued * sum(everyone.map(valued)));
  const edges = new Set(tails.flatMap(({ steps }) => steps.map(({ from }) => from)));
  for (const from of [...edges].sort((a, b) => a - b)) {
    const heavy = tails.flatMap(({ steps }) => steps.filter((step) => step.from >= from));
    const above = sum(heavy.map(({ moments }) => moments.n));
    if (above > most) continue;
    const others = tails.flatMap(({ body, steps }) => [
      body,
      ...steps.flatMap((step) => (step.from < from ? [step.moments] : [])),
    ]);
    const cap = Math.max(...others.flatMap(({ n, max }) => (n > 0 ? [max?.[at] ?? from] : [])));
    // Of a body that reaches beyond the step nobody knows who is above it.
    if (above > 0 && cap > 0 && cap <= from) return { from, cap, share: above / all };
  }
  return undefined;
}

/** Arms as they are, with the units above a cut capped; and what these are. */
interface CappedArm {
  readonly moments: Moments;
  readonly units: number;
  readonly held: number;
  readonly total: number;
}

function capArm(tail: Tail, at: number, { from, cap }: Cut): CappedArm {
  const { below, above } = splitAt(tail, from);
  const of = (moments: Moments | undefined) => (moments ? moments.n * (moments.mean[at] ?? 0) : 0);
  return {
    moments: above ? mergeMoments(below, cappedMoments(above, at, cap)) : below,
    units: above?.n ?? 0,
    held: of(above),
    total: of(above) + of(below),
  };
}

/** A contrast's two tails of one value, version by version. */
function sidesOf(tails: readonly Tail[], [control, treatment]: Contrast): readonly Sides[] {
  return tails.flatMap((tail): readonly Sides[] => {
    if (tail.variant !== control) return [];
    const other = tails.find(
      ({ variant, definitionVersion }) =>
        variant === treatment && definitionVersion === tail.definitionVersion,
    );
    return other ? [[tail, other]] : [];
  });
}

const shownBy = (estimate: Estimate, p: number, level: number): -1 | 0 | 1 =>
  estimate.status !== "ok" || p >= 1 - level ? 0 : estimate.value > 0 ? 1 : -1;

function heaviestOf(
  metric: MetricDefinition,
  type: MetricType,
  tails: readonly Tail[],
  { contrast, difference, lift }: Comparison,
  context: CompareContext,
): Heaviest | undefined {
  // What is believed is not tested; a few units are weighed in the test that the data alone make.
  const look = context.rule?.believing ? "fixed" : "planned";
  const whole = difference[look];
  const [first] = tails;
  if (!first || whole.status !== "ok") return undefined;
  const { names } = first.body;
  const at = names.indexOf(first.value);
  const cut = cutOf(tails, at);
  const strata = sidesOf(tails, contrast);
  if (!cut || strata.length === 0) return undefined;
  const capped = strata.map((sides) => sides.map((tail) => capArm(tail, at, cut)));
  const arms = capped.flatMap(([control, treatment]) =>
    control && treatment ? [{ control, treatment }] : [],
  );
  if (arms.some(({ control, treatment }) => control.moments.n < 2 || treatment.moments.n < 2))
    return undefined;
  const units = (["control", "treatment"] as const).map((side) => sum(arms.map((arm) => arm[side].units)));
  const [before = 0, after = 0] = units;
  const found = type.estimate(
    arms.map(({ control, treatment }) => ({ control: control.moments, treatment: treatment.moments })),
    { level: context.level },
  );
  const rest = found.difference;
  if (rest.status !== "ok" || before + after === 0) return undefined;
  // What skewed amounts let chance do is not told: only figures that the other units speak against.
  if (whole.value >= rest.interval[0] && whole.value <= rest.interval[1]) return undefined;
  const corrected = (whole.pAdjusted ?? whole.pValue) / whole.pValue || 1;
  const read = (look === "planned" && context.rule?.pValueOf(rest.pValue)) || rest.pValue;
  const shown = shownBy(whole, whole.pValue * corrected, context.level);
  const left = shownBy(rest, read * corrected, context.level);
  const [held, total] = (["held", "total"] as const).map((key) =>
    sum(arms.flatMap(({ control, treatment }) => [control[key], treatment[key]])),
  );
  const weight = total && held !== undefined ? held / total : Number.NaN;
  return {
    metric: metric.key,
    contrast,
    ...(type.joint ? { value: first.value } : {}),
    cap: cut.cap,
    units: [before, after],
    share: cut.share,
    weight: weight >= 0 && weight <= 1 ? weight : null,
    difference: [whole.value, rest.value],
    lift: [lift[look].value ?? null, found.lift.status === "ok" ? found.lift.value : null],
    interval: found.lift.status === "ok" ? found.lift.interval : rest.interval,
    effect: shown === left ? "moves" : shown === 0 ? "hides" : "shows",
  };
}

/**
 * Looks for a few units (at most .3 % of all, and 2 % of those that have a value) without whose weight a comparison of
 * amounts reads otherwise: those whose value is capped to the largest of all others, pooled over variants, so that the
 * figure with them is outside the interval without. Negative values are left as they are.
 * @param tails        what the source counted of its heaviest units
 * @param comparisons  macro, answered and corrected
 * @returns one entry per comparison and value that does
 */
export function heaviest(
  tails: readonly Tail[],
  comparisons: readonly Comparison[],
  context: CompareContext,
): readonly Heaviest[] {
  if (context.adaptive) return [];
  return comparisons.flatMap((comparison) => {
    const metricAt = context.metrics.findIndex(({ key }) => key === comparison.metric);
    const [metric, type] = [context.metrics[metricAt], context.types[metricAt]];
    const own = tails.filter((tail) => tail.metric === comparison.metric);
    return [...new Set(own.map(({ value }) => value))].flatMap((value) => {
      const these = own.filter((tail) => tail.value === value);
      return (metric && type && heaviestOf(metric, type, these, comparison, context)) ?? [];
    });
  });
}
