import type { Source } from "../core/cells.js";
import type { Definition } from "../core/definition.js";
import { unsupported_format } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { metricTypeOf } from "../metrics/index.js";
import { banditFindings } from "./bandit-run/bandit-findings.js";
import { recommendRun } from "./bandit-run/bandit-report.js";
import type { BanditRun } from "./bandit-run/run.js";
import { between } from "./between.js";
import { type CompareContext, compare } from "./compare.js";
import { correct, correctRows } from "./correct.js";
import { toCube } from "./cube.js";
import { findings } from "./findings.js";
import { microRows } from "./micro.js";
import { pairRows } from "./pair-rows.js";
import { recommend } from "./recommend.js";
import type { Arm, Contrast, Family, Report, Row } from "./report.js";
import { readRequest } from "./request.js";
import { rollup } from "./rollups.js";
import { analyzeRules, ruleDimensions, splitByRule } from "./rules.js";
import { checkShares } from "./srm.js";
import { stratify } from "./stratify.js";

/** What to analyze, and how far down. */
export interface AnalyzeRequest {
  /** The definition whose control, shares, metrics and plan are used. */
  readonly experiment: Definition;
  readonly source: Source;
  /** Keys of the definition's metrics to read; default all, in its order. */
  readonly metrics?: readonly string[];
  /** Dimensions to look into; default none. */
  readonly dimensions?: readonly string[];
  /** Crossings of dimensions that are cells of the micro grain; default all dimensions crossed. */
  readonly combinations?: readonly (readonly string[])[];
  /** Pairs to compare besides each variant against control. */
  readonly contrasts?: readonly Contrast[];
  /** Confidence level, fraction in (0, 1); default the plan's. */
  readonly level?: number;
  /** Earlier versions of the definition, for data that span several. */
  readonly earlier?: readonly Definition[];
  /** What the policy did, from `banditRun`; becomes the report's `bandit` section. */
  readonly bandit?: BanditRun;
  /** Called now and then with the fraction read, in [0, 1]. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads an experiment's outcomes and says what they show: overall, between the levels of each dimension, and in
 * every cell, each corrected for its number of tests.
 * @param request the definition, a source of outcomes, and the dimensions to look into
 * @returns the report as plain data: shares check, macro rows, post-stratified rows, between-level tests, micro
 *          rows, findings, recommendation, and what was left out. Differences are in the metric's unit, lifts are
 *          fractions. Data of a learning policy come back as `adaptive`, without p-values
 * @throws ExperimentError `unknown_key`, `duplicate_key`, `no_metrics`, `out_of_range` for the request;
 *         `single_variant`, `empty_data`, `missing_metric`, `missing_dimension`, `unknown_variant`,
 *         `unsupported_format` for the outcomes; and whatever the source throws
 */
export async function analyze(request: AnalyzeRequest): Promise<Report> {
  const plan = readRequest(request);
  const { definition, metrics, contrasts, dimensions, grains, level } = plan;
  const definitions = [definition, ...(request.earlier ?? [])];
  const rules = definition.rules ?? [];
  const all = rules.length > 0 ? [...new Set([...dimensions, ...ruleDimensions])] : dimensions;
  const read = await request.source.read({
    definition,
    metrics,
    dimensions: all,
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
    ...(request.signal ? { signal: request.signal } : {}),
  });
  if (read.format !== "essai.cells/1")
    throw new ExperimentError({ unsupported_format }, ["source", "format"], read.format);
  const everyone = toCube(read, definitions, metrics, all);
  const split = rules.length > 0 ? splitByRule(everyone, definition) : undefined;
  const cube = split?.randomised ?? everyone;
  const adaptive = definitions.some(
    (each) => each.policy !== "fixed" && cube.versions.includes(each.version),
  );
  const context: CompareContext = { metrics, level, adaptive };

  const whole = rollup(cube, [])[0] as ReturnType<typeof rollup>[number];
  const arms: Arm[] = [...whole.arms].flatMap(([definitionVersion, variants]) =>
    definition.variants
      .filter(({ key }) => variants.has(key))
      .map(({ key }) => ({ variant: key, definitionVersion, units: variants.get(key)?.units ?? 0 })),
  );
  const ruled = split && analyzeRules(split.ruled, definition, context);
  const srm = [...checkShares(arms, definitions), ...(ruled?.checks ?? [])];
  const ruleRows = ruled?.rows ?? [];
  const ruleFamily = correctRows(ruleRows, "rules", plan.macro);

  const pairsOf = metrics.flatMap((_, metricAt) => contrasts.map((contrast) => ({ metricAt, contrast })));
  const macro = pairsOf.flatMap(({ metricAt, contrast }) => compare(whole, metricAt, contrast, context));
  const macroFamily = correctRows(macro, "macro", plan.macro);

  const byGrain = grains.map((grain) => {
    const groups = rollup(cube, grain);
    return { grain, groups, rows: microRows(groups, contrasts, cube.versions, context) };
  });
  const single = byGrain.filter(({ grain }) => grain.length === 1);
  const stratified = single.flatMap(({ grain, groups }) =>
    pairsOf.map(({ metricAt, contrast }, at) =>
      stratify(groups, grain[0] as string, metricAt, contrast, macro[2 * at] as Row, context),
    ),
  );
  const levels = between(
    single.flatMap(({ grain, rows }) =>
      pairsOf.map(({ metricAt, contrast }) => {
        const metric = metrics[metricAt]?.key as string;
        const own = (row: Row) =>
          row.scale === "difference" && row.metric === metric && row.contrast === contrast;
        return { metric, contrast, dimension: grain[0] as string, rows: rows.filter(own) };
      }),
    ),
    plan.micro,
    adaptive,
  );
  const micro = byGrain.flatMap(({ rows }) => rows);
  const microFamily = correctRows(micro, "micro", plan.micro);
  const rest = micro.flatMap(({ versusRest }) => (versusRest ? [versusRest] : []));
  const families: readonly Family[] = [
    macroFamily,
    ruleFamily,
    { grain: "between", correction: plan.micro, tests: levels.count },
    microFamily,
    { grain: "versus_rest", correction: plan.micro, tests: correct(rest, plan.micro) },
  ];
  const shown = metrics.map((metric) => ({ ...metric, quantity: metricTypeOf(metric).quantity }));
  const parts = {
    srm,
    macro,
    rules: ruleRows,
    stratified,
    between: levels.tests,
    micro,
    excluded: split ? { ...read.excluded, rule_applied: split.applied } : read.excluded,
  };
  const { bandit } = request;
  const recommended = recommend(definition, shown, pairRows(macro), srm, (metricAt, contrast) => {
    const [row] = compare(whole, metricAt, contrast, context);
    return row.planned;
  });
  return {
    format: "essai.report/1",
    definition,
    source: request.source.kind,
    metrics: shown,
    contrasts,
    dimensions,
    grains,
    level,
    families: families.filter(({ tests }) => tests > 0),
    arms,
    ...parts,
    findings: [
      ...findings({ ...parts, metrics: shown, level, versions: cube.versions, adaptive }),
      ...(bandit ? banditFindings(bandit) : []),
    ],
    recommendation:
      bandit?.served.status === "failed"
        ? { ...recommendRun(bandit), variants: recommended.variants }
        : recommended,
    ...(bandit ? { bandit } : {}),
  };
}
