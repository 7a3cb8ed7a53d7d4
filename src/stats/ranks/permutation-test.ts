import type { Alternative } from "../../core/estimate.js";
import { requireList, requireMethod, requireNumber } from "../../errors/index.js";
import type { RandomSource } from "../../random/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { alternativeFields } from "../inference/estimate-fields.js";
import { readAlternative } from "../inference/read-options.js";

/** Options of {@link permutationTest}. */
export interface PermutationOptions {
  readonly alternative?: Alternative;
  /** Needed when the splits are too many to go through all (more than 20,000). */
  readonly random?: RandomSource;
  /** Random splits when not all are gone through, at least 99; default 9999. */
  readonly replicates?: number;
}

const permutationFields = {
  ...alternativeFields,
  random: { kind: "anything", optional: true },
  replicates: { kind: "number", atLeast: 99, whole: true, optional: true },
} as const satisfies FieldsFor<PermutationOptions>;

/** What a permutation test says. */
export interface PermutationResult {
  readonly method: "permutation-exact" | "permutation";
  /** treatment − control mean. */
  readonly value: number;
  readonly pValue: number;
  /** Splits looked at, the observed one included. */
  readonly permutations: number;
}

function splits(n: number, k: number): number {
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (n - k + i)) / i;
  return Math.round(count);
}

/**
 * Permutation test of a difference in means: how often random relabelling of the units gives a difference at least as
 * large. Goes through all splits when there are at most 20,000.
 * @param control    one value per unit, finite, at least one
 * @param treatment  the same of the other arm
 * @param options    alternative, random, replicates
 * @returns difference of means, pValue in (0, 1], and the number of splits
 * @throws ExperimentError `insufficient_data` at [arm, "length"]; `missing_value` at ["options", "random"] when chance is
 *         needed and none was given; `unknown_key` at ["options", …]; `wrong_type` or `not_finite` at [arm, i]; `out_of_range` at ["options", "replicates"]
 * @source Fisher (1935), The Design of Experiments; Phipson & Smyth (2010) for random splits
 * @checked test/reference/ranks.json — exact enumeration
 * @example
 * permutationTest([1, 4, 5, 9], [6, 7, 11, 12, 15]).pValue; // 0.06349
 */
export function permutationTest(
  control: ArrayLike<number>,
  treatment: ArrayLike<number>,
  options: PermutationOptions = {},
): PermutationResult {
  checkOptions(options, permutationFields);
  const { random, replicates = 9999 } = options;
  if (random !== undefined) requireMethod(random, ["options", "random"], "next");
  const values: number[] = [];
  for (const [arm, list] of [["control", control] as const, ["treatment", treatment] as const]) {
    requireList(list, [arm]);
    requireUnits(list.length, [arm, "length"], 1);
    for (let i = 0; i < list.length; i++) {
      const value: unknown = list[i];
      requireNumber(value, [arm, i]);
      values.push(value);
    }
  }
  const alternative = readAlternative(options);
  const n = values.length;
  const k = treatment.length;
  const total = values.reduce((a, b) => a + b, 0);
  const difference = (sum: number) => sum / k - (total - sum) / (n - k);
  const value = difference(values.slice(n - k).reduce((a, b) => a + b, 0));
  // Splits as far out as the observed one up to rounding count.
  const slack = 1e-12 * (Math.abs(value) + values.reduce((sum, x) => sum + Math.abs(x), 0) / n);
  const extreme = (other: number) =>
    alternative === "two-sided"
      ? Math.abs(other) >= Math.abs(value) - slack
      : alternative === "greater"
        ? other >= value - slack
        : other <= value + slack;
  const count = splits(n, k);
  if (count <= 20_000) {
    let found = 0;
    const choose = (from: number, left: number, sum: number): void => {
      if (left === 0) {
        if (extreme(difference(sum))) found++;
        return;
      }
      for (let i = from; i <= n - left; i++) choose(i + 1, left - 1, sum + (values[i] as number));
    };
    choose(0, k, 0);
    return { method: "permutation-exact", value, pValue: found / count, permutations: count };
  }
  requireMethod(random, ["options", "random"], "next");
  let found = 1;
  for (let r = 0; r < replicates; r++) {
    let sum = 0;
    for (let i = 0; i < k; i++) {
      const j = i + Math.floor(random.next() * (n - i));
      const chosen = values[j] as number;
      values[j] = values[i] as number;
      values[i] = chosen;
      sum += chosen;
    }
    if (extreme(difference(sum))) found++;
  }
  return { method: "permutation", value, pValue: found / (replicates + 1), permutations: replicates + 1 };
}
