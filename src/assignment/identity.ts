/** Which id a person counts under, as plain pairs. */
export type IdentityLinks = readonly (readonly [id: string, unitId: string])[];

/** Keeps one person one unit when an anonymous visitor logs in. */
export interface Identity {
  /** @returns the id to assign, expose and count this id under; itself if nothing is known */
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
   */
  link(anonymousId: string, userId: string): string;
  /** @returns every link, to be stored, and to join events and exposures by */
  toJSON(): IdentityLinks;
}

/**
 * Makes the table of who is whom, which keeps one person one unit through logins and devices.
 * @param links  what `toJSON` gave earlier
 * @returns an identity map
 */
export function createIdentity(links: IdentityLinks = []): Identity {
  const units = new Map(links);
  const unitOf = (id: string) => units.get(id) ?? id;
  return {
    unitOf,
    link(anonymousId, userId) {
      const unit = units.get(userId) ?? (units.has(anonymousId) ? userId : anonymousId);
      if (!units.has(anonymousId)) units.set(anonymousId, unit);
      units.set(userId, unit);
      return unit;
    },
    toJSON: () => [...units],
  };
}
