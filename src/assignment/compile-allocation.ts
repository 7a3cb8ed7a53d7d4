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

/** A range: where it ends and whose it is. */
export interface Slot {
  readonly to: number;
  readonly variant: Arm;
}

/**
 * Prepares a plain experiment's coverage and ranges once for any number of units.
 * @param definition  an experiment whose key, version, salt and coverage were checked
 * @param slots       its ranges, sorted and without gaps
 * @param control     the variant whose payload a unit gets that is not enrolled
 * @returns a tuple, whose names cost no bytes: `allocate`, from unit id to assignment; `give`, which makes an assignment
 */
export function compileAllocation(
  { key: experiment, version: definitionVersion, salt, coverage }: Definition<string, unknown>,
  slots: readonly Slot[],
  control: Arm,
) {
  const covered = pointsOf(salt, COVERAGE);
  const pointed = pointsOf(salt, VARIANT);

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
          payload: control.payload,
          enrolled: false,
          variant: null,
          reason: reason as "coverage",
        };
  const allocate = (unitId: string) => {
    if (coverage < 1 && covered(unitId) >= coverage) return give(unitId, "coverage");
    const point = pointed(unitId);
    // The first range that ends beyond the point.
    let at = 0;
    for (let last = slots.length - 1; at < last; ) {
      const middle = (at + last) >> 1;
      if (point < slots[middle]!.to / POINTS) last = middle;
      else at = middle + 1;
    }
    const { variant } = slots[at]!;
    return give(unitId, "allocated", variant, variant.share, point);
  };
  return [allocate, give] as const;
}
