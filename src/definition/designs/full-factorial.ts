import type { FieldsFor } from "../../shapes/index.js";
import { noAliasing } from "./aliasing.js";
import { checkDesignOptions } from "./check-design-options.js";
import { createDesign, type Design } from "./design.js";
import { allRuns, type Factors, factorList } from "./factors.js";
import { allowedRuns, type Forbidden } from "./forbidden.js";
import { generalAliasing } from "./general-aliasing.js";

const fullFields = {
  forbid: { kind: "anything", optional: true },
} as const satisfies FieldsFor<{ readonly forbid?: Forbidden }>;

/**
 * Every combination of the factors' levels.
 * @param factors  levels of each factor, the baseline first
 * @param options  forbid: combinations left out, as parts that may not occur together or as a predicate
 * @returns a design that can estimate every effect (those that are left, if combinations are forbidden)
 * @throws ExperimentError with every problem of the factors, `too_many_runs` at ["factors"], and `unknown_factor`,
 *         `not_a_combination`, `no_combination_left` at ["forbid", …]
 */
export function fullFactorial<const F extends Factors>(
  factors: F,
  options: { readonly forbid?: Forbidden<F> } = {},
): Design<F> {
  checkDesignOptions(options, fullFields);
  const list = factorList(factors);
  const all = allRuns(list);
  const runs = allowedRuns(list, all, options.forbid);
  const weights = runs.map(() => 1 / runs.length);
  const aliasing =
    runs.length === all.length
      ? noAliasing(list.length)
      : generalAliasing(
          list,
          runs,
          weights,
          list.map((_, i) => [i]),
        );
  return createDesign({ record: { kind: "full_factorial" }, factors: list, runs, weights, aliasing });
}
