import type { FieldsFor, Shape } from "../../shapes/index.js";
import type { EffectOverTime, OverTime } from "../over-time/over-time.js";
import { amount, bounds, contrast, count, listOf, number, optional, text } from "./common-shapes.js";
import { changedOn, daysCompared, scaleChange, twoCounts } from "./finding-shapes.js";

const timePoint = {
  kind: "choice",
  by: "status",
  of: {
    ok: { at: text, units: twoCounts, value: number, standardError: amount, interval: bounds },
    undefined: { at: text, units: twoCounts, reason: text },
  },
} as const satisfies Shape;
const timePoints = { kind: "list", of: timePoint } as const;
const effectOverTime = {
  ...{ metric: text, contrast },
  ...{ cumulative: timePoints, during: timePoints, since: timePoints },
  change: {
    kind: "choice",
    by: "status",
    of: {
      ok: {
        ...{ days: daysCompared, units: twoCounts },
        ...{ difference: scaleChange, lift: optional(scaleChange) },
        shows: { kind: "word", of: ["fades", "grows", "turns", "nothing"] },
        on: optional(changedOn),
      },
      undefined: { reason: text },
    },
  },
} as const satisfies FieldsFor<EffectOverTime>;
/** Effects over time. */
export const overTime = {
  days: count,
  by: { kind: "word", of: ["day", "week"] },
  holds: { kind: "word", of: ["together", "each"] },
  effects: listOf(effectOverTime),
  unfollowed: listOf({ metric: text, reason: text }),
} as const satisfies FieldsFor<OverTime>;
