import type { FieldsType, Shape } from "../../shapes/index.js";
import { sequentialPlanFields } from "./plan.js";

const number = { kind: "number" } as const;
const bound = { kind: "either", of: [number, { kind: "null" }] } as const;
const share = { kind: "number", atLeast: 0, below: 1 } as const;

/** The state of a sequential analysis, as it is stored between looks: its one table. */
export const looksStateShape = {
  kind: "object",
  has: {
    format: { kind: "word", of: ["essai.looks/1"], format: true },
    /** What is tested, by the name that the caller gave it. */
    trial: { kind: "text" },
    plan: { kind: "object", has: sequentialPlanFields },
    /** The planned information, in the unit of the looks' own. */
    information: { kind: "number", above: 0 },
    /** z expected at the planned information under the planned effect, towards the alternative. */
    drift: number,
    /** The looks paid for, in order; `lower` and `upper` are boundaries of z, null where nothing stops it. */
    looks: {
      kind: "list",
      of: {
        kind: "object",
        has: {
          information: { kind: "number", above: 0 },
          estimate: number,
          standardError: { kind: "number", above: 0 },
          lower: bound,
          upper: bound,
          spent: share,
          missed: share,
        },
      },
    },
    /** What all repeated intervals so far have in common, metric's unit; null where it is open. */
    lower: bound,
    upper: bound,
    /** Why no look follows, or null: a boundary was crossed, or the information is there. */
    ended: {
      kind: "either",
      of: [{ kind: "word", of: ["upper", "lower", "information"] }, { kind: "null" }],
    },
  },
} as const satisfies Shape;

/** The state of a sequential analysis: plain JSON of about 150 bytes per look. */
export type LooksState = FieldsType<(typeof looksStateShape)["has"]>;
