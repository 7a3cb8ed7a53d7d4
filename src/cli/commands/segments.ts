import { extname } from "node:path";
import {
  ExperimentError,
  exclusive_options,
  incomplete_option,
  missing_argument,
  out_of_range,
  too_many,
} from "../../errors/index.js";
import { randomSource } from "../../random/index.js";
import { segmentsToMarkdown, segmentsToText, voiceIn } from "../../report/index.js";
import { budgetValues, policyValues } from "../../segments/index.js";
import { discoverInThreads } from "../../segments/node/index.js";
import { type Command, type CommandArguments, names, numberWithin, text, wholeNumber } from "../command.js";
import { engineOf, engineOptions } from "../engine-options.js";
import { spellingOptions } from "../guess/guess-options.js";
import type { Io } from "../io.js";
import { checkOutputs, writeOutput } from "../output-file.js";
import { progressLine } from "../progress.js";
import { readJson } from "../read-json.js";
import { withEvents } from "../segments/event-attributes.js";
import { type ExperimentTable, experimentTable } from "../segments/experiment-table.js";
import { withGroups } from "../segments/group-attributes.js";
import { numbersByLevel } from "../segments/numbers-by-level.js";
import { planLines } from "../segments/plan-lines.js";
import { segmentsModule } from "../segments/segments-module.js";
import { type SegmentsTable, segmentsTable } from "../segments/segments-table.js";
import { segmentsWords } from "../segments/segments-words.js";
import { withStandardInput } from "../standard-input.js";
import { toldAtOptions } from "../told-at-options.js";
import { toldWritten } from "../told-written.js";

const spelled = Object.fromEntries(
  Object.entries(spellingOptions).map(([key, option]) => [
    key,
    { ...option, about: option.about.replace("without --experiment: ", "") },
  ]),
);

/** The names of options for the fields of a request. */
const options: Readonly<Record<string, string>> = {
  variant: "--variant",
  outcome: "--outcome",
  control: "--control",
  treatments: "--treatments",
  costs: "--cost",
  shares: "--share",
  depth: "--depth",
  most: "--most",
  repeats: "--repeats",
  level: "--level",
  budget: "--budget",
  policies: "--policies",
  currency: "--currency",
  state: "--state",
  threads: "--threads",
};

const given = <V>(key: string, value: V | undefined): { readonly [key: string]: V } =>
  value === undefined ? {} : { [key]: value };

const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function told({ values, positionals }: CommandArguments, io: Io): Promise<number> {
  const [file, ...more] = positionals;
  if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
  if (more.length > 0)
    throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
  const { language } = voiceIn(text(values, "lang"), ["--lang"]);
  const words = segmentsWords(language);
  if (values.json && values.markdown)
    throw new ExperimentError({ exclusive_options }, ["command line"], "--json --markdown", {
      known: ["--json", "--markdown"],
    });
  const [save, plan, state] = ["save", "plan", "state"].map((key) => text(values, key));
  const outputs = [
    ...(save === undefined ? [] : [{ file: save, option: "--save" }]),
    ...(plan === undefined ? [] : [{ file: plan, option: "--plan" }]),
  ];
  await checkOutputs(outputs, [{ file, option: "FILE" }]);
  const budget = numberWithin(values, "budget", { above: 0 });
  const currency = text(values, "currency");
  for (const [option, lacks, example] of [
    ["plan", budget === undefined, "--budget 500"],
    ["currency", budget === undefined && values.cost === undefined, "--cost mail=0.05"],
  ] as const)
    if (lacks && values[option] !== undefined)
      throw new ExperimentError({ incomplete_option }, [`--${option}`], values[option], { example });
  const [costs, shares] = [numbersByLevel(values, "cost"), numbersByLevel(values, "share")];
  const read = {
    ...given("worth", numberWithin(values, "worth", { above: 0 })),
    ...given("level", numberWithin(values, "level", { above: 0, below: 1 })),
    ...given("treatments", names(values, "treatments")),
  };
  const limits = {
    ...given("depth", wholeNumber(values, "depth")),
    ...given("most", wholeNumber(values, "most")),
    ...given("repeats", wholeNumber(values, "repeats")),
  };
  const treeDepth = wholeNumber(values, "tree-depth");
  if (treeDepth !== undefined && treeDepth !== 2 && treeDepth !== 3)
    throw new ExperimentError({ out_of_range }, ["--tree-depth"], treeDepth, {
      expected: { atLeast: 2, atMost: 3 },
    });
  if (treeDepth !== undefined && !values.values && values.policies === undefined)
    throw new ExperimentError({ incomplete_option }, ["--tree-depth"], treeDepth, { example: "--values" });
  const experiment = text(values, "experiment");
  const progress = progressLine(io, words.searching);
  const told: Partial<ExperimentTable> & SegmentsTable =
    experiment === undefined
      ? await segmentsTable(file, values, engineOf(values))
      : await experimentTable(file, experiment, values, engineOf(values));
  const { table: known, leftOut: left } = await withEvents(told, file, values, engineOf(values));
  const grouped = withGroups(known, values);
  const { ignored, unit, unitColumn: _, spelling, leftOut, shares: planned = {}, ...table } = grouped;
  const asked = text(values, "policies");
  const policies = asked === undefined ? undefined : await readJson(asked, "--policies");
  try {
    const common = {
      ...{ ...table, ...read, costs },
      ...(Object.keys({ ...planned, ...shares }).length > 0 ? { shares: { ...planned, ...shares } } : {}),
      ...given("unit", unit),
    };
    const chance = () => randomSource(text(values, "seed") ?? "1");
    const found = await discoverInThreads(
      { ...common, ...limits, ...given("currency", currency), random: chance() },
      {
        ...given("threads", wholeNumber(values, "threads")),
        ...{ ...given("signal", io.signal), ...given("state", state), onProgress: progress.update },
      },
    );
    progress.clear();
    const worths =
      values.values || policies !== undefined
        ? policyValues({
            ...{ ...common, ...given("policies", policies), random: chance() },
            ...given("depth", treeDepth),
          })
        : undefined;
    const budgets =
      budget === undefined
        ? undefined
        : budgetValues({ ...common, ...given("currency", currency), budget, random: chance() });
    if (leftOut && leftOut.audience + leftOut.rule > 0)
      io.err(`${words.leftOut(leftOut.audience, leftOut.rule)}\n`);
    if (left && left.later + left.unexposed > 0) io.err(`${words.events(left.later, left.unexposed)}\n`);
    if (spelling) io.err(`${words.spelling(JSON.stringify(spelling))}\n`);
    if (ignored.length > 0) io.err(`${words.ignored(ignored.join(", "))}\n`);
    if (save !== undefined) {
      const segments = Object.fromEntries(
        found.treatments.flatMap(({ treatment, segments: own }) =>
          own.map(({ condition }, i) => [`${treatment} ${i + 1}`, condition] as const),
        ),
      );
      const written = extname(save) === ".ts" ? segmentsModule(segments, file) : asJson({ segments });
      await writeOutput({ file: save, option: "--save" }, written);
      io.err(toldWritten(save, language));
    }
    if (plan !== undefined && budgets?.plan) {
      await writeOutput({ file: plan, option: "--plan" }, planLines(budgets.plan, unit));
      io.err(toldWritten(plan, language));
    }
    const shown = {
      lang: language === "fr" ? ("fr" as const) : ("en" as const),
      ...(worths ? { values: worths } : {}),
      ...(budgets ? { budget: budgets } : {}),
    };
    if (values.json)
      io.out(
        `${JSON.stringify({ ...found, ...given("values", worths), ...given("budget", budgets) }, null, 2)}\n`,
      );
    else if (values.markdown) io.out(segmentsToMarkdown(found, shown));
    else
      io.out(
        segmentsToText(found, {
          ...shown,
          width: Math.max(60, Math.min(io.columns ?? 100, 120)),
          color: io.outIsTerminal && io.color,
        }),
      );
  } catch (error) {
    throw toldAtOptions(error, options);
  } finally {
    progress.clear();
  }
  return 0;
}

/** `essai segments`: whom a treatment works for. */
export const segmentsCommand: Command = {
  usage:
    "FILE [--variant COLUMN] [--control LEVEL] [--outcome COLUMN] [--cost LEVEL=0.05] [--json | --markdown]",
  examples: [
    "essai segments campaign.csv --outcome visit --cost mail=0.05",
    "essai segments orders.csv --experiment experiment.json --values --policies today.json",
    "essai segments campaign.csv --variant segment --control none --outcome spend --attributes age,city,history",
    "essai segments campaign.csv --outcome spend --lang fr --save segments.json",
    "essai segments campaign.csv --outcome visit --groups mixture --save segments.ts",
    "essai segments campaign.csv --outcome spend --cost mail=0.5 --budget 500 --currency EUR --plan plan.csv",
  ],
  options: {
    experiment: {
      type: "string",
      short: "e",
      value: "FILE",
      about:
        "the experiment file: its variants, shares, unit, first goal and audience; --outcome names another of its metrics",
    },
    variant: { type: "string", value: "COLUMN", about: "the column of the variant; default guessed" },
    control: {
      type: "string",
      value: "LEVEL",
      about: "the value of it that is the control; default guessed",
    },
    outcome: {
      type: "string",
      value: "COLUMN",
      about: "what came of it; default guessed where there is one",
    },
    attributes: {
      type: "string",
      value: "A,B",
      about: "columns known before the exposure; default all others that are not outcomes",
    },
    unit: {
      type: "string",
      value: "COLUMN",
      about: "whom rows belong to; default guessed, else one per row",
    },
    ...spelled,
    events: {
      type: "string",
      value: "FILE",
      about:
        "what units did (unit, at, event, amount, channel, discount): recency, frequency and more are searched too; with DuckDB",
    },
    before: {
      type: "string",
      value: "COLUMN",
      about: "with --events: the column of FILE that says when a unit was exposed, or a time for all",
    },
    "event-column": {
      type: "string",
      multiple: true,
      value: "amount=revenue",
      about: "with --events: a column that is called otherwise; may be repeated",
    },
    treatments: { type: "string", value: "A,B", about: "variants to compare with control; default all" },
    cost: {
      type: "string",
      multiple: true,
      value: "LEVEL=0.05",
      about: "what treating a unit costs; may be repeated",
    },
    worth: {
      type: "string",
      value: "N",
      about: "what an outcome of 1 is worth, in the unit of the cost; default 1",
    },
    share: {
      type: "string",
      multiple: true,
      value: "LEVEL=0.5",
      about: "planned share; default those that are there",
    },
    depth: { type: "string", value: "N", about: "conditions in a rule, 1 to 3; default 3" },
    most: { type: "string", value: "N", about: "segments to name for a treatment; default 3" },
    repeats: { type: "string", value: "N", about: "how often the units are split in three; default 7" },
    seed: { type: "string", value: "S", about: "of the splits: same seed, same segments; default 1" },
    level: {
      type: "string",
      value: "0.95",
      about: "of the intervals, and 1 − the error of all names together",
    },
    values: {
      type: "boolean",
      about: "also say what everyone the same, and the best tree of two tests, are worth",
    },
    "tree-depth": {
      type: "string",
      value: "3",
      about: "with --values: tests of the best tree on the way to a variant, 2 or 3; default 2",
    },
    budget: {
      type: "string",
      value: "N",
      about: "also say what a budget of so much brings, spent on the units that gain most by it",
    },
    currency: {
      type: "string",
      value: "EUR",
      about: "with --cost or --budget: what costs and worths are in",
    },
    plan: {
      type: "string",
      value: "FILE",
      about: "with --budget: write who gets what (CSV: unit, variant, expected gain, tenth)",
    },
    policies: {
      type: "string",
      value: "FILE",
      about:
        'also value policies of your own, as --values does: {"today": {"rules": [{"when": …, "variant": "mail"}], "otherwise": "none"}}',
    },
    state: {
      type: "string",
      value: "FILE",
      about: "keep what was searched in a file, and go on from it when the same command is given again",
    },
    groups: {
      type: "string",
      value: "rfm,mixture",
      about:
        "also search groups of units: by recency_days, frequency and monetary (rfm), or alike in all numbers (mixture)",
    },
    save: {
      type: "string",
      value: "FILE",
      about: "write the segments as conditions: for an experiment file (.json), or a typed module (.ts)",
    },
    markdown: { type: "boolean", about: "print Markdown" },
    json: { type: "boolean", about: "print the whole result as JSON" },
    ...engineOptions,
    threads: {
      ...engineOptions.threads,
      about: "threads of the search, and of DuckDB; default all and 1; any number finds the same",
    },
  },
  run: (args, io) => withStandardInput(args, io, told),
};
