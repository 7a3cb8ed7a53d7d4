import type { Encoding } from "../../core/data-mapping.js";
import {
  detailedProblem,
  ExperimentError,
  empty_data,
  errorOf,
  problem,
  unreadable_data,
} from "../../errors/index.js";
import { decodedText } from "../files/file-encoding.js";
import { checkFile, openFile } from "../files/file-format.js";

/** How a CSV file is laid out. */
export interface CsvLayout {
  /** The character between its columns. */
  readonly delimiter: string;
  /** Lines before the header. */
  readonly skip: 0 | 1;
}

/** What Excel writes before the header for itself. */
const excelLine = /^"?sep=([,;\t|])"?$/i;

/**
 * Looks at a local CSV file's beginning: columns are separated by comma, semicolon, tab or bar, whichever is most frequent in
 * the header, or as a first line `sep=;` says.
 * @throws ExperimentError `missing_file`, `empty_data`, `unreadable_data`
 */
export async function csvLayout(
  file: string,
  path: readonly string[],
  encoding: Encoding,
): Promise<CsvLayout> {
  await checkFile(file, path);
  let start = "";
  const { plain } = openFile(file, path);
  try {
    for await (const text of decodedText(plain, encoding, file, path)) {
      start += text;
      if (/[\r\n]/.test(start) || start.length > 1e6) break;
    }
  } catch (error) {
    if (error instanceof ExperimentError) throw error;
    throw errorOf(
      [detailedProblem({ unreadable_data }, [...path, "file"], file, { detail: String(error) })],
      {
        cause: error,
      },
    );
  } finally {
    plain.destroy();
  }
  if (start.trim() === "") throw errorOf([problem({ empty_data }, [...path, "file"], file)]);
  const [first = ""] = start.replace(/^\ufeff/, "").split(/[\r\n]/, 1);
  const told = excelLine.exec(first)?.[1];
  if (told !== undefined) return { delimiter: told, skip: 1 };
  const header = first.replaceAll(/"[^"]*"/g, "");
  const count = (mark: string) => header.split(mark).length;
  const [delimiter = ","] = [",", ";", "\t", "|"].sort((a, b) => count(b) - count(a));
  return { delimiter, skip: 0 };
}
