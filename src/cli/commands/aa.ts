import type { DataMapping } from "../../core/data-mapping.js";
import type { Definition } from "../../core/definition.js";
import { ExperimentError, mapped_otherwise, missing_argument, too_many } from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { parseExperiment } from "../../schema/index.js";
import { runAa } from "../../simulation/index.js";
import { showAa } from "../aa/show-aa.js";
import { atOptions } from "../at-options.js";
import { type Command, type CommandArguments, names, text, wholeNumber } from "../command.js";
import { engineOptions } from "../engine-options.js";
import { filesBeside } from "../files-beside.js";
import { withFolders } from "../folder-pattern.js";
import { guessOptions, refuseGuessOptions } from "../guess/guess-options.js";
import { guessedExperiment } from "../guess/guessed-experiment.js";
import type { Io } from "../io.js";
import { checkOutputs } from "../output-file.js";
import { progressLine } from "../progress.js";
import { readJson } from "../read-json.js";
import { rowsOf } from "../rows-of.js";
import { withStandardInput } from "../standard-input.js";
import { tableMapping } from "../table-mapping.js";

/** What is read: a table, and what its columns are. */
interface Read {
  readonly file: string;
  /** Of events, where `file` holds exposures. */
  readonly events?: string;
  readonly definition: Definition;
  readonly data: DataMapping;
  readonly dimensions: readonly string[] | undefined;
}

async function whatToRead(args: CommandArguments, io: Io): Promise<Read> {
  const { values, positionals } = args;
  const [file, ...more] = positionals;
  if (more.length > 0)
    throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
  const by = names(values, "by");
  const given = text(values, "experiment");
  if (given === undefined) {
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    const save = text(values, "save");
    if (save !== undefined)
      await checkOutputs([{ file: save, option: "--save" }], [{ file, option: "FILE" }]);
    const { definition, data, guess } = await guessedExperiment("aa", file, args, io, { drawn: true });
    return { file, definition, data: tableMapping(data, "--experiment"), dimensions: by ?? guess.asked };
  }
  refuseGuessOptions(args);
  return fromExperiment(args, given, file, by);
}

/** The tables of an experiment file's data section: one of units, or exposures and events. */
async function fromExperiment(
  { values }: CommandArguments,
  given: string,
  file: string | undefined,
  dimensions: readonly string[] | undefined,
): Promise<Read> {
  const experiment = parseExperiment(await readJson(given, "--experiment"));
  const { definition } = experiment;
  const beside = experiment.data && filesBeside(experiment.data, given);
  const [exposures, events] = [text(values, "exposures"), text(values, "events")];
  if (beside && "exposures" in beside) {
    const [seen, done] = [exposures ?? beside.exposures.file, events ?? beside.events.file];
    if (file !== undefined || seen === undefined || done === undefined)
      throw new ExperimentError({ mapped_otherwise }, ["FILE"], file, {
        example: "--exposures FILE --events FILE",
      });
    return { file: seen, events: done, definition, data: beside, dimensions };
  }
  const { file: own, ...data } = tableMapping(beside, "--experiment");
  for (const [option, name] of Object.entries({ "--exposures": exposures, "--events": events }))
    if (name !== undefined)
      throw new ExperimentError({ mapped_otherwise }, [option], name, { example: "FILE" });
  const named = file ?? own;
  if (named === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
  return { file: named, definition, data, dimensions };
}

const requestOptions = new Map([
  ["replications", "--replications"],
  ["level", "--level"],
  ["rows", "FILE"],
  ["events", "--events"],
  ["looks", "--looks"],
  ["at", "--time"],
  ["metrics", "--metrics"],
  ["dimensions", "--by"],
]);

/** `essai aa`: what the whole pipeline says of a real table in which no variant did anything. */
export const aaCommand: Command = {
  usage:
    "FILE [--experiment FILE] [--by channel,segment] [--looks N [--time COLUMN]] [--replications N] [--json] [--lang CODE]",
  examples: [
    "essai aa orders.csv",
    "essai aa orders.csv --experiment experiment.json --by channel,segment",
    "essai aa orders.csv --experiment experiment.json --looks 14 --time ordered_at",
    "essai aa --experiment experiment.json --exposures seen.csv --events done.csv --looks 14",
    "essai aa last-month.parquet --outcomes visits,revenue --replications 1000 --seed 7",
    "essai aa commandes.csv --lang fr --json",
  ],
  options: {
    experiment: {
      type: "string",
      short: "e",
      value: "FILE",
      about: "the experiment file (JSON): definition and data section; default guessed from the table",
    },
    by: { type: "string", value: "A,B", about: "dimensions to look into: each by itself, and all crossed" },
    exposures: { type: "string", value: "FILE", about: "exposures, where outcomes come as events" },
    events: { type: "string", value: "FILE", about: "events that go with --exposures" },
    looks: { type: "string", value: "N", about: "read each assignment so often as units come; default 1" },
    time: {
      type: "string",
      value: "COLUMN",
      about: "of a table, the time at which a unit came, for --looks; default the order of its rows",
    },
    metrics: { type: "string", value: "A,B", about: "metrics to read; default all of the experiment's" },
    level: { type: "string", value: "0.95", about: "confidence level; default the plan's" },
    replications: { type: "string", value: "N", about: "random assignments, at least 20; default 400" },
    seed: { type: "string", value: "S", about: "same seed, same result; default 1" },
    ...guessOptions,
    ...engineOptions,
    json: { type: "boolean", about: "print the whole result as JSON (essai.aa/1)" },
    lang: { type: "string", value: "CODE", about: "language of the result: en, fr; default en" },
  },
  run: (args, io) => withStandardInput(args, io, tested),
};

async function tested(given: CommandArguments, io: Io): Promise<number> {
  const args = await withFolders(given);
  const { values } = args;
  const voice = voiceIn(text(values, "lang"), ["--lang"]);
  const replications = wholeNumber(values, "replications");
  const level = text(values, "level");
  const metrics = names(values, "metrics");
  const looks = wholeNumber(values, "looks");
  const at = text(values, "time");
  const { file, events, definition, data, dimensions } = await whatToRead(args, io);
  const rows = await rowsOf(file, args);
  const done = events === undefined ? undefined : await rowsOf(events, args);
  const progress = progressLine(io, "assigning");
  try {
    const run = await atOptions(requestOptions, () =>
      runAa({
        ...{ experiment: definition, rows, data, seed: text(values, "seed") ?? "1" },
        ...(done ? { events: done } : {}),
        ...(looks === undefined ? {} : { looks }),
        ...(at === undefined ? {} : { at }),
        ...(replications === undefined ? {} : { replications }),
        ...(level === undefined ? {} : { level: Number(level) }),
        ...(metrics ? { metrics } : {}),
        ...(dimensions ? { dimensions } : {}),
        onProgress: progress.update,
        ...(io.signal ? { signal: io.signal } : {}),
      }),
    );
    progress.clear();
    io.out(values.json ? `${JSON.stringify(run, null, 2)}\n` : showAa(run, voice));
  } finally {
    progress.clear();
  }
  return 0;
}
