import { access } from "node:fs/promises";
import {
  analyze,
  banditReport,
  type Contrast,
  fromCells,
  type LookHistory,
  parseLookHistory,
  type Report,
} from "../../analysis/index.js";
import type { Source } from "../../core/cells.js";
import type { DataMapping } from "../../core/data-mapping.js";
import type { Definition } from "../../core/definition.js";
import { type FromFileOptions, fromFile } from "../../engines/index.js";
import {
  bad_arguments,
  ExperimentError,
  exclusive_options,
  incomplete_option,
  mapped_otherwise,
  missing_argument,
  missing_value,
  too_many,
  within,
} from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { type ExperimentFile, parseExperiment } from "../../schema/index.js";
import { type Command, type CommandArguments, list, names, text, wholeNumber } from "../command.js";
import { engineOf, engineOptions } from "../engine-options.js";
import { filesBeside } from "../files-beside.js";
import { withFolders } from "../folder-pattern.js";
import { guessOptions, refuseGuessOptions } from "../guess/guess-options.js";
import { guessWords } from "../guess/guess-words.js";
import { type GuessedExperiment, guessedExperiment } from "../guess/guessed-experiment.js";
import type { Io } from "../io.js";
import { isJsonTable } from "../is-json-table.js";
import { checkOutputs, type InputFile, writeOutput } from "../output-file.js";
import { progressLine } from "../progress.js";
import { readBandit } from "../read-bandit.js";
import { readJson } from "../read-json.js";
import { checkShowOptions, showOptions, showReport, showUsage } from "../show-report.js";
import { withStandardInput } from "../standard-input.js";

function mappingOf(data: DataMapping | undefined, wants: "table" | "events", given: string): DataMapping {
  if (data === undefined)
    throw new ExperimentError({ missing_value }, ["--experiment", "data"], undefined, {
      example:
        wants === "table"
          ? '"data": {"variant": "group"}'
          : '"data": {"exposures": {"unit": "user", "at": "time", "variant": "group"}, "events": {"unit": "user", "at": "time", "event": "name"}}',
    });
  const has = "exposures" in data ? "events" : "table";
  if (has === wants) return data;
  throw has === "events"
    ? new ExperimentError({ mapped_otherwise }, ["FILE"], given, {
        example: "--exposures FILE --events FILE",
      })
    : new ExperimentError({ mapped_otherwise }, ["--exposures"], given, { example: "FILE" });
}

/** Whether the command line, or the experiment file, names outcomes besides a bandit's decisions. */
function namesOutcomes({ values, positionals }: CommandArguments, data: DataMapping | undefined): boolean {
  if (positionals.length > 0 || values.exposures !== undefined || values.events !== undefined) return true;
  return data !== undefined && ("exposures" in data ? data.exposures.file : data.file) !== undefined;
}

const inputOptions = ["experiment", "exposures", "events", "decisions", "state"] as const;

/** The files that the command line tells to read. */
function namedInputs({ values, positionals }: CommandArguments): InputFile[] {
  const named = (option: string) => {
    const file = text(values, option);
    return file === undefined ? [] : [{ file, option: `--${option}` }];
  };
  return [
    ...positionals.map((file) => ({ file, option: "FILE" })),
    ...inputOptions.flatMap(named),
    ...list(values, "earlier").map((file) => ({ file, option: "--earlier" })),
  ];
}

/** The files that the experiment file tells to read. */
function mappedInputs(data: DataMapping | undefined): InputFile[] {
  const relations = data === undefined ? [] : "exposures" in data ? [data.exposures, data.events] : [data];
  return relations.flatMap(({ file }) => (file === undefined ? [] : [{ file, option: "data.file" }]));
}

/** What FILE, or --exposures and --events, stand for. */
async function sourceOf(args: CommandArguments, data: DataMapping | undefined): Promise<Source> {
  const { values, positionals } = args;
  const [exposures, events] = [text(values, "exposures"), text(values, "events")];
  const [file, ...more] = positionals;
  if (more.length > 0)
    throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
  const options: FromFileOptions = engineOf(values);
  if (exposures !== undefined || events !== undefined) {
    if (file !== undefined)
      throw new ExperimentError({ exclusive_options }, ["FILE"], file, {
        known: ["FILE", "--exposures FILE --events FILE"],
      });
    if (exposures === undefined)
      throw new ExperimentError({ missing_argument }, ["--exposures"], undefined, {
        example: "--exposures FILE --events FILE",
      });
    if (events === undefined)
      throw new ExperimentError({ missing_argument }, ["--events"], undefined, {
        example: "--exposures FILE --events FILE",
      });
    return fromFile({ exposures, events }, mappingOf(data, "events", exposures), options);
  }
  if (file?.toLowerCase().endsWith(".json") && !(await isJsonTable(file)))
    return fromCells(await readJson(file, "FILE"));
  if (file !== undefined) return fromFile(file, mappingOf(data, "table", file), options);
  const named = data && ("exposures" in data ? data.exposures.file : data.file) !== undefined;
  if (!named) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
  return fromFile(undefined, data, options);
}

function contrastsOf(pairs: readonly string[], { variants }: Definition): readonly Contrast[] {
  return pairs.map((pair) => {
    // Keys may hold commas themselves, so the comma that splits the pair into two known keys is the one meant.
    const known = new Set(variants.map(({ key }) => key));
    const splits = [...pair].flatMap((character, at) =>
      character === "," ? [[pair.slice(0, at), pair.slice(at + 1)]] : [],
    );
    const [control, treatment] =
      splits.find((sides) => sides.every((side) => known.has(side))) ?? splits[0] ?? [];
    if (control === undefined || treatment === undefined)
      throw new ExperimentError({ bad_arguments }, ["--compare"], pair, { example: "--compare A,B" });
    return [control, treatment];
  });
}

/** What the looks so far have shown; null before the first one, which makes the file. */
async function readLooks(file: string, definition: Definition): Promise<LookHistory | null> {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (!exists) return null;
  const json = await readJson(file, "--state");
  return within(["--state"], () => parseLookHistory(json, definition));
}

/** Levels from which on a dimension is better binned. */
const manyLevels = 100;

/** Says which dimensions have so many levels that no effect can be seen in one. */
function tellLevels({ dimensions, micro }: Report, { values }: CommandArguments, io: Io): void {
  const voice = voiceIn(text(values, "lang"), ["--lang"]);
  for (const dimension of dimensions) {
    const count = new Set(micro.map(({ cell }) => cell[dimension])).size;
    if (count > manyLevels) io.err(`${guessWords(voice.language).levels(dimension, voice.count(count))}\n`);
  }
}

/** The experiment: from its file, or guessed from the only table that is given. */
async function experimentFor(
  args: CommandArguments,
  io: Io,
): Promise<ExperimentFile & Partial<Pick<GuessedExperiment, "guess">>> {
  const { values, positionals } = args;
  const file = text(values, "experiment");
  if (file !== undefined) {
    refuseGuessOptions(args);
    const { definition, data } = parseExperiment(await readJson(file, "--experiment"));
    return { definition, ...(data ? { data: filesBeside(data, file) } : {}) };
  }
  const [table, ...more] = positionals;
  const isOther = ["exposures", "events", "decisions", "state", "earlier"].some(
    (option) => values[option] !== undefined,
  );
  const isCells = table !== undefined && /\.json$/i.test(table) && !(await isJsonTable(table));
  if (table === undefined || isOther || isCells)
    throw new ExperimentError({ missing_argument }, ["--experiment"], undefined);
  if (more.length > 0)
    throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
  const save = text(values, "save");
  if (save !== undefined) await checkOutputs([{ file: save, option: "--save" }], namedInputs(args));
  return guessedExperiment("analyze", table, args, io);
}

/** `essai analyze`: from data and a definition to a report. */
export const analyzeCommand: Command = {
  usage: `[FILE] [--experiment FILE] [--decisions FILE] [--by channel,segment] ${showUsage} [--lang CODE]`,
  examples: [
    "essai analyze orders.csv",
    "essai analyze - --lang fr",
    "essai analyze orders.csv --experiment experiment.json --by channel,segment",
    "essai analyze orders.parquet --experiment experiment.json --html report.html",
    "essai analyze --exposures seen.csv.gz --events done.csv.gz --experiment experiment.json --json",
    "essai analyze cells.json --experiment experiment.json --markdown",
    "essai analyze orders.csv --experiment experiment.json --state looks.json --html today.html",
    "essai analyze --decisions decisions.jsonl.gz --state state.json --experiment experiment.json --html run.html",
  ],
  options: {
    experiment: {
      type: "string",
      short: "e",
      value: "FILE",
      about: "the experiment file (JSON): definition and data section; default guessed from the table",
    },
    exposures: { type: "string", value: "FILE", about: "exposures, where outcomes come as events" },
    events: { type: "string", value: "FILE", about: "events that go with --exposures" },
    by: { type: "string", value: "A,B", about: "dimensions to look into: each by itself, and all crossed" },
    metrics: { type: "string", value: "A,B", about: "metrics to read; default all of the experiment's" },
    compare: {
      type: "string",
      multiple: true,
      value: "A,B",
      about: "also compare variant B against A; may be repeated",
    },
    earlier: {
      type: "string",
      multiple: true,
      value: "FILE",
      about: "an earlier version of the experiment file; may be repeated",
    },
    level: { type: "string", value: "0.95", about: "confidence level; default the plan's" },
    decisions: {
      type: "string",
      value: "FILE",
      about:
        "a bandit's decisions with rewards (.jsonl, .csv, each also .gz, .parquet), beside FILE or alone",
    },
    state: {
      type: "string",
      value: "FILE",
      about:
        "with --decisions: the bandit's state (JSON), to show what it believes and why; else what the looks so far have shown, read and written back for the next look",
    },
    periods: {
      type: "string",
      value: "N",
      about: "stretches of time to show the decisions in; default days",
    },
    ...guessOptions,
    ...engineOptions,
    ...showOptions,
  },
  run: (args, io) => withStandardInput(args, io, analyzed),
};

async function analyzed(given: CommandArguments, io: Io): Promise<number> {
  const args = await withFolders(given);
  await checkShowOptions(args, namedInputs(args));
  const { definition, data, guess } = await experimentFor(args, io);
  await checkShowOptions(args, mappedInputs(data));
  const earlier = await Promise.all(
    list(args.values, "earlier").map(
      async (each) => parseExperiment(await readJson(each, "--earlier")).definition,
    ),
  );
  const [metrics, by] = [names(args.values, "metrics"), names(args.values, "by")];
  const dimensions = by ?? guess?.asked;
  const wanted = text(args.values, "level");
  const level = wanted === undefined ? undefined : Number(wanted);
  const decisions = text(args.values, "decisions");
  const history = decisions === undefined ? text(args.values, "state") : undefined;
  const misplaced = ["periods", ...(definition.policy === "fixed" ? [] : ["state"])];
  for (const option of misplaced)
    if (decisions === undefined && args.values[option] !== undefined)
      throw new ExperimentError({ incomplete_option }, [`--${option}`], args.values[option], {
        example: "--decisions FILE",
      });
  const alone = decisions !== undefined && !namesOutcomes(args, data);
  const engine = engineOf(args.values);
  const bandit =
    decisions === undefined
      ? undefined
      : await readBandit(definition, {
          ...{ decisions, engine, level, state: text(args.values, "state") },
          ...{ periods: wholeNumber(args.values, "periods"), segments: alone ? dimensions : undefined },
        });
  if (bandit && alone) {
    await showReport(banditReport(definition, bandit), args, io);
    return 0;
  }
  const source = await sourceOf(args, data);
  const progress = progressLine(io, "reading");
  try {
    const report = await analyze({
      experiment: definition,
      source,
      earlier,
      contrasts: contrastsOf(list(args.values, "compare"), definition),
      onProgress: progress.update,
      ...(metrics ? { metrics } : {}),
      ...(dimensions ? { dimensions } : {}),
      ...(level === undefined ? {} : { level }),
      ...(bandit ? { bandit } : {}),
      ...(history === undefined ? {} : { history: await readLooks(history, definition) }),
      ...(io.signal ? { signal: io.signal } : {}),
    });
    progress.clear();
    await showReport(report, args, io);
    tellLevels(report, args, io);
    if (history !== undefined && report.looks?.history)
      await writeOutput(
        { file: history, option: "--state" },
        `${JSON.stringify(report.looks.history, null, 2)}\n`,
      );
  } finally {
    progress.clear();
  }
  return 0;
}
