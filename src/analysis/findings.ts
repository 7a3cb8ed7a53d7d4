import type { MetricDefinition } from "../core/metric-definition.js";
import {
  count,
  liftInterval,
  share,
  difference as showDifference,
  level as showLevel,
  lift as showLift,
  pValue as showP,
  statistic,
} from "../core/numbers.js";
import { outcomeOf, pairRows, type RowPair } from "./pair-rows.js";
import type { Check, Contrast, Finding, Heterogeneity, ReportMetric, Row, StratifiedRow } from "./report.js";

/** What findings are drawn from: the parts of a report that are already there. */
export interface FindingInputs {
  readonly metrics: readonly ReportMetric[];
  readonly level: number;
  readonly versions: readonly number[];
  readonly adaptive: boolean;
  readonly srm: readonly Check[];
  readonly macro: readonly Row[];
  readonly rules: readonly Row[];
  readonly stratified: readonly StratifiedRow[];
  readonly between: readonly Heterogeneity[];
  readonly micro: readonly Row[];
  readonly excluded: Readonly<Record<string, number>>;
}

/** Micro findings are many by nature; the rest stays in the rows. */
const mostMicro = 8;

const contrastOf = ([control, treatment]: Contrast) => `${treatment} against ${control}`;

/** @returns `channel Web, newbie 1` */
export function cellName(cell: Readonly<Record<string, string>>): string {
  return Object.entries(cell)
    .map(([dimension, level]) => `${dimension} ${level}`)
    .join(", ");
}

function aboutShares(checks: readonly Check[]): Finding[] {
  return checks.flatMap((check): Finding[] => {
    const where =
      check.rule !== undefined
        ? `of rule ${check.rule}`
        : check.definitionVersion === null
          ? "over all versions"
          : `in version ${check.definitionVersion}`;
    if (check.status === "undefined")
      return [
        {
          kind: "srm",
          tone: "warning",
          sentence: `The units' shares could not be checked ${where}: ${check.reason}.`,
          evidence: { definitionVersion: check.definitionVersion },
        },
      ];
    if (check.status !== "failed") return [];
    const seen = check.observed.map(
      (units, at) => `${check.variants[at]} ${count(units)} for ${count(check.expected[at] as number)}`,
    );
    return [
      {
        kind: "srm",
        tone: "bad",
        sentence: `Units did not arrive in the planned shares ${where} (${seen.join(", ")}; χ² ${statistic(check.statistic)}, p ${showP(check.pValue)}): do not read the results.`,
        evidence: {
          definitionVersion: check.definitionVersion,
          statistic: check.statistic,
          df: check.df,
          pValue: check.pValue,
        },
      },
    ];
  });
}

/** @param ruled whether the pair is a rule's own comparison */
function aboutPair(metric: ReportMetric, pair: RowPair, ruled = false): Finding[] {
  const { contrast, planned, values } = pair.difference;
  if (planned.status === "adaptive") return [];
  const kind = ruled ? "rule" : metric.role === "guardrail" ? "guardrail" : "macro";
  const { rule } = pair.difference.cell;
  const about = ruled
    ? `rule ${rule}, ${metric.key}, applied against held back`
    : `${metric.key}, ${contrastOf(contrast)}`;
  if (planned.status !== "ok")
    return [
      {
        kind,
        tone: "warning",
        sentence: `${about}: no estimate, ${planned.reason}.`,
        evidence: { metric: metric.key, contrast },
      },
    ];
  const outcome = outcomeOf(metric, pair);
  const lift = pair.lift.planned;
  const lifted = lift.status === "ok" ? `, lift ${showLift(lift.value)} ${liftInterval(lift.interval)}` : "";
  const sides = values.map((value, at) =>
    value === null ? "?" : showLevel(value, metric.quantity, values[1 - at] ?? value),
  );
  const verb = {
    better: "is better",
    worse: "is worse",
    held: "stays within its margin",
    unclear: "no difference shown",
    undefined: "no lift",
  }[outcome];
  const p = planned.pAdjusted ?? planned.pValue;
  return [
    {
      kind,
      tone: outcome === "better" || outcome === "held" ? "good" : outcome === "worse" ? "bad" : "neutral",
      sentence: `${about}: ${verb}, ${sides[1]} for ${sides[0]}${lifted}, adjusted p ${showP(p)}.`,
      evidence: {
        metric: metric.key,
        contrast,
        outcome,
        difference: planned.value,
        standardError: planned.standardError,
        pValue: planned.pValue,
        pAdjusted: p,
      },
    },
  ];
}

function aboutStrata(row: StratifiedRow, metric: ReportMetric): Finding[] {
  const { crude, stratified } = row;
  if (row.agreement === "agrees" || crude.status !== "ok" || stratified.status !== "ok") return [];
  const [a, b] = [crude, stratified].map(({ value }) => showDifference(value, metric.quantity));
  const what = row.agreement === "simpson" ? "changes sign" : "shifts";
  return [
    {
      kind: "simpson",
      tone: "warning",
      sentence: `${row.metric}, ${contrastOf(row.contrast)}: the difference ${what} from ${a} to ${b} once ${row.dimension} is weighted alike; the variants met different mixes of ${row.dimension}, so read the weighted one.`,
      evidence: {
        metric: row.metric,
        contrast: row.contrast,
        dimension: row.dimension,
        crude: crude.value,
        stratified: stratified.value,
      },
    },
  ];
}

function aboutLevels(tests: readonly Heterogeneity[], level: number): Finding[] {
  const groups = new Map<string, Heterogeneity[]>();
  for (const test of tests) groups.set(test.dimension, [...(groups.get(test.dimension) ?? []), test]);
  return [...groups].flatMap(([dimension, all]): Finding[] => {
    const tested = all.flatMap((test) => (test.status === "ok" ? [test] : []));
    if (tested.length === 0) return [];
    const differing = tested.filter((test) => test.pAdjusted < 1 - level);
    if (differing.length === 0) {
      const least = Math.min(...tested.map((test) => test.pAdjusted));
      return [
        {
          kind: "between",
          tone: "neutral",
          sentence: `${dimension}: effects do not differ between its levels as far as these data show (${tested.length} ${tested.length === 1 ? "test" : "tests"}, smallest adjusted p ${showP(least)}).`,
          evidence: { dimension, tests: tested.length, smallestAdjusted: least },
        },
      ];
    }
    return differing.map((test) => ({
      kind: "between" as const,
      tone: "neutral" as const,
      sentence: `${dimension}: the effect on ${test.metric} of ${contrastOf(test.contrast)} differs between its levels (Q ${statistic(test.q)} on ${test.df} df, adjusted p ${showP(test.pAdjusted)}, I² ${share(test.iSquared)}).`,
      evidence: {
        dimension,
        metric: test.metric,
        contrast: test.contrast,
        q: test.q,
        df: test.df,
        pAdjusted: test.pAdjusted,
        iSquared: test.iSquared,
      },
    }));
  });
}

/** @returns micro rows that differ from the rest of the units after correction, the clearest first */
export function standingOut(micro: readonly Row[], level: number): readonly Row[] {
  const p = (row: Row) => (row.versusRest?.status === "ok" ? (row.versusRest.pAdjusted ?? 1) : 1);
  return micro.filter((row) => p(row) < 1 - level).sort((a, b) => p(a) - p(b));
}

function aboutCells(micro: readonly Row[], level: number, metrics: readonly ReportMetric[]): Finding[] {
  return standingOut(micro, level)
    .slice(0, mostMicro)
    .flatMap((row): Finding[] => {
      const metric = metrics.find(({ key }) => key === row.metric) as ReportMetric;
      const { fixed, versusRest } = row;
      if (fixed.status !== "ok" || versusRest?.status !== "ok") return [];
      const rest = fixed.value - versusRest.value;
      const [own, other] = [fixed.value, rest].map((value) => showDifference(value, metric.quantity));
      return [
        {
          kind: "micro",
          tone: "neutral",
          sentence: `${cellName(row.cell)}: ${row.metric}, ${contrastOf(row.contrast)}, is ${own} here and ${other} elsewhere (adjusted p ${showP(versusRest.pAdjusted ?? versusRest.pValue)}).`,
          evidence: {
            metric: row.metric,
            contrast: row.contrast,
            cell: cellName(row.cell),
            here: fixed.value,
            elsewhere: rest,
            pAdjusted: versusRest.pAdjusted ?? versusRest.pValue,
          },
        },
      ];
    });
}

/** @returns sentences with the numbers behind them: warnings first, then macro, between, micro, exclusions */
export function findings(inputs: FindingInputs): readonly Finding[] {
  const { metrics, level } = inputs;
  const metricOf = (key: string) =>
    metrics.find((metric) => metric.key === key) as ReportMetric & MetricDefinition;
  const list: Finding[] = [...aboutShares(inputs.srm)];
  if (inputs.adaptive)
    list.push({
      kind: "adaptive",
      tone: "warning",
      sentence:
        "The variants were allocated by a policy that learns, so plain comparisons are biased: no p-values and no intervals are given.",
      evidence: {},
    });
  if (inputs.versions.length > 1)
    list.push({
      kind: "versions",
      tone: "neutral",
      sentence: `Definition versions ${inputs.versions.join(", ")} were analysed apart and averaged by their share of the units.`,
      evidence: { versions: inputs.versions.map(String) },
    });
  list.push(...pairRows(inputs.macro).flatMap((pair) => aboutPair(metricOf(pair.difference.metric), pair)));
  list.push(
    ...pairRows(inputs.rules).flatMap((pair) => aboutPair(metricOf(pair.difference.metric), pair, true)),
  );
  list.push(...inputs.stratified.flatMap((row) => aboutStrata(row, metricOf(row.metric))));
  list.push(...aboutLevels(inputs.between, level), ...aboutCells(inputs.micro, level, metrics));
  for (const [reason, units] of Object.entries(inputs.excluded))
    if (units > 0)
      list.push({
        kind: "excluded",
        tone: "neutral",
        sentence: `${count(units)} left out: ${reason.replaceAll("_", " ")}.`,
        evidence: { reason, units },
      });
  return list;
}
