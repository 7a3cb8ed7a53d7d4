import { ExperimentError, missing_argument } from "../../errors/index.js";
import { parseReport } from "../../schema/index.js";
import type { Command } from "../command.js";
import { readJson } from "../read-json.js";
import { checkShowOptions, showOptions, showReport, showUsage } from "../show-report.js";

/** `essai report`: shows a report that was saved as JSON. */
export const reportCommand: Command = {
  usage: `FILE ${showUsage} [--lang CODE]`,
  examples: [
    "essai analyze orders.csv --experiment experiment.json --json > report.json",
    "essai report report.json --html report.html",
    "essai report report.json --lang fr",
  ],
  options: showOptions,
  async run(args, io) {
    const [file] = args.positionals;
    await checkShowOptions(args, file === undefined ? [] : [{ file, option: "FILE" }]);
    if (file === undefined) throw new ExperimentError({ missing_argument }, ["FILE"], undefined);
    await showReport(parseReport(await readJson(file, "FILE")), args, io);
    return 0;
  },
};
