import { limits } from "../core/limits.js";
import { ExperimentError, overLimit, requireObject, unsupported_format } from "../errors/index.js";
import { metricTypeOf } from "../metrics/index.js";
import { adjustMetric } from "./adjustments.js";
import type { AnalyzeRequest } from "./analyze-request.js";
import { type Asked, ask } from "./ask.js";
import { between } from "./between/between.js";
import { clustersIn } from "./clusters-in.js";
import { type CompareContext, compare } from "./compare.js";
import { byEvidence, correctCells, correctComparisons, type FamilyTests } from "./correct-comparisons.js";
import { tailsIn, toCube } from "./cube.js";
import { correctDecisions } from "./decision-families.js";
import { findFactors } from "./factors/find-factors.js";
import { findings } from "./findings/index.js";
import { heaviest } from "./heaviest.js";
import { findIgnoring } from "./ignoring/find-ignoring.js";
import { influenceOn } from "./influence.js";
import { type CarriedLooks, carryLooks } from "./looks/carry-looks.js";
import { courseOf } from "./looks/course-of.js";
import { falseChoicesOf } from "./looks/false-choices-of.js";
import type { LookAccount } from "./looks/look-account.js";
import { lookAt } from "./looks/look-at.js";
import { historyOf } from "./looks/look-history.js";
import { microComparisons } from "./micro.js";
import { declaredDimensions, mixesOf, overlaps } from "./mixes.js";
import { followEffects } from "./over-time/follow-effects.js";
import { findReasons } from "./reasons/find-reasons.js";
import { recommend } from "./recommendation/recommend.js";
import { repeatedShares } from "./repeated-shares.js";
import type { Arm, Report } from "./report.js";
import { readRequest } from "./request.js";
import { rollup } from "./rollups.js";
import { analyzeRules, ruleDimensions, splitByRule } from "./rules.js";
import { openedBy, screens } from "./screens.js";
import { shrinkCells } from "./shrink-cells.js";
import { checkShares } from "./srm.js";
import { standingOut } from "./standing-out.js";
import { findTrends } from "./trends/find-trends.js";
import { dilutedComparison, triggeredIn } from "./trigger.js";

const oneSided: readonly string[] = ["gains", "margins", "harms"];

/** The error that a family's tests share, as a number that reads like the one that was meant. */
const alphaOf = ({ grain }: FamilyTests, level: number): number =>
  Number(((1 - level) / (oneSided.includes(grain) ? 2 : 1)).toPrecision(12));

/**
 * Reads an experiment's outcomes and says what they show: overall, between the levels of each dimension, and in
 * every cell, each corrected for its number of tests.
 * @param request the definition, a source of outcomes, and the dimensions to look into
 * @returns the report as plain data: shares checks, macro comparisons, post-stratified differences, between-level
 *          tests, micro comparisons, findings, recommendation, and what was left out. Differences are in the metric's unit, lifts are
 *          fractions. Data of a learning policy come back as `adaptive`, without p-values
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type`, `unknown_name`, `duplicate_key`, `no_metrics`,
 *         `out_of_range` for the request;
 *         `single_variant`, `empty_data`, `missing_metric`, `missing_dimension`, `unknown_variant`,
 *         `unsupported_format` for the outcomes; `over_limit` at ["dimensions"] where they have too many levels; and whatever
 *         the source throws
 */
export async function analyze(request: AnalyzeRequest): Promise<Report> {
  const plan = readRequest(request);
  const { definition, metrics, contrasts, dimensions, grains, level } = plan;
  const definitions = [definition, ...(request.earlier ?? [])] as const;
  const hasRules = (definition.rules ?? []).length > 0;
  const all = hasRules ? [...new Set([...dimensions, ...ruleDimensions])] : dimensions;
  const read = await request.source.read({
    definition,
    metrics,
    dimensions: all,
    ...{ tails: !hasRules, grains: [[], ...grains] },
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  });
  requireObject(read, ["source"]);
  if (read.format !== "essai.cells/1")
    throw new ExperimentError({ unsupported_format }, ["source", "format"], read.format, {
      known: ["essai.cells/1"],
    });
  const everyone = toCube(read, definitions, metrics, all);
  const split = hasRules ? splitByRule(everyone, definition) : undefined;
  const cube = split?.randomised ?? everyone;
  const clusters = clustersIn(read);
  const policies = [
    ...new Set(
      definitions
        .filter(({ policy, version }) => policy !== "fixed" && cube.versions.includes(version))
        .map(({ policy }) => policy),
    ),
  ];
  const adaptive = policies.length > 0;
  const whole = rollup(cube, [])[0] as ReturnType<typeof rollup>[number];
  const arms: Arm[] = [...whole.arms].flatMap(([definitionVersion, variants]) =>
    definition.variants
      .filter(({ key }) => variants.has(key))
      .map(({ key }) => ({ variant: key, definitionVersion, units: variants.get(key)?.units ?? 0 })),
  );
  const total = arms.reduce((sum, { units }) => sum + units, 0);
  const look = lookAt(definition, total, level, adaptive ? undefined : request.history, plan.decisions);
  const howRead = metrics.map((metric, metricAt) =>
    adjustMetric(metric, metricAt, whole, adaptive, clusters !== undefined),
  );
  const adjustments = howRead.flatMap(({ adjustment }) => adjustment ?? []);
  const context: CompareContext = {
    ...{ metrics, level, adaptive, control: definition.control, types: howRead.map(({ type }) => type) },
    ...(look.rule ? { rule: look.rule } : {}),
  };
  const kept = adaptive ? undefined : request.history;
  const carry = (list: readonly Asked[]): CarriedLooks =>
    kept === undefined
      ? { asked: list, tests: [] }
      : carryLooks(list, kept?.tests ?? [], total, look.account.futility?.binding);
  const ruled = split && analyzeRules(split.ruled, definition, context);
  const carriedRules = carry(ruled?.asked ?? []);
  const rules = correctComparisons(carriedRules.asked, "rules", plan.macro);

  const questions = metrics.flatMap((metric, metricAt) =>
    contrasts.map((contrast) => ({ metric: metric.key, metricAt, contrast })),
  );
  const triggered = hasRules ? undefined : triggeredIn(read, arms, definitions);
  const carried = carry(questions.map(({ metricAt, contrast }) => ask(whole, metricAt, contrast, context)));
  const macro = correctDecisions(carried.asked, metrics, definition.control, plan.decisions, look.rule);

  // Of a cluster's largest sum nobody knows how many units it is of.
  const influence = (clusters ? [] : macro.comparisons).flatMap((comparison) => {
    const metricAt = metrics.findIndex(({ key }) => key === comparison.metric);
    return metrics
      .slice(metricAt, metricAt + 1)
      .flatMap((metric) => influenceOn(whole, metric, metricAt, comparison, context) ?? []);
  });

  let comparisons = 0;
  const rolled = grains.map((grain) => {
    const groups = rollup(cube, grain);
    comparisons += groups.length * questions.length;
    if (comparisons > limits.comparisons.most) throw overLimit("comparisons", ["dimensions"], comparisons);
    return { grain, groups };
  });
  const byGrain = rolled.map(({ grain, groups }) => {
    const answers = questions.map(({ metric, metricAt, contrast }) => {
      const asked = microComparisons(groups, metricAt, contrast, cube.versions, context);
      const shrunken = adaptive ? [] : shrinkCells(asked, level);
      return { metric, metricAt, contrast, grain, asked, shrunken };
    });
    return { grain, groups, answers };
  });
  const byDimension = byGrain.flatMap(({ grain: [dimension, ...crossed], groups, answers }) =>
    dimension === undefined || crossed.length > 0
      ? []
      : answers.map((answer) => ({ ...answer, dimension, groups })),
  );
  const declared = adaptive ? [] : (request.source.dimensions ?? []).filter((each) => !all.includes(each));
  const mixes = mixesOf(
    [
      ...byGrain.flatMap(({ grain: [dimension, ...crossed], groups }) =>
        dimension === undefined || crossed.length > 0
          ? []
          : [{ dimension, groups, overlapping: overlaps(read, dimension) }],
      ),
      ...(await declaredDimensions(request.source, declared, definitions, context, request.signal)),
    ],
    macro.comparisons,
    definitions,
    context,
  );
  const levels = between(byDimension, {
    ...context,
    correction: plan.micro,
    repeated: repeatedShares(read),
    seed: [definition.key, definition.version],
  });
  const answers = byGrain.flatMap((each) => each.answers);
  const crossed = screens(
    answers.filter(({ grain }) => grain.length > 1),
    plan.micro,
    context,
  );
  const opens = openedBy(levels.tests, crossed.screens);
  const cells = correctCells(
    answers.flatMap((answer) => {
      const open = opens(answer);
      return answer.asked.map((asked, at) => ({ asked, shrunken: answer.shrunken[at], open }));
    }),
    context,
    plan.micro,
  );
  const ignoring = findIgnoring(
    answers.map((answer) => ({ ...answer, open: opens(answer) })),
    definition.control,
    context,
  );
  const trends = findTrends(
    byGrain.flatMap(({ grain, groups, answers }) =>
      grain.length > 2
        ? []
        : grain.flatMap((dimension) => {
            const order = plan.ordered[dimension];
            const asked = answers.map(({ metricAt, asked: cells }) => ({ metricAt, cells }));
            return order ? [{ dimension, order, groups, asked }] : [];
          }),
    ),
    plan.macro,
    context,
  );
  const overTime =
    read.time &&
    followEffects(read.time, { definition, contrasts, macro: plan.macro, context, ruled: hasRules });
  const reasons = findReasons(cube, whole, rolled, plan, context);
  const factors = findFactors(definition, whole, context, plan.macro);
  const families: readonly FamilyTests[] = [
    ...(look.rule?.believing ? [] : macro.families),
    rules.family,
    { grain: "between", correction: plan.micro, tests: levels.count },
    { grain: "screens", correction: plan.micro, tests: crossed.count },
    ...cells.families,
    ignoring.family,
    ...(overTime ? [overTime.family] : []),
    trends.family,
    ...(reasons?.families ?? []),
    ...(factors ? [factors.family] : []),
  ];
  const course = courseOf(definition, look, level, plan.decisions, macro.comparisons, carried.tests);
  const account = {
    ...look.account,
    ...falseChoicesOf(look.account, macro.comparisons, metrics),
    ...(course ? { course } : {}),
  };
  const looksTold: LookAccount =
    kept === undefined
      ? account
      : {
          ...account,
          history: historyOf(definition, level, look.taken, [...carried.tests, ...carriedRules.tests]),
        };
  const tails = tailsIn(read.tails, metrics);
  const told = metrics.map((metric) => ({ ...metric, quantity: metricTypeOf(metric).quantity }));
  const parts = {
    metrics: told,
    checks: [...checkShares(arms, definitions), ...mixes.checks, ...(ruled?.checks ?? [])],
    ...(adjustments.length > 0 ? { adjustments } : {}),
    ...(read.caps && read.caps.length > 0 ? { caps: read.caps } : {}),
    ...(clusters ? { clusters } : {}),
    ...(triggered ? { triggered } : {}),
    macro: triggered
      ? macro.comparisons.map((each) => dilutedComparison(each, told, read, arms))
      : macro.comparisons,
    influence,
    ...(tails && !hasRules ? { heaviest: heaviest(tails, macro.comparisons, context) } : {}),
    rules: rules.comparisons,
    stratified: mixes.stratified,
    between: levels.tests,
    screens: crossed.screens,
    micro: cells.comparisons,
    standingOut: standingOut(cells.comparisons, level),
    ...(ignoring.family.tests > 0 ? { ignoring: ignoring.found } : {}),
    ...(overTime ? { overTime: overTime.found } : {}),
    ...(trends.found.length > 0 ? { trends: trends.found } : {}),
    ...(reasons ? { reasons: reasons.found } : {}),
    ...(factors ? { factors: factors.found } : {}),
    excluded: split ? { ...read.excluded, rule_applied: split.applied } : read.excluded,
    ...(request.bandit ? { bandit: request.bandit } : {}),
  };
  return {
    format: "essai.report/2",
    definition,
    source: request.source.kind,
    contrasts,
    dimensions,
    ...(declared.length > 0 ? { declared } : {}),
    grains,
    level,
    ...(adaptive ? {} : { looks: looksTold }),
    families: families
      .map((each) => byEvidence(each, look.rule))
      .flatMap((each) => (each.tests > 0 ? [{ ...each, alpha: alphaOf(each, level) }] : [])),
    arms,
    ...parts,
    findings: findings({ ...parts, level, versions: cube.versions, policies }),
    recommendation: recommend(
      definition,
      parts,
      (metricAt, contrast) =>
        compare(whole, metricAt, contrast, context).difference[look.rule?.believing ? "fixed" : "planned"],
    ),
  };
}
