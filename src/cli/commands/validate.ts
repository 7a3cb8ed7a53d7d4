import type { Catalogue } from "../../core/catalogue.js";
import type { Definition } from "../../core/definition.js";
import { allocationOf, isRecord } from "../../definition/index.js";
import { ExperimentError, missing_argument } from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { parseCatalogue, parseExperiment } from "../../schema/index.js";
import type { Command } from "../command.js";
import { readJson } from "../read-json.js";

const { share } = voiceIn();

function experimentLines(definition: Definition<string, unknown>, data: string): readonly string[] {
  const variants = Object.entries(allocationOf(definition)).map(
    ([key, fraction]) => `${key} ${share(fraction)}${key === definition.control ? " (control)" : ""}`,
  );
  const metrics = definition.metrics.map(({ key, type, role }) => `${key} (${type}, ${role})`);
  return [
    `  experiment  ${definition.key}, version ${definition.version}`,
    `  unit        ${definition.unit}`,
    `  variants    ${variants.join(", ")}`,
    `  coverage    ${share(definition.coverage)}`,
    `  policy      ${definition.policy}`,
    `  metrics     ${metrics.length > 0 ? metrics.join(", ") : "none"}`,
    ...(data ? [`  data        ${data}`] : []),
  ];
}

function catalogueLines({ experiments, segments = {}, holdouts = [] }: Catalogue): readonly string[] {
  const held = holdouts.map(
    ({ key, share: part, layer }) =>
      `${key} ${share(part)}${layer === undefined ? "" : ` of layer ${layer}`}`,
  );
  const names = Object.keys(segments);
  return [
    `  experiments ${experiments.length}`,
    ...(names.length > 0 ? [`  segments    ${names.join(", ")}`] : []),
    ...(held.length > 0 ? [`  holdouts    ${held.join(", ")}`] : []),
    ...experiments.flatMap((each) => ["", ...experimentLines(each, "")]),
  ];
}

/** `essai validate`: says whether a file can be used, with every problem at once when it cannot. */
export const validateCommand: Command = {
  usage: "FILE",
  examples: ["essai validate experiment.json", "essai validate catalogue.json"],
  options: {},
  async run({ positionals }, io) {
    const [file] = positionals;
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    const json = await readJson(file, "FILE");
    const lines = () => {
      if (isRecord(json) && Array.isArray(json.experiments)) return catalogueLines(parseCatalogue(json));
      const { definition, data } = parseExperiment(json);
      return experimentLines(definition, data ? "mapped" : "not mapped");
    };
    io.out(`${[`${file} is valid`, ...lines()].join("\n")}\n`);
    return 0;
  },
};
