import { analyzeCommand } from "./analyze.js";
import { demoCommand } from "./demo.js";
import { replayCommand } from "./replay.js";
import { reportCommand } from "./report.js";
import { simulateCommand } from "./simulate.js";
import { validateCommand } from "./validate.js";

/** The family of commands. A new member is one new file and one line here. */
export const commands = {
  validate: validateCommand,
  analyze: analyzeCommand,
  report: reportCommand,
  simulate: simulateCommand,
  replay: replayCommand,
  demo: demoCommand,
} as const;

/** Name of a command. */
export type CommandName = keyof typeof commands;
