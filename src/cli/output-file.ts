import type { Stats } from "node:fs";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { detailedProblem, errorOf, overwrites_input, problem, unwritable_file } from "../errors/index.js";
import { matchesGlob } from "./matches-glob.js";

/** A file that a command reads, and the option or argument that named it. */
export interface InputFile {
  readonly file: string;
  readonly option: string;
}

/** A file that a command will write. */
export type OutputFile = InputFile;

const found = (file: string): Promise<Stats | undefined> => stat(file).catch(() => undefined);

/** The path with links and dots resolved, also of a file that does not exist yet. */
async function placeOf(file: string): Promise<string> {
  const real = (path: string) => realpath(path).catch(() => undefined);
  return (await real(file)) ?? join((await real(dirname(file))) ?? resolve(dirname(file)), basename(file));
}

async function same(a: string, b: string): Promise<boolean> {
  const [one, other] = [await found(a), await found(b)];
  // A device can be read and written at once.
  if (one && other) return one.isFile() && one.dev === other.dev && one.ino === other.ino;
  return (await placeOf(a)) === (await placeOf(b));
}

/**
 * Refuses outputs that are inputs, by whatever name: the same path, another spelling of it, a symbolic or hard link, a
 * pattern's match; and two outputs that are one file.
 * @throws ExperimentError `overwrites_input` at the output's option
 */
export async function checkOutputs(
  outputs: readonly OutputFile[],
  inputs: readonly InputFile[],
): Promise<void> {
  for (const [i, { file, option }] of outputs.entries()) {
    for (const input of inputs)
      if (
        matchesGlob(resolve(input.file), await placeOf(file)) ||
        matchesGlob(resolve(input.file), resolve(file)) ||
        (await same(file, input.file))
      )
        throw errorOf([problem({ overwrites_input }, [option], file, { other: input.option })]);
    for (const before of outputs.slice(0, i))
      if (await same(file, before.file))
        throw errorOf([problem({ overwrites_input }, [option], file, { other: before.option })]);
  }
}

/**
 * Writes a file whole or not at all: beside its place, then moved there. Devices and pipes are written as they are.
 * @throws ExperimentError `unwritable_file` at the option; what was there before still is
 */
export async function writeOutput({ file, option }: OutputFile, content: string | Uint8Array): Promise<void> {
  const before = await found(file);
  const target = await placeOf(file);
  const aside = `${target}.${process.pid}.part`;
  try {
    if (before && !before.isFile()) await writeFile(file, content);
    else {
      await writeFile(aside, content, { flag: "wx", flush: true });
      if (before) await chmod(aside, before.mode);
      await rename(aside, target);
    }
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => {});
    const { code: detail } = cause as NodeJS.ErrnoException;
    throw errorOf([detailedProblem({ unwritable_file }, [option], file, { detail })], { cause });
  }
}
