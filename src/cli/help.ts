import type { Command, CommandEntry } from "./command.js";

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/** @returns the list of commands */
export function overview(commands: Readonly<Record<string, CommandEntry>>, version: string): string {
  return `${[
    `essai ${version} — experiments, multivariate tests and algorithmic personalization`,
    "",
    "usage: essai COMMAND [arguments]",
    "",
    ...columns(Object.entries(commands).map(([name, { summary }]) => [name, summary] as const)),
    "",
    "  essai COMMAND --help    arguments and examples of a command",
    "  essai --version         the version",
    "",
    "exit codes: 0 done, 1 a problem in the input (said on stderr), 2 a bug in essai",
  ].join("\n")}\n`;
}

/** @returns one command's arguments and examples */
export function commandHelp(name: string, summary: string, command: Command): string {
  const options = Object.entries(command.options).map(([key, { short, value, about }]) => {
    const left = `${short ? `-${short}, ` : "    "}--${key}${value ? ` ${value}` : ""}`;
    return [left, about] as const;
  });
  return `${[
    summary,
    "",
    `usage: essai ${name} ${command.usage}`.trimEnd(),
    "",
    ...columns([...options, ["-h, --help", "this text"] as const]),
    ...(command.examples.length > 0
      ? ["", "examples:", ...command.examples.map((example) => `  ${example}`)]
      : []),
  ].join("\n")}\n`;
}
