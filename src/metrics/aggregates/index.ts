import type { Aggregate } from "./aggregate.js";
import { any } from "./any.js";
import { count } from "./count.js";
import { sum } from "./sum.js";

export type { Aggregate, AggregateSpelling, Support } from "./aggregate.js";

/** The family of aggregates. A new member is one new file and one line here. */
export const aggregates = { any, sum, count } as const satisfies Readonly<Record<string, Aggregate>>;

/** Name of an aggregate. */
export type AggregateName = keyof typeof aggregates;
