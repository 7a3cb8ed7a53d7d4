import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { trimmed } from "../../core/data-grammar.js";
import type { Encoding } from "../../core/data-mapping.js";
import { limits } from "../../core/limits.js";
import {
  ExperimentError,
  errorOf,
  overLimit,
  problem,
  unreadable_data,
  wrong_encoding,
} from "../../errors/index.js";
import type { RowTable } from "../../metrics/data/index.js";
import { checkFile, checkUnpacked, decoderOf, openFile, sniffDelimiter } from "../files/file-format.js";

/** A local file, and how its bytes stand for characters. */
export interface CsvFile {
  readonly file: string;
  readonly encoding?: Encoding;
}

const batchSize = 2048;

async function* decoded(plain: Readable, encoding: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  for await (const chunk of plain) yield decoder.decode(chunk as Uint8Array, { stream: true });
  yield decoder.decode();
}

const isOfDecoder = (error: unknown) =>
  error instanceof TypeError && "code" in error && error.code === "ERR_ENCODING_INVALID_ENCODED_DATA";

/** Batches of a file's records, the header's included, each a list of texts. */
async function* records(
  file: string,
  path: readonly string[],
  encoding: Encoding,
  onRead: (bytes: number) => void,
) {
  const delimiter = await sniffDelimiter(file, path, encoding);
  const { plain, bytesRead } = openFile(file, path);
  const text = Readable.from(decoded(plain, encoding));
  const parser = parse({
    delimiter,
    bom: true,
    skip_empty_lines: true,
    max_record_size: limits.rowBytes.most,
  });
  text.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  let batch: string[][] = [];
  try {
    for await (const record of parser) {
      batch.push(record as string[]);
      if (batch.length < batchSize) continue;
      yield batch;
      onRead(bytesRead());
      batch = [];
    }
  } catch (error) {
    const place = [...path, "file"];
    if (error instanceof ExperimentError) throw error;
    if (Object(error).code === "CSV_MAX_RECORD_SIZE") throw overLimit("rowBytes", place, file);
    if (isOfDecoder(error))
      throw errorOf([problem({ wrong_encoding }, place, file, { other: encoding })], { cause: error });
    const sentence = error instanceof Error ? error.message : String(error);
    throw errorOf([problem({ unreadable_data }, place, file, { detail: sentence })], {
      cause: error,
    });
  } finally {
    plain.destroy();
  }
  yield batch;
}

/**
 * A CSV file, plain or gzipped, read as a stream: never more than a batch of rows in memory.
 * @param relation    path of a local file whose first line names the columns, and its encoding
 * @param path        where the mapping names it, for messages
 * @param onProgress  called with the fraction of the file that was read
 * @returns its rows, every value as text, names without blanks around them; reading throws `missing_file`, `empty_data`, `wrong_encoding`, `unreadable_data`
 */
export function csvRows(
  { file, encoding = "utf-8" }: CsvFile,
  path: readonly string[],
  onProgress?: (done: number) => void,
): RowTable {
  return {
    async columns() {
      for await (const [header = []] of records(file, path, encoding, () => {})) {
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
      for await (const batch of records(file, path, encoding, told)) {
        const header = at === undefined ? (batch.shift() ?? []).map(trimmed) : [];
        at ??= columns.map((name) => header.indexOf(name));
        const places = at;
        yield batch.map((record) => places.map((i) => record[i]));
      }
    },
  };
}
