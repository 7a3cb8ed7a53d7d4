import type { FieldsType } from "../../shapes/index.js";

const name = { kind: "text", optional: true } as const;

const place = {
  /** Column of a wide table (or of rows in memory); default: the metric's key. */
  column: name,
  /** Event name in an events table; default: the metric's key. */
  event: name,
} as const;

const when = {
  /** Which events count, in days since a unit's first exposure: from … on, and before …; default: all, or the mapping's `windowDays`. */
  window: {
    kind: "object",
    has: {
      from: { kind: "number", atLeast: 0, optional: true },
      to: { kind: "number", above: 0, optional: true },
    },
    optional: true,
  },
} as const;

const dayNumber = { kind: "number", whole: true, atLeast: 1 } as const;

/** A day since a unit's first exposure, the exposure's own 24 hours being day 0; or the first and last of several. */
export const days = {
  kind: "either",
  of: [dayNumber, { kind: "tuple", of: [dayNumber, dayNumber] }],
} as const;

const which = {
  /** Which events count, by their columns: a condition as audiences have it. */
  where: { kind: "named", name: "condition", optional: true },
} as const;

/** Where a value comes from that only asks which events there were. */
export const eventSource = { ...place, ...when, ...which } as const;

/** The same where the days are the metric's own. */
export const returnSource = { ...place, ...which } as const;

/** Where a value comes from that adds up the events' amounts. */
export const amountSource = {
  ...place,
  /** Column of the events table that carries the amount; default: the mapping's. */
  value: name,
  ...when,
  ...which,
} as const;

const percentileCap = {
  /** Of the values of all variants together, in percent: 99 caps the largest 1 %. */
  percentile: { kind: "number", atLeast: 50, below: 100 },
  /** Whose values: of `all` units (the default), or of those whose value is not zero. */
  among: { kind: "word", of: ["all", "nonzero"], optional: true },
} as const;

/** Largest value of a unit that counts, or the percentile that says it; a larger one counts as this one. */
export const cap = {
  kind: "either",
  of: [
    { kind: "number", above: 0 },
    { kind: "object", has: percentileCap },
  ],
  optional: true,
} as const;

/** Lines of a metric, by a property of its events. */
export const lines = {
  kind: "object",
  has: {
    /** Column of the events. */
    attribute: { kind: "text" },
    /** Its values that are lines of their own; all others are one together. */
    levels: {
      kind: "list",
      of: { kind: "text" },
      atLeast: 1,
      atMost: 100,
    },
  },
  optional: true,
} as const;

/** By what a metric is told line by line: a column of its events, and the values that are lines of their own. */
export type MetricLines = FieldsType<(typeof lines)["has"]>;

/** A cap that the data say: a percentile of the values of all variants together. */
export type PercentileCap = FieldsType<typeof percentileCap>;

/** Where one per-unit value comes from: a column of a wide table, or events of a name. */
export type ValueSource = FieldsType<typeof amountSource>;
