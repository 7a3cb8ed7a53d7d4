import type { FileEngine, FileValue } from "../files/file-engine.js";
import { checkReadable } from "./check-readable.js";
import { csvRows } from "./csv-rows.js";
import { fromCsv } from "./from-csv.js";

/** The built-in parser. */
export const csvEngine: FileEngine = {
  about: "the built-in parser, no other package needed",
  formats: ["csv"],
  localOnly: true,
  takes: [],
  open: async () => ({
    source: fromCsv,
    async table(file, path) {
      checkReadable(file, path);
      const rows = csvRows({ file }, path);
      return {
        columns: await rows.columns(),
        async read(columns, most = Number.POSITIVE_INFINITY) {
          const values = columns.map((): FileValue[] => []);
          let left = most;
          for await (const batch of rows.rows(columns)) {
            for (const row of batch.slice(0, left))
              for (const [i, column] of values.entries())
                column.push(row[i] === undefined ? null : String(row[i]));
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
