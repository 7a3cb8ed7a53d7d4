import { fileURLToPath } from "node:url";
import { analyze } from "../../analysis/index.js";
import { fromCells } from "../../analysis/sources/from-cells.js";
import { parseExperiment } from "../../schema/index.js";
import type { Command } from "../command.js";
import { readJson } from "../read-json.js";
import { showOptions, showReport } from "../show-report.js";

const example = (file: string) =>
  fileURLToPath(new URL(`../../../docs/examples/hillstrom/${file}`, import.meta.url));

const about = `The Hillstrom e-mail test (2008): 64,000 customers of a shop got an e-mail on men's merchandise, one on
women's, or none, at random. Below is its real outcome, analyzed from aggregated facts that ship with essai:
how many units each cell has, and mean and spread of each outcome there.
`;

const own = `
The same with your own data, one row a customer:
  npx essai analyze your.csv --experiment experiment.json --by channel,segment --html report.html
docs/examples/hillstrom/experiment.json shows an experiment file; docs/cli.md explains it.
`;

/** `essai demo`: analyzes a real experiment that ships with the package. */
export const demoCommand: Command = {
  summary: "analyze a real experiment that ships with essai",
  usage: "[--html FILE]",
  examples: ["essai demo", "essai demo --html demo.html"],
  options: { html: showOptions.html as NonNullable<(typeof showOptions)["html"]> },
  async run(args, io) {
    const { definition } = parseExperiment(await readJson(example("experiment.json"), "experiment"));
    const report = await analyze({
      experiment: definition,
      source: fromCells(await readJson(example("cells.json"), "cells")),
      dimensions: ["channel", "womens", "newbie"],
    });
    io.out(`${about}\n`);
    await showReport(report, args, io);
    io.out(own);
    return 0;
  },
};
