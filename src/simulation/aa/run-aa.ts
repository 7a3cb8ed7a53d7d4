import { setImmediate } from "node:timers/promises";
import { analyze, type Contrast, type Report } from "../../analysis/index.js";
import { assign } from "../../assignment/index.js";
import type { Cells } from "../../core/cells.js";
import type { Definition } from "../../core/definition.js";
import { allocationOf, conditionShapes, definitionShape } from "../../definition/index.js";
import {
  constant_metric,
  ExperimentError,
  errorOf,
  insufficient_data,
  mapped_otherwise,
  problem,
  requireMethod,
} from "../../errors/index.js";
import { readTableUnits, requireMapping, rowsInMemory } from "../../metrics/data/index.js";
import { checkFields, shapeProblems } from "../../shapes/index.js";
import { mergeAll, momentsOf } from "../../stats/index.js";
import { type AaRequest, aaRequestFields } from "./aa-request.js";
import type { AaRow, AaRun, AaSpread } from "./aa-run.js";
import { judgeShare } from "./judge-share.js";
import { type AaSentence, aaSentences } from "./sentences/index.js";
import type { AaPromise, SentenceKind } from "./sentences/sentence-kind.js";

/** Fewer units than this per variant make no experiment. */
const fewest = 10;
/** Runs in which something is called too often or too rare by chance alone. */
const falseAlarms = 0.01;

/** The experiment as it assigns whoever is in the table: no gate, no rule, everybody covered. */
function openTo({
  format,
  key,
  version,
  salt,
  hash,
  unit,
  control,
  variants,
  ranges,
  metrics,
  plan,
  policy,
}: Definition): Definition {
  return {
    format,
    key,
    version,
    salt,
    hash,
    unit,
    control,
    variants,
    ranges,
    metrics,
    plan,
    policy,
    coverage: 1,
  };
}

function looksOf({ plan: { looks } }: Definition): AaRun["looks"] {
  if (looks === undefined) return "unstated";
  return looks === "any" ? "any" : looks === 1 ? "one" : "several";
}

/** Metrics in which all units are alike. */
function refuseConstant({ metrics, cells }: Cells): void {
  const problems = metrics.flatMap((key, at) => {
    const { n, comoment } = mergeAll(cells.flatMap(({ moments }) => moments.slice(at, at + 1)));
    return n > 0 && comoment.every((each) => each === 0)
      ? [problem({ constant_metric }, ["metrics", key], undefined)]
      : [];
  });
  if (problems.length > 0) throw errorOf(problems);
}

/** A sentence of the family, and the metric that it is looked for of. */
interface Question {
  readonly sentence: AaSentence;
  readonly kind: SentenceKind;
  readonly metric?: string;
}

const isSentence = (name: string): name is AaSentence => Object.hasOwn(aaSentences, name);

function questionsOf(report: Report): readonly Question[] {
  const all = Object.keys(aaSentences)
    .filter(isSentence)
    .map((sentence): Question => ({ sentence, kind: aaSentences[sentence] }));
  const ofMetrics = report.metrics.flatMap(({ key: metric }) =>
    all.flatMap(({ sentence, kind }): readonly Question[] =>
      kind.about === "metric" && (kind.applies?.(report) ?? true) ? [{ sentence, kind, metric }] : [],
    ),
  );
  return [...all.filter(({ kind }) => kind.about === "report"), ...ofMetrics];
}

const said = ({ kind, metric = "" }: Question, report: Report): boolean =>
  kind.about === "report" ? kind.said(report) : kind.said(report, metric);

/** Differences and their standard errors, one pair per assignment that gave both. */
interface Differences {
  readonly metric: string;
  readonly contrast: Contrast;
  readonly values: number[];
  readonly squares: number[];
}

function spreadOf({ metric, contrast, values, squares }: Differences): readonly AaSpread[] {
  const { n, m2 } = momentsOf(values);
  if (n < 2 || m2 === 0) return [];
  const real = Math.sqrt(m2 / (n - 1));
  const stated = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / n);
  const ratio = stated / real;
  return [{ metric, contrast, real, stated, ratio, standardError: ratio / Math.sqrt(2 * (n - 1)) }];
}

/**
 * Runs A/A tests on a real table: assigns its units at random, again and again, by the library's own hash and in the
 * definition's shares, analyzes each as an experiment, and counts what the reports say. No variant did anything, so that
 * whatever is said of one is false.
 * @param request  the definition, the rows and their mapping, a seed
 * @returns how often each kind of sentence was said, overall and of each metric, with its Monte-Carlo error and what the
 *          plan promises; and whether standard errors are as large as differences vary
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type`, `out_of_range` for the request; `insufficient_data`
 *         at ["rows"] for fewer than ten units per variant; `constant_metric` at ["metrics", key]; `mapped_otherwise` at
 *         ["data"] for events; `beyond_assign` for a policy that learns; what reading the rows and `analyze` throw
 */
export async function runAa(request: AaRequest): Promise<AaRun> {
  checkFields(request, aaRequestFields);
  const { rows, data, dimensions = [], replications = 400, signal } = request;
  const shape = shapeProblems(request.experiment, definitionShape, ["experiment"], conditionShapes);
  if (shape.length > 0) throw errorOf(shape);
  if (signal !== undefined)
    for (const method of ["throwIfAborted", "addEventListener"]) requireMethod(signal, ["signal"], method);
  requireMapping(data);
  if ("exposures" in data)
    throw new ExperimentError({ mapped_otherwise }, ["data"], undefined, { example: "a table" });
  const seed = String(request.seed);
  const experiment = openTo(request.experiment);
  const keys = request.metrics ?? experiment.metrics.map(({ key }) => key);
  const units = await readTableUnits(rowsInMemory(rows, ["rows"]), data, {
    definition: experiment,
    metrics: experiment.metrics.filter(({ key }) => keys.includes(key)),
    dimensions,
    tails: true,
    ...(signal ? { signal } : {}),
  });
  const least = fewest * experiment.variants.length;
  if (units.ids.length < least)
    throw new ExperimentError({ insufficient_data }, ["rows"], units.ids.length, {
      expected: { atLeast: least },
    });
  const name = experiment.unit;
  const reportOf = (replication: number) => {
    const drawn = { ...experiment, salt: JSON.stringify([seed, replication]) };
    const cells = units.cells(units.ids.map((id) => assign(drawn, { [name]: id }).variant ?? ""));
    if (replication === 0) refuseConstant(cells);
    return analyze({
      experiment,
      source: { kind: "rows", read: async () => cells },
      metrics: keys,
      dimensions,
      ...(request.level === undefined ? {} : { level: request.level }),
    });
  };
  const first = await reportOf(0);
  const questions = questionsOf(first);
  const counts = questions.map((): number => 0);
  const promised: (AaPromise | undefined)[] = [];
  const differences = first.macro.map(
    ({ metric, contrast }): Differences => ({ metric, contrast, values: [], squares: [] }),
  );
  for (let replication = 0; replication < replications; replication++) {
    const report = replication === 0 ? first : await reportOf(replication);
    for (const [i, question] of questions.entries()) {
      if (said(question, report)) counts[i] = (counts[i] ?? 0) + 1;
      promised[i] ??= question.kind.promised(report);
    }
    for (const [i, { difference }] of report.macro.entries()) {
      if (difference.fixed.status !== "ok") continue;
      differences[i]?.values.push(difference.fixed.value);
      differences[i]?.squares.push(difference.fixed.standardError * difference.fixed.standardError);
    }
    request.onProgress?.((replication + 1) / replications);
    await setImmediate();
    signal?.throwIfAborted();
  }
  const judged = promised.filter((each) => each?.atMost !== undefined || each?.about !== undefined).length;
  return {
    format: "essai.aa/1",
    experiment: experiment.key,
    units: units.ids.length,
    shares: allocationOf(experiment),
    dimensions,
    level: first.level,
    replications,
    seed,
    looks: looksOf(experiment),
    rows: questions.map(
      ({ sentence, metric }, i): AaRow => ({
        sentence,
        ...(metric === undefined ? {} : { metric }),
        ...judgeShare(counts[i] ?? 0, replications, promised[i] ?? {}, falseAlarms / judged),
      }),
    ),
    spreads: differences.flatMap(spreadOf),
  };
}
