import type { Report } from "../analysis/index.js";
import { ExperimentError, exclusive_options, within } from "../errors/index.js";
import {
  formats,
  type LayoutOptions,
  languages,
  parseWhom,
  type ReportFormat,
  type ReportFormatName,
  reportView,
  usualFormat,
  voiceIn,
  type Whom,
} from "../report/index.js";
import { type CommandArguments, type CommandOption, text } from "./command.js";
import type { Io } from "./io.js";
import { checkOutputs, type InputFile, type OutputFile, writeOutput } from "./output-file.js";
import { readJson } from "./read-json.js";
import { toldWritten } from "./told-written.js";

const names = (Object.keys(formats) as ReportFormatName[]).filter((name) => name !== usualFormat);
const formatOf = (name: ReportFormatName): ReportFormat => formats[name];

function optionOf({ output, about }: ReportFormat): CommandOption {
  return output === "written" ? { type: "string", value: "FILE", about } : { type: "boolean", about };
}

/** What the usage line of a command that shows a report says of the formats. */
export const showUsage: string = [
  `[${names
    .filter((name) => formatOf(name).output === "printed")
    .map((name) => `--${name}`)
    .join(" | ")}]`,
  ...names.filter((name) => formatOf(name).output === "written").map((name) => `[--${name} FILE]`),
].join(" ");

/** Options of every command that shows a report: one per format, the language, and how much to list. */
export const showOptions: Readonly<Record<ReportFormatName | "lang" | "all" | "segments", CommandOption>> = {
  ...(Object.fromEntries(names.map((name) => [name, optionOf(formatOf(name))])) as Record<
    ReportFormatName,
    CommandOption
  >),
  lang: {
    type: "string",
    value: "CODE",
    about: `language of the report: ${Object.entries(languages)
      .map(([code, { name }]) => `${code} (${name})`)
      .join(", ")}; default en`,
  },
  all: {
    type: "boolean",
    about: "list every cell that stands out, not only the clearest, and every finding as a sentence",
  },
  segments: {
    type: "string",
    value: "FILE",
    about: "also tell whom to treat: what `essai segments --json` printed",
  },
};

function asked({ values }: CommandArguments, output: ReportFormat["output"]): readonly ReportFormatName[] {
  return names.filter((name) => formatOf(name).output === output && values[name]);
}

function voiceOf({ values }: CommandArguments) {
  return voiceIn(text(values, "lang"), ["--lang"]);
}

function outputsOf(args: CommandArguments): readonly (OutputFile & { readonly name: ReportFormatName })[] {
  return asked(args, "written").flatMap((name) => {
    const file = text(args.values, name);
    return file === undefined ? [] : [{ name, file, option: `--${name}` }];
  });
}

/**
 * Refuses a command line that asks for two outputs at once or for an unknown language, and an output that would overwrite
 * one of the inputs, before any work is done.
 */
export async function checkShowOptions(args: CommandArguments, inputs: readonly InputFile[]): Promise<void> {
  const printed = asked(args, "printed");
  const options = printed.map((name) => `--${name}`);
  if (options.length > 1)
    throw new ExperimentError({ exclusive_options }, ["command line"], options.join(" "), { known: options });
  voiceOf(args);
  const segments = text(args.values, "segments");
  const more = segments === undefined ? [] : [{ file: segments, option: "--segments" }];
  await checkOutputs(outputsOf(args), [...inputs, ...more]);
  const tells = ["html", "markdown"].some((name) => args.values[name] !== undefined);
  if (segments !== undefined && options[0] !== undefined && !tells)
    throw new ExperimentError({ exclusive_options }, ["--segments"], options[0], {
      known: ["--segments", options[0]],
    });
  await readWhom(args);
}

/** What `essai segments --json` printed into the file that was named. */
async function readWhom({ values }: CommandArguments): Promise<{ readonly whom?: Whom }> {
  const file = text(values, "segments");
  if (file === undefined) return {};
  const json = await readJson(file, "--segments");
  return { whom: within(["--segments"], () => parseWhom(json)) };
}

/** Prints a report as the options ask, and writes files first, so that a failure prints nothing. */
export async function showReport(report: Report, args: CommandArguments, io: Io): Promise<void> {
  const view = reportView(report, voiceOf(args));
  const whom = await readWhom(args);
  for (const output of outputsOf(args)) {
    await writeOutput(output, await formatOf(output.name).render(view, whom));
    io.err(toldWritten(output.file, voiceOf(args).language));
  }
  const [name = usualFormat] = asked(args, "printed");
  const layout: LayoutOptions = {
    ...(asked(args, "printed").some((each) => each !== "markdown") ? {} : whom),
    color: io.outIsTerminal && io.color,
    width: Math.min(io.columns ?? 100, 120),
    ...(args.values.all ? { cells: Number.POSITIVE_INFINITY, findings: true } : {}),
  };
  io.out(await formatOf(name).render(view, layout));
}
