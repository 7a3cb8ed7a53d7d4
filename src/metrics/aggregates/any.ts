import type { Aggregate } from "./aggregate.js";

/** 1 where there is any event, else 0. */
export const any: Aggregate = {
  needsAmount: false,
  support: "binary",
  fold: () => 1,
  sql: (counts, _, { double }) => double(`max(CASE WHEN ${counts} THEN 1 ELSE 0 END)`),
};
