import { writeFile } from "node:fs/promises";
import type { Report } from "../analysis/report.js";
import { bad_arguments, unwritable_file } from "../core/errors.js";
import { errorOf, problem } from "../core/experiment-error.js";
import { toCsv, toHtml, toJson, toMarkdown, toText } from "../report/index.js";
import type { CommandArguments, CommandOption } from "./command.js";
import type { Io } from "./io.js";

/** Options of every command that shows a report. */
export const showOptions: Readonly<Record<string, CommandOption>> = {
  json: { type: "boolean", about: "print the whole report as JSON (essai.report/1)" },
  markdown: { type: "boolean", about: "print Markdown" },
  csv: { type: "boolean", about: "print every row as CSV" },
  html: { type: "string", value: "FILE", about: "also write a page for the browser, complete in one file" },
  all: { type: "boolean", about: "list every cell that stands out, not only the clearest" },
};

const printed = { json: toJson, markdown: toMarkdown, csv: toCsv } as const;

/** Refuses a command line that asks for two outputs at once, before any work is done. */
export function checkShowOptions({ values }: CommandArguments): void {
  const asked = Object.keys(printed).filter((name) => values[name]);
  if (asked.length > 1)
    throw errorOf([
      problem(
        { bad_arguments },
        ["command line"],
        asked.map((name) => `--${name}`).join(" "),
        "ask for one of them",
      ),
    ]);
}

/** Prints a report as the options ask, and writes the page first, so that a failure prints nothing. */
export async function showReport(report: Report, { values }: CommandArguments, io: Io): Promise<void> {
  const page = values.html;
  if (typeof page === "string") {
    const text = await toHtml(report);
    try {
      await writeFile(page, text);
    } catch (error) {
      throw errorOf([problem({ unwritable_file }, ["--html"], page, (error as NodeJS.ErrnoException).code)], {
        cause: error,
      });
    }
    io.err(`wrote ${page}\n`);
  }
  const format = (Object.keys(printed) as (keyof typeof printed)[]).find((name) => values[name]);
  if (format) io.out(printed[format](report));
  else
    io.out(
      toText(report, {
        color: io.outIsTerminal && io.color,
        width: Math.min(io.columns ?? 100, 120),
        ...(values.all ? { cells: Number.POSITIVE_INFINITY } : {}),
      }),
    );
}
