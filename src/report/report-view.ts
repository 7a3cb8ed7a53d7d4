import type { Contrast, Heterogeneity, Report, ReportMetric, Row } from "../analysis/report.js";
import type { Estimate } from "../core/estimate.js";
import * as show from "../core/numbers.js";

/** One comparison as strings, ready to be laid out; empty strings where there is no number. */
export interface ComparisonView {
  readonly metric: string;
  readonly role: ReportMetric["role"];
  readonly contrast: Contrast;
  readonly cell: string;
  readonly control: string;
  readonly treatment: string;
  readonly units: readonly [number, number];
  readonly difference: string;
  readonly differenceInterval: string;
  readonly lift: string;
  readonly liftInterval: string;
  /** Corrected p-value. */
  readonly p: string;
  readonly pRaw: string;
  readonly tone: "good" | "bad" | "neutral" | "none";
  /** Why there is no estimate, or what to mind in reading it; empty when there is nothing to say. */
  readonly note: string;
  readonly liftEstimate: Estimate;
  readonly differenceEstimate: Estimate;
  /** Micro only: the difference among all other units, and the corrected p-value of the two being the same. */
  readonly elsewhere: string;
  readonly restP: string;
}

/** @returns `channel Web · newbie 1`; `everyone` for the whole experiment */
export function cellName(cell: Readonly<Record<string, string>>): string {
  const parts = Object.entries(cell).map(([dimension, level]) => `${dimension} ${level}`);
  return parts.length > 0 ? parts.join(" · ") : "everyone";
}

/** @returns `Mens E-Mail against No E-Mail` */
export function contrastName([control, treatment]: Contrast): string {
  return `${treatment} against ${control}`;
}

/** Whether a corrected estimate shows something, and whether that is good for the metric. */
export function toneOf(estimate: Estimate, metric: ReportMetric): ComparisonView["tone"] {
  if (estimate.status !== "ok") return "none";
  if ((estimate.pAdjusted ?? estimate.pValue) >= 1 - estimate.level) return "neutral";
  return estimate.value > 0 === (metric.better !== "lower") ? "good" : "bad";
}

const cautions: Readonly<Record<string, string>> = {
  skewed: "skewed: a few large values weigh on it, which the interval allows for",
  few_events: "fewer than 10 units with or without the event in an arm: Welch's interval may be too narrow",
  near_zero_baseline: "the control's value is near zero: read the difference, not the lift",
  negative_baseline: "the control's value is negative: the lift is relative to its size",
};

/** @returns what to mind about a difference and its lift, in words */
function cautionsOf(difference: Estimate, lift: Estimate): string {
  const flags = [difference, lift].flatMap((each) => (each.status === "ok" ? (each.flags ?? []) : []));
  const words = [...new Set(flags)].flatMap((flag) => cautions[flag] ?? []);
  if (lift.status !== "ok") words.push(`lift ${lift.status}: ${lift.reason}`);
  return words.join("; ");
}

function viewOf(difference: Row, lift: Row, metric: ReportMetric): ComparisonView {
  const [own, relative] = [difference.planned, lift.planned];
  const { quantity } = metric;
  const side = (value: number | null, beside: number | null) =>
    value === null ? "–" : show.level(value, quantity, beside ?? value);
  const rest = difference.versusRest;
  return {
    metric: metric.key,
    role: metric.role,
    contrast: difference.contrast,
    cell: cellName(difference.cell),
    control: side(difference.values[0], difference.values[1]),
    treatment: side(difference.values[1], difference.values[0]),
    units: difference.units,
    difference: own.value === undefined ? "" : show.difference(own.value, quantity),
    differenceInterval: own.status === "ok" ? show.differenceInterval(own.interval, quantity) : "",
    lift: relative.value === undefined ? "" : show.lift(relative.value),
    liftInterval:
      relative.status === "ok"
        ? show.liftInterval(relative.interval)
        : relative.status === "unbounded"
          ? "[unbounded]"
          : "",
    p: own.status === "ok" ? show.pValue(own.pAdjusted ?? own.pValue) : "",
    pRaw: own.status === "ok" ? show.pValue(own.pValue) : "",
    tone: toneOf(own, metric),
    note: own.status === "ok" ? cautionsOf(own, relative) : `${own.status}: ${own.reason}`,
    liftEstimate: relative,
    differenceEstimate: own,
    elsewhere:
      rest?.status === "ok" && own.value !== undefined
        ? show.difference(own.value - rest.value, quantity)
        : "",
    restP: rest?.status === "ok" ? show.pValue(rest.pAdjusted ?? rest.pValue) : "",
  };
}

/** @returns rows (a difference followed by its lift) as views, in their order */
export function comparisonViews(rows: readonly Row[], report: Report): readonly ComparisonView[] {
  const metrics = new Map(report.metrics.map((metric) => [metric.key, metric]));
  const views: ComparisonView[] = [];
  for (let at = 0; at + 1 < rows.length; at += 2) {
    const [difference, lift] = [rows[at] as Row, rows[at + 1] as Row];
    views.push(viewOf(difference, lift, metrics.get(difference.metric) as ReportMetric));
  }
  return views;
}

/** @returns each rule's own comparisons, applied against held back */
export function ruleViews(report: Report): ReadonlyMap<string, readonly ComparisonView[]> {
  const rules = new Map<string, ComparisonView[]>();
  for (const [at, view] of comparisonViews(report.rules, report).entries()) {
    const rule = report.rules[2 * at]?.cell.rule as string;
    rules.set(rule, [...(rules.get(rule) ?? []), view]);
  }
  return rules;
}

/** @returns micro views that differ from the rest of the units after correction, the clearest first */
export function standingOut(report: Report): readonly ComparisonView[] {
  const p = (row: Row) => (row.versusRest?.status === "ok" ? (row.versusRest.pAdjusted ?? 1) : 1);
  const pairs: Row[][] = [];
  for (let at = 0; at + 1 < report.micro.length; at += 2) pairs.push(report.micro.slice(at, at + 2));
  const found = pairs
    .filter(([row]) => p(row as Row) < 1 - report.level)
    .sort((a, b) => p(a[0] as Row) - p(b[0] as Row));
  return comparisonViews(found.flat(), report);
}

/** Micro comparisons by what they show after correction. */
export function microCounts(report: Report): {
  readonly good: number;
  readonly bad: number;
  readonly all: number;
} {
  const metrics = new Map(report.metrics.map((metric) => [metric.key, metric]));
  const tones = report.micro
    .filter((row) => row.scale === "difference")
    .map((row) => toneOf(row.planned, metrics.get(row.metric) as ReportMetric));
  const count = (tone: ComparisonView["tone"]) => tones.filter((each) => each === tone).length;
  return { good: count("good"), bad: count("bad"), all: tones.length };
}

/** @returns `differs` or `not shown`, after correction */
export function betweenVerdict(test: Heterogeneity, level: number): string {
  if (test.status !== "ok") return test.reason;
  return test.pAdjusted < 1 - level ? "differs" : "not shown";
}

/** Headline of each action. */
export const headlines = {
  ship: "Ship",
  keep_running: "Keep running",
  stop: "Stop",
  cannot_tell: "Cannot tell",
  do_not_read: "Do not read",
} as const;

/** @returns `Ship Mens E-Mail`, `Keep running` …; the action in capitals where there are no other means to stress it */
export function headline({ recommendation: { action, variant } }: Report, capitals = false): string {
  const name = capitals ? headlines[action].toUpperCase() : headlines[action];
  return variant === undefined ? name : `${name} ${variant}`;
}

/** @returns units of each variant over all definition versions, in the definition's order */
export function armTotals(report: Report): readonly { readonly variant: string; readonly units: number }[] {
  return report.definition.variants.map(({ key }) => ({
    variant: key,
    units: report.arms.filter((arm) => arm.variant === key).reduce((sum, arm) => sum + arm.units, 0),
  }));
}

/** @returns the shares check in a sentence, a line for each version and overall */
export function srmLines(report: Report): readonly string[] {
  return report.srm.map((check) => {
    const scope =
      check.rule !== undefined
        ? `rule ${check.rule}: `
        : report.srm.length === 1
          ? ""
          : check.definitionVersion === null
            ? "all versions: "
            : `version ${check.definitionVersion}: `;
    if (!("statistic" in check)) return `${scope}shares not checked, ${check.reason}`;
    const numbers = `χ² ${show.statistic(check.statistic)} on ${check.df} df, p ${show.pValue(check.pValue)}`;
    return check.status === "passed"
      ? `${scope}units arrived in the planned shares (${numbers})`
      : `${scope}units did NOT arrive in the planned shares (${numbers})`;
  });
}

/** @returns `macro: 6 tests, holm` for each family */
export function familyLines(report: Report): readonly string[] {
  const names = {
    macro: "overall",
    rules: "rules",
    between: "between levels",
    micro: "cells",
    versus_rest: "cells against the rest",
  };
  return report.families.map(
    ({ grain, correction, tests }) =>
      `${names[grain]}: ${show.count(tests)} ${tests === 1 ? "test" : "tests"}, ${correction}`,
  );
}
