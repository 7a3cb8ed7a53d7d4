import { analyze, fromCells } from "../../analysis/index.js";
import { ExperimentError } from "../../errors/index.js";
import { parseExperiment } from "../../schema/index.js";
import { type Command, wholeNumber } from "../command.js";
import { demoCampaign } from "../demo/campaign.js";
import type { Io } from "../io.js";
import { packageFile } from "../package-files.js";
import { readJson } from "../read-json.js";
import { showOptions, showReport } from "../show-report.js";

const example = (file: string) => packageFile(`docs/examples/hillstrom/${file}`);

const about = `The Hillstrom e-mail test (2008): 64,000 customers of a shop got an e-mail on men's merchandise, one on
women's, or none, at random. Below is its real outcome, analyzed from aggregated facts that ship with essai:
how many units each cell has, and mean and spread of each outcome there.
`;

const own = `
The same with your own data, one row per customer:
  npx essai analyze your.csv --experiment experiment.json --by channel,segment --html report.html
docs/examples/hillstrom/experiment.json shows an experiment file; docs/cli.md explains it.
`;

/** Without DuckDB, an optional package, the second part says so and the first still stands. */
async function campaignPart(users: number, io: Io): Promise<void> {
  try {
    await demoCampaign(users, io);
  } catch (error) {
    if (!(error instanceof ExperimentError && error.code === "missing_peer")) throw error;
    io.out(
      `\nA simulated campaign, planted against found, would follow: npm install ${error.path.join("")}\n`,
    );
  }
}

/** `essai demo`: analyzes a real experiment that ships with the package, then a simulated one of known truth. */
export const demoCommand: Command = {
  usage: "[--html FILE] [--users N]",
  examples: ["essai demo", "essai demo --html demo.html"],
  options: {
    html: showOptions.html,
    users: {
      type: "string",
      value: "N",
      about: "users of the simulated campaign; default 200000, 0 leaves it out",
    },
  },
  async run(args, io) {
    const users = wholeNumber(args.values, "users") ?? 200_000;
    const { definition } = parseExperiment(await readJson(example("experiment.json"), "experiment"));
    const report = await analyze({
      experiment: definition,
      source: fromCells(await readJson(example("cells.json"), "cells")),
      dimensions: ["channel", "womens", "newbie"],
    });
    io.out(`${about}\n`);
    await showReport(report, args, io);
    io.out(own);
    if (users > 0) await campaignPart(users, io);
    return 0;
  },
};
