import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { COVERAGE, pointOf, seedOf, VARIANT } from "../hash/seed.js";

/** A variant with the share of the points that are its own. */
export interface Arm {
  readonly key: string;
  readonly payload: unknown;
  readonly share: number;
}

/**
 * Prepares a definition's coverage and ranges once for any number of units.
 * @param definition  an experiment, or whatever was passed for one; its conditions are not looked at
 * @returns `allocate`, from unit id to assignment, the property that makes it none of this version's definitions, if any,
 *   the arms by key and the seed of variants; a tuple, whose names cost no bytes
 * @throws TypeError for variants or ranges that are not lists of objects
 */
export function compileAllocation(definition: Definition<string, unknown>) {
  const {
    format,
    hash,
    key: experiment,
    version: definitionVersion,
    salt,
    variants,
    ranges,
    coverage,
    control,
  } = definition;
  const arms = new Map<unknown, Arm & { share: number }>(
    variants.map((each) => [each.key, { ...each, share: 0 }]),
  );
  const base = arms.get(control)!;
  const owners: Arm[] = [];
  // As many equal parts of the points as ranges; for each, the first range that reaches into it.
  const guide: number[] = [];
  let end = 0;
  ranges?.forEach((range) => {
    const arm = arms.get(range.variant);
    if (arm && range.from === end && range.to >= end && range.to <= POINTS) {
      arm.share += (range.to - end) / POINTS;
      end = range.to;
      while (guide.length < (end / POINTS) * ranges.length) guide.push(owners.length);
      owners.push(arm);
    }
  });
  const wrong =
    format !== "essai.experiment/1"
      ? "format"
      : hash !== "murmur3-1"
        ? "hash"
        : end !== POINTS
          ? "ranges"
          : base
            ? typeof salt === "string"
              ? undefined
              : "salt"
            : "control";
  const coverageSeed = seedOf(`${salt}`, COVERAGE);
  const variantSeed = seedOf(`${salt}`, VARIANT);

  // Two whole literals: a spread costs ten times as much, and gzip folds what they share.
  const allocate = (unitId: string): Assignment<string, unknown> => {
    if (coverage < 1 && pointOf(coverageSeed, unitId) >= coverage)
      return {
        experiment,
        definitionVersion,
        unitId,
        payload: base.payload,
        enrolled: false,
        variant: null,
        reason: "coverage",
      };
    const point = pointOf(variantSeed, unitId);
    let at = guide[(point * guide.length) | 0]!;
    while (point >= ranges[at]!.to / POINTS) at++;
    const { key: variant, payload, share: propensity } = owners[at]!;
    return {
      experiment,
      definitionVersion,
      unitId,
      payload,
      enrolled: true,
      variant,
      reason: "allocated",
      point,
      propensity,
    };
  };
  return [allocate, wrong, arms, variantSeed] as const;
}
