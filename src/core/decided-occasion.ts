import type { Json } from "./json.js";

/** What every decision says of its occasion, whether the policy chose or the unit got something past it. */
export interface DecidedOccasion {
  /** Of experiment, unit and occasion: the same occasion has the same id. */
  readonly id: string;
  readonly experiment: string;
  readonly definitionVersion: number;
  readonly unitId: string;
  readonly occasion: string;
  /** ISO 8601. */
  readonly at: string;
  readonly context: Json;
}
