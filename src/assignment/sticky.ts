/** What is remembered of a unit's first assignment. Plain JSON. */
export interface StickyRecord {
  readonly variant: string;
  readonly definitionVersion: number;
  readonly propensity: number;
  readonly rule?: string;
  readonly heldBack?: boolean;
}

/**
 * Keeps every unit in the variant it was first given, with the version and propensity of that time, even when it no
 * longer meets the audience or the allocation has changed; for as long as status, schedule, layer, holdouts and
 * prerequisites let the experiment run for it. A variant that was removed is forgotten. A change of coverage never
 * needs this. Synchronous, so that assigning stays so: load a unit's records beforehand.
 */
export interface StickyStore {
  /** @returns the unit's record in the experiment, or undefined */
  get(experiment: string, unitId: string): StickyRecord | undefined;
  /** Called for a unit that is newly enrolled at random or by a rule. */
  set(experiment: string, unitId: string, record: StickyRecord): void;
}
