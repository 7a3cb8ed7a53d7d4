import type { Contrast, Heterogeneity, LevelTest, Report, ReportMetric } from "../../analysis/index.js";
import type { Voice } from "../words/language.js";
import { type BanditView, banditView } from "./bandit-view.js";
import { type ComparisonView, comparisonView } from "./comparison-view.js";
import { type ToldFinding, toldFindings } from "./told-finding.js";
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

/** A test between levels on one scale as strings; empty where there is no number. */
export interface ScaleTestView {
  readonly statistic: string;
  readonly df: string;
  readonly p: string;
  readonly pAdjusted: string;
  readonly iSquared: string;
  /** The one effect that fits all levels best. */
  readonly common: string;
  /** Why there is no test; empty where there is one. */
  readonly reason: string;
}

/** One question between levels, on both scales. */
export interface LevelTestView {
  readonly test: Heterogeneity;
  readonly metric: string;
  readonly contrast: Contrast;
  readonly contrastName: string;
  readonly difference: ScaleTestView;
  readonly lift: ScaleTestView;
  /** Shown to differ on some scale. */
  readonly differs: boolean;
  /** `differs`, `in points only`, `not shown`. */
  readonly verdict: string;
}

/** Whether effects differ between the levels of one dimension. */
export interface DimensionView {
  readonly dimension: string;
  readonly tests: readonly LevelTestView[];
  /** Levels compared together or left out, a line each. */
  readonly notes: readonly string[];
  /** Metrics shown to differ on some scale; `undefined` where nothing could be tested. */
  readonly differing: readonly string[] | undefined;
  /** The first goal's effect in each level. */
  readonly levels: readonly { readonly level: string; readonly view: ComparisonView }[];
}

/** Everything a report shows, in words, ready to be laid out; each format reads this and nothing else. */
export interface ReportView {
  readonly report: Report;
  readonly voice: Voice;
  /** A bandit's decisions are all there is. */
  readonly alone: boolean;
  /** `64,000 units (customer)`. */
  readonly units: string;
  readonly verdict: VerdictView;
  readonly arms: readonly ArmUnits[];
  /** The shares' checks, a line each, and whether one failed. */
  readonly checks: readonly string[];
  readonly checkFailed: boolean;
  readonly excluded: readonly { readonly reason: string; readonly units: string }[];
  readonly macro: readonly ComparisonView[];
  readonly micro: readonly ComparisonView[];
  readonly contrasts: readonly ComparisonGroup[];
  readonly rules: readonly ComparisonGroup[];
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
  /** `overall: 6 tests, holm` for each family, in one line; empty without tests. */
  readonly families: string;
  /** How many tests of gains and of harm were corrected together; empty where none was. */
  readonly corrected: string;
  /** How the p-values are to be read; empty where there are none. */
  readonly looks: string;
}

function checkLines({ checks }: Report, voice: Voice): readonly string[] {
  return checks.map((check) => {
    const scope =
      check.rule !== undefined
        ? voice.say("scope_rule", { rule: check.rule })
        : check.dimension !== undefined
          ? voice.say("scope_levels", {
              count: check.levels ?? 1,
              dimension: check.dimension,
              level: check.level ?? "",
            })
          : checks.filter(({ dimension }) => dimension === undefined).length === 1
            ? undefined
            : check.definitionVersion === null
              ? voice.say("scope_all")
              : voice.say("scope_version", { version: String(check.definitionVersion) });
    const line =
      "statistic" in check
        ? voice.say(check.status === "passed" ? "checks_passed" : "checks_failed", {
            numbers: voice.say("chi_square", {
              statistic: voice.statistic(check.statistic),
              df: String(check.df),
              p: voice.p(check.pValue),
            }),
          })
        : voice.say("checks_skipped", { reason: voice.words.reason(check.reason) });
    return scope === undefined ? line : voice.say("scoped", { scope, line });
  });
}

function scaleTest(test: LevelTest, common: (value: number) => string, voice: Voice): ScaleTestView {
  if (test.status !== "ok") {
    const reason = voice.words.reason(test.reason);
    return { statistic: "", df: "", p: "", pAdjusted: "", iSquared: "", common: "", reason };
  }
  const { statistic, df, pValue, pAdjusted, iSquared } = test;
  return {
    statistic: voice.statistic(statistic),
    df: String(df),
    p: voice.pValue(pValue),
    pAdjusted: voice.pValue(pAdjusted),
    iSquared: voice.share(iSquared),
    common: common(test.common),
    reason: "",
  };
}

function levelTest(test: Heterogeneity, { quantity }: ReportMetric, voice: Voice): LevelTestView {
  const { metric, contrast, differs } = test;
  const only = quantity === "fraction" ? "differs_in_points" : "differs_in_amount";
  const verdicts = {
    both: "differs",
    difference: test.opens ? "differs" : only,
    lift: test.opens ? "differs" : "differs_in_lift",
    neither: "not_shown",
    untested: "not_tested",
  } as const;
  return {
    test,
    ...{ metric, contrast, contrastName: voice.contrast(contrast) },
    difference: scaleTest(test.difference, (value) => voice.difference(value, quantity), voice),
    lift: scaleTest(test.lift, voice.lift, voice),
    differs: differs !== "neither" && differs !== "untested",
    verdict: voice.say(verdicts[differs]),
  };
}

/** Levels that were not compared on their own, by metric where metrics disagree. */
function levelNotes(tests: readonly Heterogeneity[], voice: Voice): readonly string[] {
  const notes: string[] = (["merged", "omitted"] as const).flatMap((kind) => {
    const levels = [...new Set(tests.flatMap((test) => test[kind]))];
    if (levels.length === 0) return [];
    const everywhere = tests.every((test) => test[kind].length === levels.length);
    const key = `levels_${kind}${everywhere ? "" : "_some"}` as const;
    return [voice.say(key, { levels: levels.join(", ") })];
  });
  const silent = new Set(
    tests
      .flatMap(({ difference, lift }) => [difference, lift])
      .flatMap((test) => (test.status === "ok" ? (test.silent ?? []) : [])),
  );
  if (silent.size > 0) notes.push(voice.say("levels_silent", { levels: [...silent].join(", ") }));
  const resampled = tests
    .flatMap(({ difference, lift }) => [difference, lift])
    .flatMap((test) => (test.status === "ok" && test.resamples !== undefined ? [test.resamples] : []));
  return resampled.length === 0
    ? notes
    : [...notes, voice.say("levels_resampled", { count: resampled.length, most: Math.max(...resampled) })];
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
  const thin = micro.filter(({ comparison }) => comparison.thin).length;
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

function correctedBy({ families }: Report, voice: Voice): string {
  const of = (name: string) => families.find(({ grain }) => grain === name);
  const [gains, harms] = [of("gains"), of("harms")];
  const correction = (gains ?? harms)?.correction;
  if (correction === undefined) return "";
  const tests = (count = 0) => voice.say("tests", { count });
  return voice.say("corrected_by", { gains: tests(gains?.tests), harms: tests(harms?.tests), correction });
}

type ViewOf = (comparison: Report["macro"][number]) => ComparisonView;

function metricOf({ metrics }: Report, key: string): ReportMetric {
  const known = metrics.find((metric) => metric.key === key);
  return known ?? { key, type: "mean", role: "diagnostic", quantity: "amount" };
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
    .map(({ grain, correction, tests }) =>
      voice.say("family", { grain: voice.words.grains[grain], count: tests, correction }),
    )
    .join("; ");
  return {
    report,
    voice,
    alone,
    units: voice.say("units_of", { count: total, unit: definition.unit }),
    verdict: verdictView(report, voice),
    arms: definition.variants.map(({ key }) => ({
      variant: key,
      control: key === definition.control,
      units: voice.count(
        report.arms.filter(({ variant }) => variant === key).reduce((sum, { units }) => sum + units, 0),
      ),
    })),
    checks: checkLines(report, voice),
    checkFailed: report.checks.some(({ status }) => status === "failed"),
    excluded: Object.entries(report.excluded)
      .filter(([, units]) => units > 0)
      .map(([reason, units]) => ({ reason: voice.words.excluded(reason), units: voice.count(units) })),
    macro,
    micro,
    contrasts: report.contrasts.map((contrast) => ({
      title: voice.contrast(contrast),
      comparisons: macro.filter(
        (each) => each.contrast[0] === contrast[0] && each.contrast[1] === contrast[1],
      ),
    })),
    rules: [...new Set(report.rules.map(({ cell }) => cell.rule ?? ""))].map((rule) => ({
      title: voice.say("rule_title", { rule }),
      comparisons: report.rules.filter(({ cell }) => (cell.rule ?? "") === rule).map(viewOf),
    })),
    ...(weighting ? { weighting } : {}),
    ...(bandit ? { bandit: banditView(bandit, voice) } : {}),
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
    families: families ? voice.say("families", { families }) : "",
    corrected: correctedBy(report, voice),
    looks: alone || report.recommendation.rule === "adaptive" ? "" : voice.say("one_look"),
  };
}
