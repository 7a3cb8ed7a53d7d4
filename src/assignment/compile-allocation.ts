import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { COVERAGE, hashOf, pointOf, seedOf, VARIANT } from "../hash/seed.js";

export type Enrolled = Extract<Assignment<string, unknown>, { enrolled: true }>;
export type NotEnrolled = Extract<Assignment<string, unknown>, { enrolled: false }>;

/**
 * Prepares a definition's coverage and ranges once for any number of units.
 * @param definition  an experiment; its conditions are not looked at
 * @returns `allocate`, from unit id to assignment, and its parts: a tuple, whose names cost no bytes
 */
export function compileAllocation(definition: Definition<string, unknown>) {
  const { key: experiment, version: definitionVersion, salt, ranges, coverage } = definition;
  const arms: Record<string, { payload: unknown; propensity: number }> = {};
  for (const { key, payload } of definition.variants) arms[key] = { payload, propensity: 0 };
  for (const { from, to, variant } of ranges) arms[variant]!.propensity += (to - from) / POINTS;
  const coverageSeed = seedOf(salt, COVERAGE);
  const variantSeed = seedOf(salt, VARIANT);

  // Two whole literals: a spread costs ten times as much, and gzip folds what they share.
  const allocate = (unitId: string): Assignment<string, unknown> => {
    const hash = hashOf(variantSeed, unitId);
    // Right at once for equal shares, and near it for most others.
    let i = ((hash / POINTS) * ranges.length) | 0;
    while (hash >= ranges[i]!.to) i++;
    while (hash < ranges[i]!.from) i--;
    const { variant } = ranges[i]!;
    return coverage < 1 && pointOf(coverageSeed, unitId) >= coverage
      ? {
          experiment,
          definitionVersion,
          unitId,
          payload: arms[definition.control]!.payload,
          enrolled: false,
          variant: null,
          reason: "coverage",
        }
      : {
          experiment,
          definitionVersion,
          unitId,
          payload: arms[variant]!.payload,
          enrolled: true,
          variant,
          reason: "allocated",
          point: hash / POINTS,
          propensity: arms[variant]!.propensity,
        };
  };
  return [allocate, arms, variantSeed] as const;
}
