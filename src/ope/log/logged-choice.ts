import type { Json } from "../../core/json.js";
import type { BanditRound, FlatRound } from "../../rounds/index.js";
import type { FieldsFor } from "../../shapes/index.js";

/** One round of anybody's log: what was done, with which probability, and what came back. */
export interface LoggedChoice {
  /** Name of the action that was played. */
  readonly action: string;
  /** Null while it is not known. */
  readonly reward: number | null;
  /** Probability with which the action was chosen, in (0, 1]. */
  readonly propensity: number;
  /** What the choice could depend on; default null. */
  readonly context?: Json;
  /** Whose round it is; rounds of one unit are not independent. Default: every round has a unit of its own. */
  readonly unit?: string;
  /** Probability of every action that could be chosen, by name; sums to 1, and holds the propensity. */
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** A round of a log, in any of the forms that are read. */
export type LogEntry = LoggedChoice | BanditRound | FlatRound;

const chance = { kind: "number", atLeast: 0, atMost: 1 } as const;

export const choiceFields = {
  action: { kind: "text" },
  reward: { kind: "either", of: [{ kind: "number" }, { kind: "null" }] },
  propensity: { kind: "number", above: 0, atMost: 1 },
  context: { kind: "json", optional: true },
  unit: { kind: "text", optional: true },
  probabilities: { kind: "map", of: chance, optional: true },
} as const satisfies FieldsFor<LoggedChoice>;
