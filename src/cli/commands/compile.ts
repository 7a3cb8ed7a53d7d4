import { extname } from "node:path";
import type { Catalogue } from "../../core/catalogue.js";
import type { Definition } from "../../core/definition.js";
import { ExperimentError, missing_argument, too_many, unknown_ending } from "../../errors/index.js";
import { type Command, text } from "../command.js";
import { compilableIn } from "../compilable-in.js";
import { compiledModule } from "../compiled-module.js";
import { checkOutputs, writeOutput } from "../output-file.js";

const endings = [".ts", ".json"];

/** What there is as one JSON: the only definition or catalogue itself, else a catalogue of all experiments. */
function asJson(found: readonly (Definition<string, unknown> | Catalogue)[]): string {
  const catalogues = found.filter((each) => "experiments" in each);
  const one = found.length === 1 ? found[0] : catalogues.length === 1 ? catalogues[0] : undefined;
  const experiments = found.flatMap((each) => ("experiments" in each ? each.experiments : [each]));
  const value = one ?? {
    format: "essai.catalogue/1",
    experiments: [...new Map(experiments.map((each) => [each.key, each])).values()],
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** `essai compile`: definitions as plain JSON in a module that is typed, so that a page ships no `defineExperiment`. */
export const compileCommand: Command = {
  usage: "FILE [--out FILE]",
  examples: [
    "essai compile experiments.mjs --out experiments.compiled.ts",
    "essai compile experiment.json --out checkout.ts",
    "essai compile experiments.mjs --out catalogue.json",
  ],
  options: {
    out: {
      type: "string",
      value: "FILE",
      about: "write it there: a typed module (.ts) or JSON (.json); default print the module",
    },
  },
  async run({ positionals, values }, io) {
    const [file, ...more] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    if (more.length > 0)
      throw new ExperimentError({ too_many }, ["FILE"], more[0], { expected: { atMost: 1 } });
    const out = text(values, "out");
    if (out !== undefined) {
      if (!endings.includes(extname(out)))
        throw new ExperimentError({ unknown_ending }, ["--out"], out, { known: endings });
      await checkOutputs([{ file: out, option: "--out" }], [{ file, option: "FILE" }]);
    }
    const found = await compilableIn(file, "FILE");
    const json = out !== undefined && extname(out) === ".json";
    const made = json ? asJson([...found.values()]) : compiledModule(found, file);
    if (out === undefined) io.out(made);
    else await writeOutput({ file: out, option: "--out" }, made);
    return 0;
  },
};
