import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { COVERAGE, hashOf, POINTS, pointOf, seedOf, VARIANT } from "../hash/seed.js";

/**
 * Prepares a definition's coverage and ranges once for any number of units.
 * @param definition  an experiment; only salt, coverage, variants and ranges are looked at
 * @returns a function from unit id to assignment, reason `"allocated"` or `"coverage"`
 */
export function compileAllocation(definition: Definition<string, unknown>) {
  const { key: experiment, version: definitionVersion, salt, ranges, coverage } = definition;
  const payloads: Record<string, unknown> = {};
  const propensities: Record<string, number> = {};
  for (const { key, payload } of definition.variants) {
    payloads[key] = payload;
    propensities[key] = 0;
  }
  for (const { from, to, variant } of ranges) propensities[variant]! += (to - from) / POINTS;
  const coverageSeed = seedOf(salt, COVERAGE);
  const variantSeed = seedOf(salt, VARIANT);

  return (unitId: string): Assignment<string, unknown> => {
    const enrolled = coverage === 1 || pointOf(coverageSeed, unitId) < coverage;
    const hash = hashOf(variantSeed, unitId);
    let i = 0;
    while (hash >= ranges[i]!.to) i++;
    const { variant } = ranges[i]!;
    return enrolled
      ? {
          experiment,
          definitionVersion,
          unitId,
          payload: payloads[variant],
          enrolled,
          variant,
          reason: "allocated",
          point: hash / POINTS,
          propensity: propensities[variant]!,
        }
      : {
          experiment,
          definitionVersion,
          unitId,
          payload: payloads[definition.control],
          enrolled,
          variant: null,
          reason: "coverage",
        };
  };
}
