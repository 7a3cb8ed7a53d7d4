import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorOf, problem, unsupported_file } from "../errors/index.js";
import type { CommandArguments } from "./command.js";

/** The ending of a file's name, with that of its packing; undefined for what programs hide or note for themselves. */
const endingOf = (name: string): string | undefined =>
  /^[._]/.test(name) ? undefined : /\.[^.]+(\.(gz|zst))?$/i.exec(name)?.[0];

async function patternOf(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return path;
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const endings = new Set(
    files
      .flatMap((each) => (each.isFile() ? (endingOf(each.name) ?? []) : []))
      .map((each) => each.toLowerCase()),
  );
  const patterns = [...endings].sort().map((ending) => join(path, "**", `*${ending}`));
  const [only, other] = patterns;
  if (only === undefined || other !== undefined)
    throw errorOf([problem({ unsupported_file }, ["FILE"], path, { known: patterns })]);
  return only;
}

/**
 * @returns the same arguments; a folder is the pattern of all files in it and below, as partitioned tables lie
 * @throws ExperimentError `unsupported_file` at ["FILE"] for a folder without files, or with files of several kinds
 */
export async function withFolders(args: CommandArguments): Promise<CommandArguments> {
  return { ...args, positionals: await Promise.all(args.positionals.map(patternOf)) };
}
