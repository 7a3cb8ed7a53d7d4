import type { Condition } from "../core/condition.js";

/**
 * Segments that many teams know, as conditions on what `behaviours` gives: for `segments` of a definition, and to be adapted.
 *
 * - `just-browsing`: three visits or more, no purchase.
 * - `brand-loyal`: four purchases or more, the last within half a year, fewer than half of them at a reduced price.
 * - `deal-hunters`: two purchases or more, half of them or more at a reduced price.
 */
export const knownSegments = {
  "just-browsing": {
    all: [
      { attribute: "visits", gte: 3 },
      { attribute: "frequency", lt: 1 },
    ],
  },
  "brand-loyal": {
    all: [
      { attribute: "frequency", gte: 4 },
      { attribute: "recency_days", lt: 183 },
      { attribute: "discount_share", lt: 0.5 },
    ],
  },
  "deal-hunters": {
    all: [
      { attribute: "frequency", gte: 2 },
      { attribute: "discount_share", gte: 0.5 },
    ],
  },
} as const satisfies Readonly<Record<string, Condition>>;
