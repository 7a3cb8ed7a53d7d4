import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { trimmed } from "../../core/data-grammar.js";
import { errorOf, problem, unreadable_data } from "../../errors/index.js";
import type { RowTable } from "../../metrics/data/index.js";
import { checkFile, openFile, sniffDelimiter } from "../files/file-format.js";

const batchSize = 2048;

async function* decoded(plain: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of plain) yield decoder.decode(chunk as Uint8Array, { stream: true });
  yield decoder.decode();
}

/** Batches of a file's records, the header's included, each a list of texts. */
async function* records(file: string, path: readonly string[], onRead: (bytes: number) => void) {
  const delimiter = await sniffDelimiter(file, path);
  const { plain, bytesRead } = openFile(file);
  const text = Readable.from(decoded(plain));
  const parser = parse({ delimiter, bom: true, skip_empty_lines: true });
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
    const sentence = error instanceof Error ? error.message : String(error);
    throw errorOf([problem({ unreadable_data }, [...path, "file"], file, { detail: sentence })], {
      cause: error,
    });
  } finally {
    plain.destroy();
  }
  yield batch;
}

/**
 * A CSV file, plain or gzipped, read as a stream: never more than a batch of rows in memory.
 * @param file        path of a local file in UTF-8 whose first line names the columns
 * @param path        where the mapping names it, for messages
 * @param onProgress  called with the fraction of the file that was read
 * @returns its rows, every value as text, names without blanks around them; reading throws `missing_file`, `empty_data`, `unreadable_data`
 */
export function csvRows(
  file: string,
  path: readonly string[],
  onProgress?: (done: number) => void,
): RowTable {
  return {
    async columns() {
      for await (const [header = []] of records(file, path, () => {})) return header.map(trimmed);
      return [];
    },
    async *rows(columns) {
      const size = await checkFile(file, path);
      let at: readonly number[] | undefined;
      for await (const batch of records(file, path, (bytes) => onProgress?.(Math.min(1, bytes / size)))) {
        const header = at === undefined ? (batch.shift() ?? []).map(trimmed) : [];
        at ??= columns.map((name) => header.indexOf(name));
        const places = at;
        yield batch.map((record) => places.map((i) => record[i]));
      }
    },
  };
}
