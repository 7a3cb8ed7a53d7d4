import type { Aggregate } from "./aggregate.js";

/** Number of events. */
export const count: Aggregate = {
  needsAmount: false,
  support: "nonNegative",
  fold: (soFar) => soFar + 1,
  sql: (counts, _, { double }) => double(`count(CASE WHEN ${counts} THEN 1 END)`),
};
