import type { Source } from "../../core/cells.js";
import type { DataMapping } from "../../core/data-mapping.js";
import { requireArray } from "../../errors/index.js";
import {
  declaredDimensions,
  orderedDimensions,
  readEventRows,
  readTableRows,
  requireMapping,
  rowsInMemory,
} from "../../metrics/data/index.js";
import { checkFields, type FieldsFor, isPlainObject } from "../../shapes/index.js";

/** One row in memory, an object of column → value. Missing: absent, undefined, null or empty text. */
export type DataRow = object;

/** Rows of exposures and of events. */
export interface EventRows {
  readonly exposures: readonly DataRow[];
  readonly events: readonly DataRow[];
}

const eventRowsFields = {
  exposures: { kind: "list", of: { kind: "anything" } },
  events: { kind: "list", of: { kind: "anything" } },
} as const satisfies FieldsFor<EventRows>;

/** An exposure's attributes are columns too, where the row itself has none of that name. */
function attributesOf(row: DataRow): Readonly<Record<string, unknown>> {
  const { attributes }: { readonly attributes?: unknown } = row;
  return isPlainObject(attributes) ? attributes : {};
}

/**
 * Outcomes from rows in memory: a wide table (one row per unit), or exposures and events.
 * @param rows     objects, column → value; numbers, numeric text and booleans are read as numbers where numbers are
 *                 wanted; null, undefined and empty text are missing. An exposure's `attributes` are columns too
 * @param mapping  which column is what; with `exposures` and `events` when the rows are those
 * @returns a source for `analyze`; it reads the rows when asked, and leaves them as they are
 * @throws ExperimentError what is wrong with the mapping, within ["data"]; `missing_value` or `wrong_type` within ["rows"]
 *         when the rows do not have the mapping's shape. Reading throws `missing_column`,
 *         `unknown_variant`, `not_a_number`, `not_finite`, `duplicate_unit`, `empty_data` and the like
 */
export function fromRows(rows: readonly DataRow[] | EventRows, mapping: DataMapping): Source {
  requireMapping(mapping);
  const declared = { dimensions: declaredDimensions(mapping), ...orderedDimensions(mapping) };
  if ("exposures" in mapping) {
    checkFields(rows, eventRowsFields, ["rows"]);
    const { exposures, events } = rows as EventRows;
    const tables = [
      rowsInMemory(exposures, ["rows", "exposures"], attributesOf),
      rowsInMemory(events, ["rows", "events"]),
    ] as const;
    return { kind: "rows", ...declared, read: (request) => readEventRows(...tables, mapping, request) };
  }
  requireArray(rows, ["rows"]);
  const table = rowsInMemory(rows, ["rows"]);
  return { kind: "rows", ...declared, read: (request) => readTableRows(table, mapping, request) };
}
