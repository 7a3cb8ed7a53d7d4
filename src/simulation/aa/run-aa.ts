import { setImmediate } from "node:timers/promises";
import { analyze, type Contrast, type Report } from "../../analysis/index.js";
import { assign } from "../../assignment/index.js";
import type { Cells, CellsRequest } from "../../core/cells.js";
import type { Definition } from "../../core/definition.js";
import { lookRuleName } from "../../core/plan.js";
import { allocationOf, conditionShapes, definitionShape } from "../../definition/index.js";
import {
  constant_metric,
  ExperimentError,
  errorOf,
  insufficient_data,
  mapped_otherwise,
  missing_value,
  problem,
  requireMethod,
  requireNumber,
  unused_setting,
} from "../../errors/index.js";
import { requireMapping } from "../../metrics/data/index.js";
import { checkFields, shapeProblems } from "../../shapes/index.js";
import { mergeAll, momentsOf } from "../../stats/index.js";
import { type AaLook, type AaLooks, eventLooks, tableLooks } from "./aa-looks.js";
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

/** The experiment whose plan, where it counts its units, ends with so many. */
function endingAt(experiment: Definition, units: number): Definition {
  const { plan } = experiment;
  return plan.units === undefined || lookRuleName(plan) !== "alpha-spending"
    ? experiment
    : { ...experiment, plan: { ...plan, units } };
}

/** The units as they come, look by look. */
async function looksAt(request: AaRequest, asked: CellsRequest): Promise<AaLooks> {
  const { rows, events, data, looks = 1, at } = request;
  const { plan } = asked.definition;
  const most = lookRuleName(plan) === "equal-shares" && typeof plan.looks === "number" ? plan.looks : looks;
  requireNumber(looks, ["looks"], { atMost: most });
  if ("exposures" in data) {
    if (events === undefined)
      throw new ExperimentError({ missing_value }, ["events"], undefined, { example: "rows of events" });
    if (at !== undefined)
      throw new ExperimentError({ unused_setting }, ["at"], at, { other: "data.exposures.at" });
  } else if (events !== undefined)
    throw new ExperimentError({ mapped_otherwise }, ["data"], undefined, {
      example: "exposures and events",
    });
  const taken =
    "exposures" in data
      ? eventLooks(rows, events ?? [], data, asked, looks)
      : await tableLooks(rows, data, asked, looks, at);
  const share = Math.min(...Object.values<number>(allocationOf(asked.definition)));
  const least =
    looks > 1 ? Math.ceil((2 * fewest * looks) / share) : fewest * asked.definition.variants.length;
  const units = taken.end.ids.length;
  if (units < least)
    throw new ExperimentError({ insufficient_data }, ["rows"], units, { expected: { atLeast: least } });
  return taken;
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

/** Sentences whose error is to hold over all looks; the others are counted at the last. */
const atAnyLook = ({ kind }: Question, report: Report): boolean => kind.promised(report).atMost !== undefined;

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
 * Runs A/A tests on a real table, or on exposures and events: assigns the units at random, again and again, by the library's own hash
 * and in the definition's shares, analyzes each as an experiment, once or look by look, and counts what the reports say. No variant
 * did anything, so that whatever is said of one is false.
 * @param request  the definition, the rows and their mapping, a seed; events; looks
 * @returns how often each kind of sentence was said, overall and of each metric, with its Monte-Carlo error and what the
 *          plan promises; and whether standard errors are as large as differences vary
 * @throws ExperimentError `unknown_key`, `missing_value`, `wrong_type`, `out_of_range` for the request; `insufficient_data`
 *         at ["rows"] for fewer than ten units per variant, or for looks with less than twenty; `constant_metric` at ["metrics", key];
 *         `mapped_otherwise` at ["data"] for events beside a table; `missing_column`, `not_a_time`, `unused_setting` for `at`;
 *         `beyond_assign` for a policy that learns; what reading the rows and `analyze` throw
 */
export async function runAa(request: AaRequest): Promise<AaRun> {
  checkFields(request, aaRequestFields);
  const { data, dimensions = [], replications = 400, looks = 1, signal } = request;
  const shape = shapeProblems(request.experiment, definitionShape, ["experiment"], conditionShapes);
  if (shape.length > 0) throw errorOf(shape);
  if (signal !== undefined)
    for (const method of ["throwIfAborted", "addEventListener"]) requireMethod(signal, ["signal"], method);
  requireMapping(data);
  const seed = String(request.seed);
  const experiment = openTo(request.experiment);
  const keys = request.metrics ?? experiment.metrics.map(({ key }) => key);
  const taken = await looksAt(request, {
    definition: experiment,
    metrics: experiment.metrics.filter(({ key }) => keys.includes(key)),
    dimensions,
    tails: true,
    ...(signal ? { signal } : {}),
  });
  const { before, end } = taken;
  const { ids } = end;
  const name = experiment.unit;
  const planned = looks > 1 ? endingAt(experiment, ids.length) : experiment;
  // A plan of one look that is read more often is read as it is: each look by itself.
  const keeps = looks > 1 && lookRuleName(planned.plan) !== "one-look";
  /** Every look's report of one assignment, and the last one's. */
  const reportsOf = async (replication: number) => {
    const drawn = { ...experiment, salt: JSON.stringify([seed, replication]) };
    const variants = new Map(ids.map((id) => [id, assign(drawn, { [name]: id }).variant ?? ""]));
    const read = async (look: AaLook, before: Report | undefined) => {
      const cells = await look.cells(variants);
      if (replication === 0 && look === end) refuseConstant(cells);
      return analyze({
        experiment: planned,
        source: { kind: "events" in data ? "events" : "rows", read: async () => cells },
        metrics: keys,
        dimensions,
        ...(keeps ? { history: before?.looks?.history ?? null } : {}),
        ...(request.level === undefined ? {} : { level: request.level }),
      });
    };
    const early: Report[] = [];
    for (const look of before) early.push(await read(look, early.at(-1)));
    const last = await read(end, early.at(-1));
    return { all: [...early, last], last };
  };
  const atFirst = await reportsOf(0);
  const first = atFirst.last;
  const questions = questionsOf(first);
  const counts = questions.map((): number => 0);
  const promised: (AaPromise | undefined)[] = [];
  const differences = first.macro.map(
    ({ metric, contrast }): Differences => ({ metric, contrast, values: [], squares: [] }),
  );
  for (let replication = 0; replication < replications; replication++) {
    const reports = replication === 0 ? atFirst : await reportsOf(replication);
    const report = reports.last;
    for (const [i, question] of questions.entries()) {
      const read = atAnyLook(question, report) ? reports.all : [report];
      if (read.some((each) => said(question, each))) counts[i] = (counts[i] ?? 0) + 1;
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
    units: ids.length,
    shares: allocationOf(experiment),
    dimensions,
    level: first.level,
    replications,
    seed,
    taken: looks,
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
