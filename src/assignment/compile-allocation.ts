import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import type { Arm, Slot } from "../gates/read-experiment.js";
import { pointsOf, VARIANT } from "../hash/seed.js";

/**
 * Prepares an experiment's ranges once for any number of units.
 * @param definition  an experiment whose key, version and salt were checked
 * @param slots       its ranges, sorted and without gaps
 * @param control     the variant whose payload a unit gets that is not enrolled
 * @returns what makes an assignment of a unit's id and a reason: by chance where that is `"allocated"`, else with the
 *   variant that is passed, or none; and with its probability, if that is not the variant's share
 */
export function compileAllocation(
  { key: experiment, version: definitionVersion, salt }: Definition<string, unknown>,
  slots: readonly Slot[],
  control: Arm,
) {
  const pointed = pointsOf(salt, VARIANT);

  return (
    unitId: string,
    reason: string,
    arm?: Arm | false | undefined,
    propensity?: number,
  ): Assignment<string, unknown> => {
    let point: number | undefined;
    if (reason === "allocated") {
      point = pointed(unitId);
      // The last range that begins at the point or before it.
      let at = 0;
      for (let left = slots.length, half: number; (half = left >> 1); left -= half)
        if (slots[at + half]!.from <= point) at += half;
      arm = slots[at]?.variant;
    }
    // Two whole literals: a spread costs ten times as much, and gzip folds what they share.
    return arm
      ? {
          experiment,
          definitionVersion,
          unitId,
          payload: arm.payload,
          enrolled: true,
          variant: arm.key,
          reason: reason as "allocated",
          point: point ?? pointed(unitId),
          propensity: propensity ?? arm.share,
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
  };
}
