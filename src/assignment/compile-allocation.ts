import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { COVERAGE, hashOf, POINTS, pointOf, seedOf, VARIANT } from "../hash/seed.js";

export type Enrolled = Extract<Assignment<string, unknown>, { enrolled: true }>;
export type NotEnrolled = Extract<Assignment<string, unknown>, { enrolled: false }>;

/**
 * Prepares a definition's coverage and ranges once for any number of units.
 * @param definition  an experiment; its conditions are not looked at
 * @returns `allocate`, from unit id to assignment, and its parts. Object literals, not spreads: those cost ten times
 *   as much.
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

  const refuse = (unitId: string, reason: NotEnrolled["reason"]): NotEnrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: payloads[definition.control],
    enrolled: false,
    variant: null,
    reason,
  });
  const give = (
    unitId: string,
    variant: string,
    reason: Enrolled["reason"],
    propensity: number,
    hash = hashOf(variantSeed, unitId),
  ): Enrolled => ({
    experiment,
    definitionVersion,
    unitId,
    payload: payloads[variant],
    enrolled: true,
    variant,
    reason,
    point: hash / POINTS,
    propensity,
  });
  const allocate = (unitId: string): Assignment<string, unknown> => {
    if (coverage < 1 && pointOf(coverageSeed, unitId) >= coverage) return refuse(unitId, "coverage");
    const hash = hashOf(variantSeed, unitId);
    let i = 0;
    while (hash >= ranges[i]!.to) i++;
    const { variant } = ranges[i]!;
    return give(unitId, variant, "allocated", propensities[variant]!, hash);
  };
  return { allocate, give, refuse, payloads, propensities };
}
