import type { Assignment, Exposure } from "../core/assignment.js";
import { EXPOSURE, hashOf, seedOf } from "../hash/seed.js";

/**
 * The exposure's id: four 32-bit hashes of the variant, each seeded by the unit's hash under the experiment and
 * version. The same unit, variant, experiment and version give the same id on every machine.
 * @param experiment         its key
 * @param definitionVersion  the version whose assignment the unit saw
 * @param unitId             who saw it
 * @param variant            what was seen
 * @returns 32 hex digits
 */
export function exposureId(
  experiment: string,
  definitionVersion: number,
  unitId: string,
  variant: string,
): string {
  let id = "";
  for (let lane = 0; lane < 4; lane++) {
    const seed = hashOf(seedOf(experiment, EXPOSURE + (lane << 16)), String(definitionVersion));
    id += hashOf(hashOf(seed, unitId), variant).toString(16).padStart(8, "0");
  }
  return id;
}

/**
 * The record that a unit saw its variant.
 * @param assignment  what the unit was shown
 * @param at          when, as a `Date` or milliseconds since 1970
 * @returns the exposure, or null where there is nothing to count: the unit is not enrolled, or it has its variant by
 *   override or rollout
 */
export function exposureOf(assignment: Assignment<string, unknown>, at: Date | number): Exposure | null {
  if (!assignment.enrolled || assignment.reason === "override" || assignment.reason === "rollout")
    return null;
  const { experiment, definitionVersion, unitId, variant, propensity, rule, heldBack } = assignment;
  const exposure = {
    id: exposureId(experiment, definitionVersion, unitId, variant),
    experiment,
    definitionVersion,
    unitId,
    variant,
    at: new Date(at).toISOString(),
    propensity,
  };
  return rule === undefined ? exposure : { ...exposure, rule, heldBack: heldBack === true };
}
