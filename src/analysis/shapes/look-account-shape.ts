import type { FieldsFor } from "../../shapes/index.js";
import { lookRules } from "../../stats/looks/index.js";
import type { LookAccount } from "../looks/look-account.js";
import { lookHistoryFields } from "../looks/look-history.js";
import { amount, count, flag, number, probability } from "./common-shapes.js";

/** How often results are looked at, and where this look stands. */
export const lookAccount = {
  rule: { kind: "word", of: Object.keys(lookRules) },
  stated: flag,
  look: { ...count, optional: true },
  most: { ...count, optional: true },
  units: count,
  planned: { ...amount, optional: true },
  nominal: probability,
  spent: { ...probability, optional: true },
  futility: {
    kind: "object",
    has: { below: { ...number, optional: true }, binding: flag, power: probability },
    optional: true,
  },
  believing: {
    kind: "object",
    has: {
      prior: { kind: "object", has: { mean: number, standardDeviation: amount } },
      loss: amount,
    },
    optional: true,
  },
  falseChoices: {
    kind: "object",
    has: { looks: count, ship: probability, stop: probability },
    optional: true,
  },
  history: { kind: "object", has: lookHistoryFields, optional: true },
} as const satisfies FieldsFor<LookAccount>;
