import type { FieldsFor, Shape } from "../shapes/index.js";
import type { BanditRound, ExpectedRewards } from "./bandit-round.js";
import type { LoggedDecision } from "./decision.js";

const text = { kind: "text" } as const;
const number = { kind: "number" } as const;
const words = { kind: "text", empty: true } as const;

const decision = {
  id: text,
  experiment: text,
  definitionVersion: { kind: "number", whole: true, atLeast: 1 },
  unitId: text,
  occasion: words,
  at: text,
  variant: { ...text, optional: true },
  payload: { kind: "json", optional: true },
  reason: { kind: "word", of: ["decided", "sticky"], optional: true },
  action: { kind: "map", of: words },
  propensity: number,
  actions: { kind: "list", of: text, atLeast: 1, optional: true },
  probabilities: { kind: "list", of: number, optional: true },
  eligible: { kind: "list", of: text, optional: true },
  context: { kind: "json" },
  policy: words,
  stateHash: words,
} as const satisfies FieldsFor<LoggedDecision>;

const expected = {
  chosen: number,
  best: number,
  uniform: number,
} as const satisfies FieldsFor<ExpectedRewards>;

/** The keys of a round as `toLogLine` writes it. */
export const roundFields = {
  decision: { kind: "object", has: { ...decision, context: { kind: "json", optional: true } }, open: true },
  reward: { kind: "either", of: [number, { kind: "null" }] },
  period: { ...number, optional: true },
  segment: { ...words, optional: true },
  expected: { kind: "object", has: expected, open: true, optional: true },
} as const satisfies FieldsFor<BanditRound>;

/**
 * A decision and what came back, as a log's line holds them, beside whatever else the caller logs; whether they fit each
 * other is for `banditRun` to say.
 */
export const roundShape: Shape = {
  kind: "object",
  has: { ...roundFields, reward: { ...roundFields.reward, optional: true } },
  open: true,
};
