import type { Exposure } from "../../core/assignment.js";
import type { FieldsFor } from "../../shapes/index.js";

const text = { kind: "text" } as const;

const exposureFields = {
  id: text,
  experiment: text,
  definitionVersion: { kind: "number", whole: true, atLeast: 1 },
  unitId: text,
  variant: text,
  at: text,
  propensity: { kind: "number", atLeast: 0, atMost: 1 },
  rule: { ...text, optional: true },
  heldBack: { kind: "flag", optional: true },
  attributes: { kind: "map", of: text, optional: true },
} as const satisfies FieldsFor<Exposure>;

/** An exposure as it leaves the log, one member of the list that `postTo` posts. */
export const exposureShape = { kind: "object", has: exposureFields } as const;
