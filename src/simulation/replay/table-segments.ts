import type { Json } from "../../core/json.js";
import type { TableValue } from "./table-contexts.js";

/** Segments that a table's column names. */
export interface TableSegments {
  readonly field: string;
  /** In alphabetical order. */
  readonly levels: readonly string[];
}

const segmentOf = (value: TableValue) => String(value ?? "");

/** @returns the segments a column names; what is missing is one of its own, the empty text */
export const tableSegments = (field: string, values: readonly TableValue[]): TableSegments => ({
  field,
  levels: [...new Set(values.map(segmentOf))].sort(),
});

/** @returns the rows' contexts, each with its segment; contexts of nothing else where none are given */
export const withSegments = (
  contexts: readonly { readonly [field: string]: Json }[] | undefined,
  field: string,
  values: readonly TableValue[],
): Json[] => values.map((value, i) => ({ ...contexts?.[i], [field]: segmentOf(value) }));
