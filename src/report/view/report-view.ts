import type { Report, ReportMetric } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { type BanditView, banditView } from "./bandit-view.js";
import { checkLines } from "./check-lines.js";
import { type ComparisonView, comparisonView } from "./comparison-view.js";
import { type CourseView, courseView } from "./course-view.js";
import { type FactorsView, factorsView } from "./factors-view.js";
import { type HeatView, heatViews } from "./heat-view.js";
import { type IgnoringView, ignoringView } from "./ignoring-view.js";
import { type DimensionView, levelNotes, levelTest } from "./level-tests-view.js";
import { type LevelsView, levelsViews } from "./levels-view.js";
import { looksSentence } from "./looks-sentence.js";
import { type MetricGroup, metricGroups, movedSentence } from "./metrics-view.js";
import { type OverTimeView, overTimeView } from "./over-time-view.js";
import { type RankingView, rankingView } from "./ranking-view.js";
import { type ReasonsView, reasonsView } from "./reasons-view.js";
import { type StabilityView, stabilityView } from "./stability-view.js";
import { isThin } from "./thin.js";
import { type ToldFinding, toldFindings } from "./told-finding.js";
import { type TrendsView, trendsView } from "./trends-view.js";
import { type TrustView, trustView } from "./trust-view.js";
import { type VerdictView, verdictView } from "./verdict-view.js";

/** Units of a variant, over all definition versions. */
export interface ArmUnits {
  readonly variant: string;
  readonly control: boolean;
  readonly units: string;
}

/** Comparisons that stand under one title. */
export interface ComparisonGroup {
  readonly title: string;
  readonly comparisons: readonly ComparisonView[];
}

/** Everything a report shows, in words, ready to be laid out; each format reads this and nothing else. */
export interface ReportView {
  readonly report: Report;
  readonly voice: Voice;
  /** A bandit's decisions are all there is. */
  readonly alone: boolean;
  /** `64,000 units (customer)`, or how many clusters of how many units. */
  readonly units: string;
  readonly verdict: VerdictView;
  readonly arms: readonly ArmUnits[];
  /** The shares' checks, a line each. */
  readonly checks: readonly string[];
  readonly excluded: readonly { readonly reason: string; readonly units: string }[];
  readonly macro: readonly ComparisonView[];
  readonly micro: readonly ComparisonView[];
  readonly rules: readonly ComparisonGroup[];
  /** The same, all in one table: by role, then metric. */
  readonly groups: readonly MetricGroup[];
  /** What moved, in a sentence or two. */
  readonly moved: string;
  /** How much wider the corrected intervals are than one test's own; empty where they are not. */
  readonly price: string;
  /** The first goal's effect look by look; absent before the second look. */
  readonly stability?: StabilityView;
  /** Where it stands among the bounds of the plan's looks; absent where the error is not spent on looks. */
  readonly course?: CourseView;
  /** What the factors of a multivariate experiment do; absent where it has none. */
  readonly factors?: FactorsView;
  /** Why metrics that name their reasons differ; absent where none does. */
  readonly reasons?: ReasonsView;
  /** Who ignores what; absent where nobody is shown to. */
  readonly ignoring?: IgnoringView;
  /** How effects go over time; absent where the data were not read so. */
  readonly overTime?: OverTimeView;
  /** What changes along ordered dimensions; absent where none was asked for. */
  readonly trends?: TrendsView;
  readonly levels: readonly LevelsView[];
  readonly heat: readonly HeatView[];
  readonly ranking?: RankingView;
  readonly trust: TrustView;
  /** Whether weighting levels alike moves a difference; absent where there is none to weight. */
  readonly weighting?: { readonly moved: boolean; readonly line: string };
  readonly bandit?: BanditView;
  /** The metric whose effects are shown level by level. */
  readonly goal: ReportMetric | undefined;
  readonly between: readonly DimensionView[];
  /** Micro comparisons by what they show, in a line; absent where there are none. */
  readonly cells?: {
    readonly counts: string;
    /** Those that differ from the rest of the units, the clearest first. */
    readonly standing: readonly ComparisonView[];
    /** How many differ, told for a list of at most so many. */
    told(most: number): string;
  };
  readonly findings: readonly ToldFinding[];
  readonly cautions: readonly ToldFinding[];
  /** How often the plan looks and where this look stands; empty where there are no p-values. */
  readonly looks: string;
  /** The level of intervals: `95%`. */
  readonly levelShown: string;
}

function weightingOf({ stratified }: Report, voice: Voice): ReportView["weighting"] {
  if (stratified.length === 0) return undefined;
  const moved = stratified.filter(({ agreement }) => agreement === "simpson" || agreement === "shifted");
  const line =
    moved.length === 0
      ? voice.say("weighted_alike", {
          dimensions: [...new Set(stratified.map(({ dimension }) => dimension))].join(", "),
        })
      : voice.say("weighted_moves", { moved: moved.length, count: stratified.length });
  return { moved: moved.length > 0, line };
}

function cellsOf(
  { standingOut }: Report,
  micro: readonly ComparisonView[],
  voice: Voice,
): ReportView["cells"] {
  if (micro.length === 0) return undefined;
  const standing = standingOut.flatMap((at) => micro.slice(at, at + 1));
  const marked = (mark: ComparisonView["mark"]) => micro.filter((each) => each.mark === mark).length;
  const [count, good, bad] = [micro.length, marked("good"), marked("bad")];
  const thin = micro.filter(({ comparison }) => isThin(comparison)).length;
  return {
    counts: voice.say("cells_counts", { count, good, bad, thin, rest: count - good - bad - thin }),
    standing,
    told(most) {
      if (standing.length === 0) return voice.say("cells_alike");
      const cells = voice.say("cells_differ", { count: standing.length });
      return standing.length > most ? voice.say("cells_clearest", { cells, most }) : cells;
    },
  };
}

/** The families whose tests decide the verdict. Their error budgets are listed separately. */
const deciding: readonly string[] = ["gains", "margins", "harms"];

/** How much the widest corrected interval of a goal exceeds its own. */
function priceOf({ macro, metrics }: Report, voice: Voice): string {
  const goals = new Set(metrics.filter(({ role }) => role === "goal").map(({ key }) => key));
  const factors = macro.flatMap(({ metric, difference: { planned } }) => {
    if (!goals.has(metric) || planned.status !== "ok" || !planned.simultaneous) return [];
    const width = ([low, high]: readonly [number, number]) => high - low;
    return width(planned.interval) > 0 ? [width(planned.simultaneous) / width(planned.interval)] : [];
  });
  const factor = Math.max(1, ...factors);
  return factor < 1.005 ? "" : voice.say("price", { factor: voice.statistic(factor) });
}

type ViewOf = (comparison: Report["macro"][number]) => ComparisonView;

function metricOf({ metrics }: Report, key: string): ReportMetric {
  const known = metrics.find((metric) => metric.key === key);
  return known ?? { key, type: "mean", role: "diagnostic", quantity: "amount" };
}

/** `64,000 units (customer)`, or `8,000 clusters (household) of 19,000 units (customer)`. */
function unitsTold({ definition: { unit }, clusters }: Report, total: number, voice: Voice): string {
  if (!clusters) return voice.say("units_of", { count: total, unit });
  const units = voice.say("units_of", { count: clusters.units, unit });
  return voice.say("units_by_cluster", { count: clusters.clusters, column: clusters.column, units });
}

/**
 * Puts a report into words, once for every format.
 * @param report  the analysis
 * @param voice   the language, from `voiceIn`
 * @returns everything the report shows, ready to be laid out
 */
export function reportView(report: Report, voice: Voice): ReportView {
  const { definition, bandit, metrics } = report;
  const viewOf: ViewOf = (comparison) =>
    comparisonView(comparison, metricOf(report, comparison.metric), voice);
  const alone = bandit !== undefined && metrics.length === 0;
  const total = alone ? bandit.units : report.arms.reduce((sum, { units }) => sum + units, 0);
  const [macro, micro] = [report.macro.map(viewOf), report.micro.map(viewOf)];
  const goal = metrics.find(({ role }) => role === "goal") ?? metrics[0];
  const findings = toldFindings(report.findings, voice);
  const cells = cellsOf(report, micro, voice);
  const weighting = weightingOf(report, voice);
  const families = report.families
    .filter(({ grain }) => !deciding.includes(grain))
    .map(({ grain, correction, tests }) =>
      voice.say("family", { grain: voice.words.grains[grain], count: tests, correction }),
    )
    .join(voice.say("separator"));
  const arms = definition.variants.map(({ key }) => ({
    variant: key,
    control: key === definition.control,
    units: voice.count(
      report.arms.filter(({ variant }) => variant === key).reduce((sum, { units }) => sum + units, 0),
    ),
  }));
  const rules = [...new Set(report.rules.map(({ cell }) => cell.rule ?? ""))].map((rule) => ({
    title: voice.say("rule_title", { rule }),
    comparisons: report.rules.filter(({ cell }) => (cell.rule ?? "") === rule).map(viewOf),
  }));
  const groups = metricGroups(report, macro, rules, voice);
  const checks = checkLines(report, voice);
  const excluded = Object.entries(report.excluded)
    .filter(([, units]) => units > 0)
    .map(([reason, units]) => ({ reason: voice.words.excluded(reason), units: voice.count(units) }));
  const run = bandit && banditView(bandit, voice);
  const evident = report.families.some(({ correction }) => correction === "e-benjamini-hochberg");
  const told = families
    ? `${voice.say("families", { families })}${evident ? ` ${voice.say("families_evidence")}` : ""}`
    : "";
  const looks = alone || report.recommendation.rule === "adaptive" ? "" : looksSentence(report, voice);
  const stability = stabilityView(report, voice);
  const course = courseView(report, voice);
  const factors = factorsView(report, findings, voice);
  const reasons = reasonsView(report, findings, voice);
  const overTime = overTimeView(report, findings, voice);
  const trends = trendsView(report, findings, voice);
  const ignoring = ignoringView(report, voice);
  const ranking = rankingView(report, goal, micro, voice);
  return {
    report,
    voice,
    alone,
    units: unitsTold(report, total, voice),
    verdict: verdictView(report, voice),
    arms,
    checks,
    excluded,
    macro,
    micro,
    rules,
    groups,
    moved: movedSentence(report, groups, voice),
    price: priceOf(report, voice),
    ...(stability ? { stability } : {}),
    ...(course ? { course } : {}),
    ...(factors ? { factors } : {}),
    ...(reasons ? { reasons } : {}),
    ...(ignoring ? { ignoring } : {}),
    ...(overTime ? { overTime } : {}),
    ...(trends ? { trends } : {}),
    levels: levelsViews(report, goal, micro, findings, voice),
    heat: heatViews(report, micro, macro, voice),
    ...(ranking ? { ranking } : {}),
    trust: trustView(
      report,
      {
        ...{ checks, arms, excluded, macro, micro, looks, alone, families: told },
        ...(weighting ? { weighting } : {}),
        ...(run ? { record: { line: run.servedLine, failed: run.failed } } : {}),
      },
      voice,
    ),
    ...(weighting ? { weighting } : {}),
    ...(run ? { bandit: run } : {}),
    goal,
    between: [...new Set(report.between.map(({ dimension }) => dimension))].map((dimension) => {
      const own = report.between.filter((test) => test.dimension === dimension);
      const tests = own.map((test) => levelTest(test, metricOf(report, test.metric), voice));
      const metrics = tests.filter(({ differs }) => differs).map(({ metric }) => metric);
      return {
        dimension,
        tests,
        notes: levelNotes(own, voice),
        differing: own.every(({ differs }) => differs === "untested") ? undefined : [...new Set(metrics)],
        levels: micro.flatMap((view) => {
          const [level, ...crossed] = Object.entries(view.comparison.cell);
          return view.metric === goal?.key && level?.[0] === dimension && crossed.length === 0
            ? [{ level: level[1], view }]
            : [];
        }),
      };
    }),
    ...(cells ? { cells } : {}),
    findings,
    cautions: findings.filter(({ tone }) => tone === "warning"),
    looks,
    levelShown: voice.share(report.level),
  };
}
