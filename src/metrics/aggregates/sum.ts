import type { Aggregate } from "./aggregate.js";

/** Sum of the events' amounts. */
export const sum: Aggregate = {
  needsAmount: true,
  support: "real",
  fold: (soFar, amount) => soFar + amount,
  sql: (counts, amount, { double }) =>
    `coalesce(sum(CASE WHEN ${counts} THEN ${amount} END), ${double("0")})`,
};
