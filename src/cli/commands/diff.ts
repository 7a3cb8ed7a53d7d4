import { compareCatalogues } from "../../assignment/index.js";
import { ExperimentError, exclusive_options, missing_argument } from "../../errors/index.js";
import { voiceIn } from "../../report/index.js";
import { type Command, text } from "../command.js";
import { alarm, diffMarkdown, diffText } from "../diff/show-diff.js";
import { readCatalogue } from "../read-catalogue.js";

/** `essai diff`: what changes between two catalogues or experiment files, and the exact share of units that move. */
export const diffCommand: Command = {
  usage: "OLD NEW [--markdown | --json] [--lang CODE]",
  examples: [
    "essai diff experiments.json experiments.next.json",
    "essai diff experiments.json experiments.next.json --markdown > pull-request.md",
  ],
  options: {
    markdown: { type: "boolean", about: "for a pull request" },
    json: { type: "boolean", about: "as data" },
    lang: { type: "string", value: "CODE", about: "language of the differences: en, fr; default en" },
  },
  async run({ positionals: [old, now], values }, io) {
    if (values.markdown && values.json)
      throw new ExperimentError({ exclusive_options }, ["command line"], "--markdown --json", {
        known: ["--markdown", "--json"],
      });
    if (old === undefined) throw new ExperimentError({ missing_argument }, ["OLD"], undefined);
    if (now === undefined) throw new ExperimentError({ missing_argument }, ["NEW"], undefined);
    const voice = voiceIn(text(values, "lang"), ["--lang"]);
    const diff = compareCatalogues(await readCatalogue(old, "OLD"), await readCatalogue(now, "NEW"));
    const show = values.markdown ? diffMarkdown : diffText;
    io.out(values.json ? `${JSON.stringify(diff, null, 2)}\n` : show(diff, voice));
    const warning = alarm(diff, voice);
    if (!warning) return 0;
    io.err(`essai: ${warning}\n`);
    return 1;
  },
};
