import { ExperimentError, missing_argument, too_many } from "../../errors/index.js";
import { type Command, type CommandArguments, text } from "../command.js";
import { engineOptions } from "../engine-options.js";
import { withFolders } from "../folder-pattern.js";
import { guessOptions } from "../guess/guess-options.js";
import { guessedExperiment } from "../guess/guessed-experiment.js";
import type { Io } from "../io.js";
import { checkOutputs } from "../output-file.js";
import { withStandardInput } from "../standard-input.js";

const aboutOf = (about: string) => about.replace("without --experiment: ", "");
const options = Object.fromEntries(
  Object.entries(guessOptions).map(([key, option]) => [key, { ...option, about: aboutOf(option.about) }]),
);

/** `essai init`: the experiment file of a table, guessed. */
export const initCommand: Command = {
  usage: "FILE [--save FILE]",
  examples: [
    "essai init orders.csv --save experiment.json",
    "essai init ventes.csv --decimal , --missing NA --variant groupe --control témoin",
  ],
  options: {
    ...options,
    by: { type: "string", value: "A,B", about: "columns that are dimensions" },
    save: { type: "string", value: "FILE", about: "write the experiment file there; default print it" },
    ...engineOptions,
  },
  run: (args, io) => withStandardInput(args, io, made),
};

async function made(given: CommandArguments, io: Io): Promise<number> {
  const args = await withFolders(given);
  const [file, ...more] = args.positionals;
  if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
  if (more.length > 0)
    throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
  const save = text(args.values, "save");
  if (save !== undefined) await checkOutputs([{ file: save, option: "--save" }], [{ file, option: "FILE" }]);
  const { json } = await guessedExperiment("init", file, args, io);
  if (save === undefined) io.out(json);
  return 0;
}
