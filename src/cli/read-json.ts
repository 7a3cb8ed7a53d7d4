import { readFile } from "node:fs/promises";
import {
  ExperimentError,
  errorOf,
  invalid_json,
  missing_file,
  problem,
  unreadable_file,
} from "../errors/index.js";
import { jsonPlace } from "./json-place.js";

/**
 * @param text  JSON text
 * @param path  where it was given, for the error
 * @param file  the file it comes from
 * @param line  the line of the file that it is, where it is only one
 * @returns its value, of unknown shape
 * @throws ExperimentError `invalid_json` at the path, with the place in the text
 */
export function parseJson(text: string, path: readonly string[], file?: string, line?: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const place = jsonPlace(text);
    const at = line === undefined ? place : { ...place, line };
    const detail = (cause as Error).message.replace(/ (in JSON )?at position \d+.*$/s, "");
    const received = (text.split("\n")[place.line - 1] ?? "").slice(Math.max(0, place.column - 30));
    throw errorOf([problem({ invalid_json }, path, received, { at, file, detail })], { cause });
  }
}

/**
 * @param file    its path
 * @param option  the option or argument that named it
 * @returns the file's JSON, of unknown shape
 * @throws ExperimentError `missing_file`, `unreadable_file` or `invalid_json` at [option]
 */
export async function readJson(file: string, option: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === "ENOENT"
      ? new ExperimentError({ missing_file }, [option], file, { cause })
      : errorOf([problem({ unreadable_file }, [option], file, { detail: code })], { cause });
  }
  return parseJson(text.replace(/^\uFEFF/, ""), [option], file);
}
