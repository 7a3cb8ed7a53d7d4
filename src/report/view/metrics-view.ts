import type { Report, ReportMetric } from "../../analysis/index.js";
import type { FoundCap } from "../../core/cells.js";
import { canonicalEntries } from "../../core/code-point-order.js";
import type { Condition } from "../../core/condition.js";
import type { Estimate } from "../../core/estimate.js";
import type { Voice } from "../words/language.js";
import type { AxisUnit } from "../words/numbers.js";
import { type ReadingName, readingOf } from "../words/reading.js";
import { adjustmentTold } from "./adjustment-words.js";
import type { ComparisonView } from "./comparison-view.js";
import { conditionTold } from "./condition-told.js";
import { decidedGlyph, type Glyph } from "./glyph.js";
import { placeOf } from "./place.js";

/** One comparison within a metric. */
export interface MetricRow {
  readonly view: ComparisonView;
  /** `mens`, or `mens against womens` where the control is no part of it. */
  readonly name: string;
  /** Place of the treatment among the variants, which gives it its colour and shape. */
  readonly place: number;
  readonly reading: ReadingName;
  /** Absent where there is no interval to draw. */
  readonly glyph?: Glyph;
  /** `+64% to +81%`, on the axis' scale. */
  readonly oneLook: string;
  /** `mens, visit: +72%, +57% to +88%, better`: what the picture shows. */
  readonly told: string;
}

/** A metric and its comparisons, which share one axis. */
export interface MetricRows {
  readonly metric: string;
  /** What to know in reading it: `less is better; margin +5%`. */
  readonly about: string;
  readonly unit: AxisUnit;
  /** The guardrail's margin on the axis, on the side of harm. */
  readonly margin?: number;
  readonly rows: readonly MetricRow[];
}

/** Metrics of one role, or the comparisons of one rule. */
export interface MetricGroup {
  readonly title: string;
  readonly about: string;
  readonly metrics: readonly MetricRows[];
}

type Scale = "lift" | "difference";

function rangeText(estimate: Estimate, scale: Scale, { quantity }: ReportMetric, voice: Voice): string {
  if (estimate.status !== "ok") return "";
  const { interval } = estimate;
  return scale === "lift" ? voice.liftInterval(interval) : voice.differenceInterval(interval, quantity);
}

/** What a value that is made of other metrics is: `= revenue − cost − 2 × returns`. */
function composition(metric: ReportMetric, voice: Voice): readonly string[] {
  if (!("of" in metric && typeof metric.of === "object" && metric.of !== null)) return [];
  const terms = canonicalEntries<number>({ ...metric.of })
    .sort(([, a], [, b]) => Number(b > 0) - Number(a > 0))
    .map(([key, weight], at) => {
      const size = Math.abs(weight) === 1 ? "" : `${voice.size(Math.abs(weight), "amount")} × `;
      if (at === 0) return `${weight < 0 ? "−" : ""}${size}${key}`;
      return ` ${weight < 0 ? "−" : "+"} ${size}${key}`;
    });
  return [`= ${terms.join("")}`];
}

interface CountedMetric extends ReportMetric {
  readonly cap?: number | { readonly percentile: number };
  readonly window?: { readonly from?: number; readonly to?: number };
  readonly where?: Condition;
  readonly percentile?: number;
  readonly days?: number | readonly [first: number, last: number];
}

/** `capped at 200, percentile 99 of all units together`; a metric's own value comes first. */
function foundCap(caps: readonly FoundCap[], key: string, voice: Voice): readonly string[] {
  const found = caps.find(({ metric }) => metric === key);
  if (!found) return [];
  const told = { cap: voice.size(found.cap, "amount"), percentile: voice.size(found.percentile, "amount") };
  return [voice.say(found.among === "nonzero" ? "capped_at_nonzero" : "capped_at_percentile", told)];
}

/** Which values count: `capped at 200; days 7 to 14`. */
function counted(
  { key, cap, window, where, days, percentile }: CountedMetric,
  { caps = [] }: Report,
  voice: Voice,
): readonly string[] {
  const { from, to } = window ?? {};
  const day = (value: number) => voice.size(value, "amount");
  return [
    ...(percentile === undefined
      ? []
      : [voice.say("percentile_of_units", { percentile: voice.size(percentile, "amount") })]),
    ...(typeof days === "number" ? [voice.say("back_on", { day: day(days) })] : []),
    ...(typeof days === "object"
      ? [voice.say("back_between", { from: day(days[0]), to: day(days[1]) })]
      : []),
    ...(typeof cap === "number" ? [voice.say("capped_at", { cap: voice.size(cap, "amount") })] : []),
    ...(typeof cap === "object" ? foundCap(caps, key, voice) : []),
    ...(from !== undefined && to !== undefined
      ? [voice.say("window_between", { from: day(from), to: day(to) })]
      : []),
    ...(from !== undefined && to === undefined ? [voice.say("window_from", { from: day(from) })] : []),
    ...(from === undefined && to !== undefined ? [voice.say("window_to", { to: day(to) })] : []),
    ...(where ? [voice.say("only_where", { condition: conditionTold(where) })] : []),
  ];
}

function aboutMetric(report: Report, metric: ReportMetric, voice: Voice): string {
  const { better, margin = 0, smallest = 0, role } = metric;
  const parts = [
    ...composition(metric, voice),
    ...counted(metric, report, voice),
    ...(better === "lower" ? [voice.say("less_is_better")] : []),
    ...(role === "guardrail" && margin > 0 ? [voice.say("margin_of", { margin: voice.share(margin) })] : []),
    ...(role === "goal" && smallest > 0
      ? [voice.say("smallest_of", { smallest: voice.share(smallest) })]
      : []),
    ...adjustmentTold(report, metric, voice),
  ];
  return parts.join(voice.say("separator"));
}

function metricRows(
  report: Report,
  metric: ReportMetric,
  views: readonly ComparisonView[],
  voice: Voice,
): MetricRows {
  const { definition, recommendation } = report;
  const scale: Scale = views.some(({ comparison }) => comparison.lift.planned.status === "ok")
    ? "lift"
    : "difference";
  const sign = metric.better === "lower" ? 1 : -1;
  const unit = scale === "lift" ? "lift" : metric.quantity === "fraction" ? "points" : "gain";
  const margin = scale === "lift" && metric.role === "guardrail" ? (metric.margin ?? 0) : 0;
  const rows = views.map((view): MetricRow => {
    const [control, treatment] = view.contrast;
    const plain = control === definition.control;
    const evidence = plain
      ? recommendation.variants
          .find(({ variant }) => variant === treatment)
          ?.evidence.find((each) => each.metric === metric.key)
      : undefined;
    const reading = readingOf(metric, view.mark, evidence);
    const name =
      plain || !definition.variants.some(({ key }) => key === treatment) ? treatment : view.contrastName;
    const glyph = decidedGlyph(view.comparison[scale], evidence, reading);
    const numbers =
      scale === "lift" ? [view.lift, view.liftInterval] : [view.difference, view.differenceInterval];
    const line = [...numbers, voice.words.readings[reading]].filter(Boolean).join(", ");
    return {
      view,
      name,
      place: placeOf(definition, treatment),
      reading,
      ...(glyph ? { glyph } : {}),
      oneLook: rangeText(view.comparison[scale].fixed, scale, metric, voice),
      told: voice.say("scoped", { scope: `${name}, ${metric.key}`, line }),
    };
  });
  return {
    metric: metric.key,
    about: aboutMetric(report, metric, voice),
    unit,
    ...(margin > 0 ? { margin: sign * margin } : {}),
    rows,
  };
}

const roles = ["goal", "guardrail", "diagnostic"] as const;
const titles = { goal: "goals", guardrail: "guardrails", diagnostic: "diagnostics" } as const;
const abouts = {
  goal: "goals_about",
  guardrail: "guardrails_about",
  diagnostic: "diagnostics_about",
} as const;

/**
 * Puts everything that is compared overall into one table: goals, guardrails, diagnostics, then rules; within a metric
 * its comparisons, those with the control first.
 */
export function metricGroups(
  report: Report,
  macro: readonly ComparisonView[],
  rules: readonly { readonly title: string; readonly comparisons: readonly ComparisonView[] }[],
  voice: Voice,
): readonly MetricGroup[] {
  const { control } = report.definition;
  const rowsOf = (views: readonly ComparisonView[], metrics: readonly ReportMetric[]) =>
    metrics.flatMap((metric) => {
      const own = views.filter((view) => view.metric === metric.key);
      const plain = own.filter(({ contrast }) => contrast[0] === control);
      const crossed = own.filter(({ contrast }) => contrast[0] !== control);
      return own.length > 0 ? [metricRows(report, metric, [...plain, ...crossed], voice)] : [];
    });
  const groups = roles.map((role) => ({
    title: voice.say(titles[role]),
    about: voice.say(abouts[role]),
    metrics: rowsOf(
      macro,
      report.metrics.filter((metric) => metric.role === role),
    ),
  }));
  const ruled = rules.map(({ title, comparisons }) => ({
    title,
    about: "",
    metrics: rowsOf(comparisons, report.metrics),
  }));
  return [...groups, ...ruled].filter(({ metrics }) => metrics.length > 0);
}

/** `visit (mens, womens)` for each metric that some row reads so. */
function listed(groups: readonly MetricGroup[], names: readonly ReadingName[], voice: Voice): string {
  return groups
    .flatMap(({ metrics }) => metrics)
    .flatMap(({ metric, rows }) => {
      const own = rows.filter(({ reading }) => names.includes(reading)).map(({ name }) => name);
      return own.length > 0 ? [`${metric} (${own.join(", ")})`] : [];
    })
    .join(voice.say("separator"));
}

/** @returns what moved and what is open, in a sentence or two; goals and guardrails only */
export function movedSentence(report: Report, groups: readonly MetricGroup[], voice: Voice): string {
  const titled = (role: "goal" | "guardrail") =>
    groups.filter(({ title }) => title === voice.say(titles[role]));
  const deciding = [...titled("goal"), ...titled("guardrail")];
  const [better, worse, open] = [
    listed(titled("goal"), ["better"], voice),
    listed(deciding, ["worse", "tolerated"], voice),
    listed(titled("guardrail"), ["open"], voice),
  ];
  const told = [
    ...(better ? [voice.say("moved_better", { list: better })] : []),
    ...(worse ? [voice.say("moved_worse", { list: worse })] : []),
    ...(open ? [voice.say("moved_open", { list: open })] : []),
  ];
  if (told.length > 0) return told.join(" ");
  return report.recommendation.rule === "adaptive"
    ? voice.words.rules.adaptive({ control: "" }, voice)
    : voice.say("moved_none");
}
