import type { Spending } from "../../../core/plan.js";
import type { FieldsFor, Shape } from "../../../shapes/index.js";

type Settings<T extends Spending["type"]> = FieldsFor<Omit<Extract<Spending, { readonly type: T }>, "type">>;

/** The keys that stand beside `type` in a plan, with their ranges. */
export const spendingSettings = {
  "obrien-fleming": {},
  pocock: {},
  "hwang-shih-decani": { gamma: { kind: "number", atLeast: -40, atMost: 40 } },
  "kim-demets": { rho: { kind: "number", above: 0, atMost: 50 } },
} as const satisfies { readonly [T in Spending["type"]]: Settings<T> };

/** What a spending function may be in a plan, as plain data. */
export const spendingShape = { kind: "choice", by: "type", of: spendingSettings } as const satisfies Shape;
