import { allocationOf } from "../../definition/index.js";
import { ExperimentError, missing_argument } from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { parseExperiment } from "../../schema/index.js";
import type { Command } from "../command.js";
import { readJson } from "../read-json.js";

const { share } = voiceIn();

/** `essai validate`: says whether an experiment file can be used, with every problem at once when it cannot. */
export const validateCommand: Command = {
  usage: "FILE",
  examples: ["essai validate experiment.json"],
  options: {},
  async run({ positionals }, io) {
    const [file] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    const { definition, data } = parseExperiment(await readJson(file, "FILE"));
    const variants = Object.entries(allocationOf(definition)).map(
      ([key, fraction]) => `${key} ${share(fraction)}${key === definition.control ? " (control)" : ""}`,
    );
    const metrics = definition.metrics.map(({ key, type, role }) => `${key} (${type}, ${role})`);
    io.out(
      `${[
        `${file} is valid`,
        `  experiment  ${definition.key}, version ${definition.version}`,
        `  unit        ${definition.unit}`,
        `  variants    ${variants.join(", ")}`,
        `  coverage    ${share(definition.coverage)}`,
        `  policy      ${definition.policy}`,
        `  metrics     ${metrics.length > 0 ? metrics.join(", ") : "none"}`,
        `  data        ${data ? "mapped" : "not mapped"}`,
      ].join("\n")}\n`,
    );
    return 0;
  },
};
