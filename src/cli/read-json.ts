import { readFile } from "node:fs/promises";
import { ExperimentError, invalid_json, missing_file, unreadable_file } from "../errors/index.js";

/**
 * @returns the file's JSON, of unknown shape
 * @throws ExperimentError `missing_file`, `unreadable_file` or `invalid_json` at the given path
 */
export async function readJson(file: string, path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw missing
      ? new ExperimentError({ missing_file }, [path], file, { cause: error })
      : new ExperimentError({ unreadable_file }, [path], file, { cause: error });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new ExperimentError({ invalid_json }, [path, file], (error as Error).message, { cause: error });
  }
}
