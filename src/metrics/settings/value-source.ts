import type { FieldsType } from "../../shapes/index.js";

const name = { kind: "text", optional: true } as const;

/** Where a value comes from that only asks which events there were. */
export const eventSource = {
  /** Column of a wide table (or of rows in memory); default: the metric's key. */
  column: name,
  /** Event name in an events table; default: the metric's key. */
  event: name,
} as const;

/** Where a value comes from that adds up the events' amounts. */
export const amountSource = {
  ...eventSource,
  /** Column of the events table that carries the amount; default: the mapping's. */
  value: name,
} as const;

/** Where one per-unit value comes from: a column of a wide table, or events of a name. */
export type ValueSource = FieldsType<typeof amountSource>;
