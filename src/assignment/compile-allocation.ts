import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { COVERAGE, hashOf, seedOf, VARIANT } from "../hash/seed.js";

export type Enrolled = Extract<Assignment<string, unknown>, { enrolled: true }>;
export type NotEnrolled = Extract<Assignment<string, unknown>, { enrolled: false }>;

/**
 * Prepares a definition's coverage and ranges once for any number of units.
 * @param definition  an experiment, or whatever was passed for one; its conditions are not looked at
 * @returns `allocate`, from unit id to assignment, the property that makes it none of this version's definitions, if any,
 *   and its parts, the arms and the seed of variants; a tuple, whose names cost no bytes
 */
export function compileAllocation(definition: Definition<string, unknown>) {
  const {
    format,
    hash: hashing,
    key,
    version,
    salt,
    variants,
    ranges,
    coverage,
    control,
  } = Object(definition) as typeof definition;
  const arms = new Map(variants?.map((each) => [each.key, { ...each, propensity: 0 }]));
  let end: number | undefined = 0;
  for (const { from, to, variant } of ranges ?? []) {
    const arm = arms.get(variant);
    // Nothing follows on undefined, not even a range without `from`: no number is >= undefined.
    if (arm && from === end && to >= from) {
      arm.propensity += (to - from) / POINTS;
      end = to;
    } else end = undefined;
  }
  const controlArm = arms.get(control);
  const wrong =
    format !== "essai.experiment/1"
      ? "format"
      : hashing !== "murmur3-1"
        ? "hash"
        : end !== POINTS
          ? "ranges"
          : controlArm
            ? typeof salt !== "string" && "salt"
            : "control";
  const coverageSeed = seedOf(`${salt}`, COVERAGE);
  const variantSeed = seedOf(`${salt}`, VARIANT);

  // Two whole literals: a spread costs ten times as much, and gzip folds what they share.
  const allocate = (unitId: string): Assignment<string, unknown> => {
    const hash = hashOf(variantSeed, unitId);
    let first = 0;
    let last = ranges.length - 1;
    while (first < last) {
      const middle = (first + last) >> 1;
      if (hash < ranges[middle]!.to) last = middle;
      else first = middle + 1;
    }
    const { key: variant, payload, propensity } = arms.get(ranges[first]!.variant)!;
    return coverage < 1 && hashOf(coverageSeed, unitId) / POINTS >= coverage
      ? {
          experiment: key,
          definitionVersion: version,
          unitId,
          payload: controlArm?.payload,
          enrolled: false,
          variant: null,
          reason: "coverage",
        }
      : {
          experiment: key,
          definitionVersion: version,
          unitId,
          payload,
          enrolled: true,
          variant,
          reason: "allocated",
          point: hash / POINTS,
          propensity,
        };
  };
  return [allocate, wrong, arms, variantSeed] as const;
}
