import type { Assignment, Exposure } from "../core/assignment.js";
import { toldTime } from "../core/told-time.js";
import { type ErrorPath, ExperimentError, invalid_argument, requireParts } from "../errors/index.js";
import { EXPOSURE, hashOf, seedOf } from "../hash/seed.js";

const unit = { experiment: "text", definitionVersion: 1, unitId: "text" } as const;
/** The parts of an exposure that say who saw what. */
const seen = { ...unit, variant: "text" } as const;

function idOf(experiment: string, definitionVersion: number, unitId: string, variant: string): string {
  let id = "";
  for (let lane = 0; lane < 4; lane++) {
    const seed = hashOf(seedOf(experiment, EXPOSURE + (lane << 16)), String(definitionVersion));
    id += hashOf(hashOf(seed, unitId), variant).toString(16).padStart(8, "0");
  }
  return id;
}

/**
 * The exposure's id: four 32-bit hashes of the variant, each seeded by the unit's hash under the experiment and
 * version. The same unit, variant, experiment and version give the same id on every machine.
 * @param experiment         its key
 * @param definitionVersion  the version whose assignment the unit saw
 * @param unitId             who saw it
 * @param variant            what was seen
 * @returns 32 hex digits
 * @throws ExperimentError `invalid_argument` for what is not text, or empty, and for a version that is not a whole number
 *   of at least 1
 */
export function exposureId(
  experiment: string,
  definitionVersion: number,
  unitId: string,
  variant: string,
): string {
  requireParts({ experiment, definitionVersion, unitId, variant }, [], seen);
  return idOf(experiment, definitionVersion, unitId, variant);
}

const met = { ...seen, propensity: { atMost: 1 } } as const;

/** @throws ExperimentError `invalid_argument` at the first part that is not an assignment's */
export function requireAssignment(assignment: Assignment<string, unknown>): void {
  requireParts(assignment, ["assignment"], {
    reason: "text",
    ...(assignment?.enrolled === false ? unit : met),
  });
}

/** @throws ExperimentError `invalid_argument` at the first attribute that is not text */
export function requireAttributes(attributes: Exposure["attributes"], path: ErrorPath): void {
  if (attributes === undefined) return;
  if (Object.prototype.toString.call(attributes) !== "[object Object]")
    throw new ExperimentError({ invalid_argument }, path, attributes, { expected: { type: "object" } });
  requireParts(attributes, path, Object.fromEntries(Object.keys(attributes).map((key) => [key, "text"])));
}

/** @throws ExperimentError `invalid_argument` at the first part that is not an exposure's */
export function requireExposure(exposure: Exposure, path: ErrorPath): void {
  requireParts(exposure, path, { id: "text", ...met, at: "text" });
  requireAttributes(exposure.attributes, [...path, "attributes"]);
}

/**
 * The record that a unit saw its variant.
 * @param assignment  what the unit was shown
 * @param at          when, as a `Date` or milliseconds since 1970
 * @param attributes  where: channel, segment, page, touch number …
 * @returns the exposure, or null where there is nothing to count: the unit is not enrolled, or it has its variant by
 *   override or rollout
 * @throws ExperimentError `invalid_argument` for what is not an assignment, not a time, or an attribute that is not
 *   text
 */
export function exposureOf(
  assignment: Assignment<string, unknown>,
  at: Date | number,
  attributes?: Readonly<Record<string, string>>,
): Exposure | null {
  requireAssignment(assignment);
  requireAttributes(attributes, ["attributes"]);
  if (assignment.enrolled === false || assignment.reason === "override" || assignment.reason === "rollout")
    return null;
  const time = toldTime(at);
  requireParts({ at: time }, [], { at: "number" });
  const { experiment, definitionVersion, unitId, variant, propensity, rule, heldBack } = assignment;
  return {
    id: idOf(experiment, definitionVersion, unitId, variant),
    experiment,
    definitionVersion,
    unitId,
    variant,
    at: new Date(time).toISOString(),
    propensity,
    ...(rule !== undefined && { rule, heldBack: heldBack === true }),
    ...(attributes && { attributes: { ...attributes } }),
  };
}
