import { detailedProblem, ExperimentError, errorOf, invalid_json } from "../../errors/index.js";
import { requireShallow } from "../../shapes/index.js";
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
    const json: unknown = JSON.parse(text);
    requireShallow(json, path);
    return json;
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    const place = jsonPlace(text);
    const at = line === undefined ? place : { ...place, line };
    const detail = (cause as Error).message.replace(/ (in JSON )?at position \d+.*$/s, "");
    const received = (text.split("\n")[place.line - 1] ?? "").slice(Math.max(0, place.column - 30));
    throw errorOf([detailedProblem({ invalid_json }, path, received, { at, file, detail })], { cause });
  }
}
