import type { Check } from "./check.js";

/** The units that met a trigger, among all that were exposed. */
export interface Triggered {
  /** Name of the event that triggers. */
  readonly event: string;
  /** Units that met it, and all units. */
  readonly units: number;
  readonly of: number;
  /** Whether all units arrived in the planned shares; the report's own checks are of those that met the trigger. */
  readonly checks: readonly Check[];
}
