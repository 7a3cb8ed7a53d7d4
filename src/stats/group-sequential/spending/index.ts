import type { FieldsType, Shape } from "../../../shapes/index.js";
import { hwangShihDeCani } from "./hwang-shih-decani.js";
import { kimDemets } from "./kim-demets.js";
import { obrienFleming } from "./obrien-fleming.js";
import { pocock } from "./pocock.js";
import type { SpendingFunction } from "./spending-function.js";

export type { SpendingFunction } from "./spending-function.js";

/**
 * The family of spending functions. A new one is one file and one line here.
 * @example
 * spendingFunctions.pocock.spent(0.05, 0.25, {}); // 0.01787
 */
export const spendingFunctions = {
  "obrien-fleming": obrienFleming,
  pocock,
  "hwang-shih-decani": hwangShihDeCani,
  "kim-demets": kimDemets,
} as const;

/** The keys of a spending function in a plan, by its type. */
const settings = {
  "obrien-fleming": obrienFleming.settings,
  pocock: pocock.settings,
  "hwang-shih-decani": hwangShihDeCani.settings,
  "kim-demets": kimDemets.settings,
} as const satisfies Record<keyof typeof spendingFunctions, object>;

/** What a spending function may be in a plan, as plain data. */
export const spendingShape = { kind: "choice", by: "type", of: settings } as const satisfies Shape;

/** A spending function in a plan, such as `{ type: "hwang-shih-decani", gamma: -4 }`. */
export type Spending = {
  [K in keyof typeof settings]: { readonly type: K } & FieldsType<(typeof settings)[K]>;
}[keyof typeof settings];

/** The error spent by a fraction of the information, past the end too; all is checked. */
export function spentBy(spending: Spending, error: number, fraction: number): number {
  const { type, ...settings } = spending;
  // The table's type ties each function to its settings; a call through it can't.
  const { spent } = spendingFunctions[type] as SpendingFunction<object>;
  return spent(error, Math.min(fraction, 1), settings);
}
