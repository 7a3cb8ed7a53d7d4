import { type FileEngine, type FileValue, fileValue } from "../files/file-engine.js";
import { fileFormat } from "../files/file-format.js";
import { jsonRows } from "../json/json-rows.js";
import { checkReadable } from "./check-readable.js";
import { csvRows } from "./csv-rows.js";
import { fromCsv } from "./from-csv.js";

/** The built-in parser. */
export const csvEngine: FileEngine = {
  about: "the built-in parser, no other package needed",
  formats: ["csv", "jsonl", "json"],
  localOnly: true,
  takes: [],
  open: async () => ({
    source: fromCsv,
    async table(file, path) {
      checkReadable(file, path);
      const isCsv = fileFormat(file, path) === "csv";
      const rows = isCsv ? csvRows({ file }, path) : jsonRows(file, path, "text");
      return {
        columns: await rows.columns(),
        rows: rows.rows,
        async read(columns, most = Number.POSITIVE_INFINITY) {
          const values = columns.map((): FileValue[] => []);
          let left = most;
          for await (const batch of rows.rows(columns)) {
            for (const row of batch.slice(0, left))
              for (const [i, column] of values.entries()) column.push(fileValue(row[i]));
            left -= batch.length;
            if (left <= 0) break;
          }
          return values;
        },
      };
    },
    close: async () => {},
  }),
};
