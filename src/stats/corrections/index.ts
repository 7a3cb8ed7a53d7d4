import { benjaminiHochberg } from "./benjamini-hochberg.js";
import { benjaminiYekutieli } from "./benjamini-yekutieli.js";
import { bonferroni } from "./bonferroni.js";
import type { Correction } from "./correction-names.js";
import { hochberg } from "./hochberg.js";
import { holm } from "./holm.js";
import { holmSidak } from "./holm-sidak.js";
import { hommel } from "./hommel.js";
import { none } from "./none.js";
import { sidak } from "./sidak.js";

export { type Correction, correctionNames, type DecisionCorrection } from "./correction-names.js";
export { stepDown } from "./step.js";

/**
 * The family of corrections for many tests; each takes p-values in any order and returns adjusted ones in that order.
 * @example
 * corrections.holm([0.01, 0.04]); // [0.02, 0.04]
 * Object.keys(corrections).length; // 9
 */
export const corrections = {
  bonferroni,
  sidak,
  holm,
  "holm-sidak": holmSidak,
  hochberg,
  hommel,
  "benjamini-hochberg": benjaminiHochberg,
  "benjamini-yekutieli": benjaminiYekutieli,
  none,
} as const satisfies Readonly<Record<Correction, (pValues: readonly number[]) => number[]>>;
