import type { CommandEntry } from "../command.js";

/** The family of commands, each loaded when it is asked for. A new member is one new file and its lines here. */
export const commands = {
  init: {
    summary: "write the experiment file of a table, guessed from its columns",
    load: async () => (await import("./init.js")).initCommand,
  },
  validate: {
    summary: "check an experiment file or a catalogue and say what it defines",
    load: async () => (await import("./validate.js")).validateCommand,
  },
  compile: {
    summary: "make definitions plain JSON in a typed module, for a page",
    load: async () => (await import("./compile.js")).compileCommand,
  },
  assign: {
    summary: "say which variant every unit of a file gets: a send list",
    load: async () => (await import("./assign.js")).assignCommand,
  },
  diff: {
    summary: "say what changes between two catalogues, and how many units move",
    load: async () => (await import("./diff.js")).diffCommand,
  },
  aa: {
    summary: "assign a real table's units at random, again and again, and count what is said falsely",
    load: async () => (await import("./aa.js")).aaCommand,
  },
  power: {
    summary: "say how many units a decision needs, and which metric decides that",
    load: async () => (await import("./power.js")).powerCommand,
  },
  analyze: {
    summary: "analyze an experiment's outcomes, overall and in every cell",
    load: async () => (await import("./analyze.js")).analyzeCommand,
  },
  report: {
    summary: "show a saved report again, as text, Markdown, CSV or a page",
    load: async () => (await import("./report.js")).reportCommand,
  },
  simulate: {
    summary: "make up a campaign of known truth, as Parquet files to analyze",
    load: async () => (await import("./simulate.js")).simulateCommand,
  },
  replay: {
    summary: "replay a table: what a bandit policy would have earned on it",
    load: async () => (await import("./replay.js")).replayCommand,
  },
  evaluate: {
    summary: "evaluate a policy: what it would have earned on a log with propensities",
    load: async () => (await import("./evaluate.js")).evaluateCommand,
  },
  segments: {
    summary: "find groups of units for whom a treatment is worth something else, or say there are none",
    load: async () => (await import("./segments.js")).segmentsCommand,
  },
  programme: {
    summary: "read many finished tests together: what they are worth, and what to test next",
    load: async () => (await import("./programme.js")).programmeCommand,
  },
  demo: {
    summary: "analyze a real experiment that ships with essai, then a simulated one of known truth",
    load: async () => (await import("./demo.js")).demoCommand,
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

/** Name of a command. */
export type CommandName = keyof typeof commands;
