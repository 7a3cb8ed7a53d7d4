import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { COVERAGE, pointsOf, VARIANT } from "../hash/seed.js";

type Reason = Assignment["reason"];

/** A variant with the share of the points that are its own. */
export interface Arm {
  readonly key: string;
  readonly payload: unknown;
  share: number;
}

/**
 * Prepares a plain experiment's coverage and ranges once for any number of units.
 * @param definition  an experiment, or whatever was passed for one
 * @returns a tuple, whose names cost no bytes: whether each part is one that this version reads; what else the definition
 *   holds, by part; `allocate`, from unit id to assignment; `give`, which makes an assignment; the arms by key
 * @throws TypeError for variants or ranges that are not lists of objects
 */
export function compileAllocation({
  format,
  hash,
  key: experiment,
  version: definitionVersion,
  salt,
  unit,
  variants,
  ranges,
  coverage,
  control,
  policy,
  metrics,
  plan,
  attributes,
  segments,
  factors,
  design,
  ...more
}: Definition<string, unknown>) {
  const arms = new Map<unknown, Arm>(variants.map((each) => [each.key, { ...each, share: 0 }]));
  let end = 0;
  const owners = ranges?.map(({ from, to, variant }) => {
    const arm = arms.get(variant)!;
    if (arm && from === end && to >= end) {
      arm.share += (to - from) / POINTS;
      end = to;
    } else end = Infinity;
    return arm;
  });
  const sound = {
    format: format === "essai.experiment/1",
    hash: hash === "murmur3-1",
    ranges: end === POINTS,
    control: arms.has(control),
    salt: typeof salt === "string",
  };
  const covered = pointsOf(`${salt}`, COVERAGE);
  const pointed = pointsOf(`${salt}`, VARIANT);

  // Two whole literals: a spread costs ten times as much, and gzip folds what they share.
  const give = (
    unitId: string,
    reason: Reason,
    arm?: Arm,
    propensity = 1,
    point?: number,
  ): Assignment<string, unknown> =>
    arm
      ? {
          experiment,
          definitionVersion,
          unitId,
          payload: arm.payload,
          enrolled: true,
          variant: arm.key,
          reason: reason as "allocated",
          point: point ?? pointed(unitId),
          propensity,
        }
      : {
          experiment,
          definitionVersion,
          unitId,
          payload: arms.get(control)!.payload,
          enrolled: false,
          variant: null,
          reason: reason as "coverage",
        };
  const allocate = (unitId: string) => {
    if (coverage < 1 && covered(unitId) >= coverage) return give(unitId, "coverage");
    const point = pointed(unitId);
    // The first range that ends beyond the point.
    let at = 0;
    for (let last = ranges.length - 1; at < last; ) {
      const middle = (at + last) >> 1;
      if (point < ranges[middle]!.to / POINTS) last = middle;
      else at = middle + 1;
    }
    const arm = owners[at]!;
    return give(unitId, "allocated", arm, arm.share, point);
  };
  return [sound, more, allocate, give, arms] as const;
}
