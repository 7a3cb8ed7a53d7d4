import { createReadStream } from "node:fs";
import { limits } from "../core/limits.js";
import { parseJson } from "../engines/files/index.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  missing_file,
  overLimit,
  unreadable_file,
} from "../errors/index.js";

/**
 * @param file    its path
 * @param option  the option or argument that named it
 * @returns the file's JSON, of unknown shape
 * @throws ExperimentError `missing_file`, `unreadable_file`, `over_limit` or `invalid_json` at [option]
 */
export async function readJson(file: string, option: string): Promise<unknown> {
  let text = "";
  try {
    // Read as a stream: a device or a pipe may never end.
    for await (const chunk of createReadStream(file, { encoding: "utf8" })) {
      text += chunk;
      if (text.length > limits.jsonBytes.most) throw overLimit("jsonBytes", [option], file);
    }
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    throw code === "ENOENT"
      ? new ExperimentError({ missing_file }, [option], file, { cause })
      : errorOf([detailedProblem({ unreadable_file }, [option], file, { detail: code })], { cause });
  }
  return parseJson(text.replace(/^\uFEFF/, ""), [option], file);
}
