import { ExperimentError, no_such_size, too_many_factors } from "../../errors/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkDesignOptions } from "./check-design-options.js";
import { createDesign, type Design, mergeRuns } from "./design.js";
import { type Factors, factorList } from "./factors.js";
import { requireTwoLevels } from "./fractional-factorial.js";
import { generalAliasing } from "./general-aliasing.js";
import { plackettBurmanRows, plackettBurmanRuns } from "./hadamard.js";

const plackettBurmanFields = {
  runs: { kind: "number", optional: true },
} as const satisfies FieldsFor<{ readonly runs?: number }>;

/**
 * A Plackett–Burman screening design: up to runs - 1 two-level factors, main effects orthogonal to each other.
 * @param factors  two levels each, at most 23 factors
 * @param options  runs: 4, 8, 12, 16, 20 or 24; default the fewest that hold the factors
 * @returns the design; with few factors some combinations may have a larger share
 * @throws ExperimentError with every problem of the factors; `not_two_levels` at ["factors", name];
 *         `too_many_factors` at ["factors"]; `no_such_size` at ["runs"]; `unknown_key` at the key
 */
export function plackettBurman<const F extends Factors>(
  factors: F,
  options: { readonly runs?: (typeof plackettBurmanRuns)[number] } = {},
): Design<F> {
  checkDesignOptions(options, plackettBurmanFields);
  const list = factorList(factors);
  requireTwoLevels(list);
  if (options.runs !== undefined && !plackettBurmanRuns.includes(options.runs))
    throw new ExperimentError({ no_such_size }, ["runs"], options.runs, {
      known: plackettBurmanRuns.map(String),
    });
  const size = options.runs ?? plackettBurmanRuns.find((runs) => runs > list.length);
  if (size === undefined || size <= list.length)
    throw new ExperimentError({ too_many_factors }, ["factors"], list.length, {
      expected: { atMost: (size ?? Math.max(...plackettBurmanRuns)) - 1 },
    });
  const { runs, weights } = mergeRuns(plackettBurmanRows(size).map((row) => row.slice(0, list.length)));
  return createDesign({
    record: { kind: "plackett_burman", array: `PB${size}` },
    factors: list,
    runs,
    weights,
    aliasing: generalAliasing(
      list,
      runs,
      weights,
      list.map((_, i) => [i]),
    ),
  });
}
