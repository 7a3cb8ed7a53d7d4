/** Units of a variant that were exposed; the version as found. */
export interface ExposedGroup {
  readonly variant: string;
  readonly version?: string;
  readonly units: number;
}

/** Why units and events do not count where a trigger is asked for. */
export const triggerReasons = { units: "not_triggered", events: "events_without_trigger" } as const;
