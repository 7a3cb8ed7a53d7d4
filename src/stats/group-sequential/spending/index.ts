import type { Spending } from "../../../core/plan.js";
import { hwangShihDeCani } from "./hwang-shih-decani.js";
import { kimDemets } from "./kim-demets.js";
import { obrienFleming } from "./obrien-fleming.js";
import { pocock } from "./pocock.js";
import type { SpendingFunction } from "./spending-function.js";

export type { Spending } from "../../../core/plan.js";
export { spendingShape } from "./settings.js";
export type { SpendingFunction } from "./spending-function.js";

/**
 * The family of spending functions. A new one is one file, a line here and its numbers in `spendingSettings`.
 * @example
 * spendingFunctions.pocock.spent(0.05, 0.25, {}); // 0.01787
 */
export const spendingFunctions = {
  "obrien-fleming": obrienFleming,
  pocock,
  "hwang-shih-decani": hwangShihDeCani,
  "kim-demets": kimDemets,
} as const satisfies { readonly [T in Spending["type"]]: unknown };

/** The error spent by a fraction of the information, past the end too; all is checked. */
export function spentBy(spending: Spending, error: number, fraction: number): number {
  const { type, ...settings } = spending;
  // The table's type ties each function to its settings; a call through it can't.
  const { spent } = spendingFunctions[type] as SpendingFunction<object>;
  return spent(error, Math.min(fraction, 1), settings);
}
