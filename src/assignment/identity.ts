import { conflicting_link, ExperimentError, requireArray, requireParts } from "../errors/index.js";

/** Which id a person counts under, as plain pairs. */
export type IdentityLinks = readonly (readonly [id: string, unitId: string])[];

/** Keeps one person one unit when an anonymous visitor logs in. */
export interface Identity {
  /**
   * @returns the id to assign, expose and count this id under; itself if nothing is known
   * @throws ExperimentError `invalid_argument` for what is not text, or empty
   */
  unitOf(id: string): string;
  /**
   * Says, at each login, that two ids are one person. The rule: the first id a person was met under stays the unit.
   * - A visitor who logs in for the first time goes on as the anonymous unit: same variant, one unit.
   * - A user known from another device stays the unit he is, and the new anonymous id is led to it; the visitor may see
   *   another variant from then on. Lead events and exposures through `unitOf` before counting: the exposures of both
   *   ids are then one unit's, and if they differ it is counted as seen in two variants.
   * - An anonymous id belongs to the first user who logs in with it; the next user of the device is a unit of his own.
   * A user who was met without an anonymous id is made known by `link(userId, userId)`.
   * @param anonymousId  the visitor's id before logging in
   * @param userId       the id after it
   * @returns the user's unit
   * @throws ExperimentError `invalid_argument` for what is not text, or empty
   */
  link(anonymousId: string, userId: string): string;
  /** @returns every link, to be stored, and to join events and exposures by */
  toJSON(): IdentityLinks;
}

/**
 * Makes the table of who is whom, which keeps one person one unit through logins and devices.
 * @param links  what `toJSON` gave earlier
 * @returns an identity map
 * @throws ExperimentError `wrong_type` for what is not a list; `invalid_argument` at the link that is not a pair of ids, `conflicting_link` where an id is led
 *   to two units, or to one that is itself led to another
 */
export function createIdentity(links: IdentityLinks = []): Identity {
  requireArray(links, ["links"]);
  const units = new Map<string, string>();
  const put = (id: string, unit: string, i: number) => {
    const other = units.get(id) ?? unit;
    if (other !== unit) throw new ExperimentError({ conflicting_link }, ["links", i, 1], unit, { other });
    units.set(id, unit);
  };
  Array.from(links).forEach((link, i) => {
    requireParts(link, ["links", i], { 0: "text", 1: "text" });
    const [id, unit] = link;
    put(id, unit, i);
    // A unit leads to itself, or the next login would make it another's.
    put(unit, unit, i);
  });
  const unitOf = (id: string) => {
    requireParts({ id }, [], { id: "text" });
    return units.get(id) ?? id;
  };
  return {
    unitOf,
    link(anonymousId, userId) {
      requireParts({ anonymousId, userId }, [], { anonymousId: "text", userId: "text" });
      const unit = units.get(userId) ?? (units.has(anonymousId) ? userId : anonymousId);
      if (!units.has(anonymousId)) units.set(anonymousId, unit);
      units.set(userId, unit);
      return unit;
    },
    toJSON: () => [...units],
  };
}
