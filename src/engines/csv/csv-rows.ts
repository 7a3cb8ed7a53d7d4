import { Parser } from "csv-parse";
import { trimmed } from "../../core/data-grammar.js";
import type { Encoding } from "../../core/data-mapping.js";
import { limits } from "../../core/limits.js";
import { detailedProblem, ExperimentError, errorOf, overLimit, unreadable_data } from "../../errors/index.js";
import type { RowTable } from "../../metrics/data/index.js";
import { decodedText, fileEncoding } from "../files/file-encoding.js";
import { checkFile, checkUnpacked, openFile } from "../files/file-format.js";
import { csvLayout } from "./csv-layout.js";

/** A local file, and how its bytes stand for characters. */
export interface CsvFile {
  readonly file: string;
  /** Default: as its bytes say. */
  readonly encoding?: Encoding | undefined;
}

/** Keeps the records of a chunk as they are found: handing them on one by one, as a stream does, costs as much as parsing. */
class RecordParser extends Parser {
  #found: string[][] = [];

  override push(record: unknown): boolean {
    if (record === null) return super.push(null);
    this.#found.push(record as string[]);
    return true;
  }

  /** @returns the records that are complete, each once */
  async recordsOf(chunk?: string): Promise<string[][]> {
    await new Promise<void>((done, failed) => {
      const told = (error?: Error | null) => (error ? failed(error) : done());
      if (chunk !== undefined) this.write(chunk, told);
      else this.once("error", failed).end(told);
    });
    const found = this.#found;
    this.#found = [];
    return found;
  }
}

/** Batches of a file's records, the header's included, each a list of texts. */
async function* records(
  file: string,
  path: readonly string[],
  encoding: Encoding,
  onRead: (bytes: number) => void,
) {
  const { delimiter, skip } = await csvLayout(file, path, encoding);
  const { plain, bytesRead } = openFile(file, path);
  const parser = new RecordParser({
    delimiter,
    bom: true,
    from_line: 1 + skip,
    skip_empty_lines: true,
    max_record_size: limits.rowBytes.most,
  });
  // Whoever waits for the chunk is told.
  parser.on("error", () => {});
  parser.resume();
  try {
    for await (const chunk of decodedText(plain, encoding, file, path)) {
      const batch = await parser.recordsOf(chunk);
      if (batch.length > 0) yield batch;
      onRead(bytesRead());
    }
    yield await parser.recordsOf();
  } catch (error) {
    const place = [...path, "file"];
    if (error instanceof ExperimentError) throw error;
    if (Object(error).code === "CSV_MAX_RECORD_SIZE") throw overLimit("rowBytes", place, file);
    const sentence = error instanceof Error ? error.message : String(error);
    throw errorOf([detailedProblem({ unreadable_data }, place, file, { detail: sentence })], {
      cause: error,
    });
  } finally {
    parser.destroy();
    plain.destroy();
  }
}

/**
 * A CSV file, plain or gzipped, read as a stream: never more than a batch of rows in memory.
 * @param relation    path of a local file whose first line names the columns, and its encoding
 * @param path        where the mapping names it, for messages
 * @param onProgress  called with the fraction of the file that was read
 * @returns its rows, every value as text, names without blanks around them; reading throws `missing_file`, `empty_data`, `wrong_encoding`, `unreadable_data`
 */
export function csvRows(
  { file, encoding: declared }: CsvFile,
  path: readonly string[],
  onProgress?: (done: number) => void,
): RowTable {
  let known: Promise<Encoding> | undefined;
  const encodingOf = () => {
    known ??= declared === undefined ? fileEncoding(file, path) : Promise.resolve(declared);
    return known;
  };
  return {
    async columns() {
      for await (const [header = []] of records(file, path, await encodingOf(), () => {})) {
        if (header.length > limits.columns.most) throw overLimit("columns", [...path, "file"], file);
        return header.map(trimmed);
      }
      return [];
    },
    async *rows(columns) {
      const size = await checkFile(file, path);
      await checkUnpacked(file, path);
      const told = (bytes: number) => onProgress?.(Math.min(1, bytes / size));
      let at: readonly number[] | undefined;
      for await (const batch of records(file, path, await encodingOf(), told)) {
        const header = at === undefined ? (batch.shift() ?? []).map(trimmed) : [];
        at ??= columns.map((name) => header.indexOf(name));
        const places = at;
        yield batch.map((record) => places.map((i) => record[i]));
      }
    },
  };
}
