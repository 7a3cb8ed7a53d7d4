import { constraintSettings } from "../bandits/constraints/index.js";
import { featureFields } from "../bandits/encoders/index.js";
import { modelSettings } from "../bandits/models/index.js";
import { objectiveSettings } from "../bandits/objectives/index.js";
import { policySettings } from "../bandits/policies/index.js";
import { stateFields } from "../bandits/state/index.js";
import type { Fields, NamedShapes, Shape } from "../shapes/index.js";

/** A part with its settings: of essai's own parts they are known, another's may be any JSON. */
const partOf = (settings: Readonly<Record<string, Fields>>) =>
  ({
    kind: "choice",
    by: "name",
    of: Object.fromEntries(
      Object.entries(settings).map(([name, has]) => [name, { settings: { kind: "object", has } }]),
    ),
    other: { has: { settings: { kind: "json" } } },
  }) as const satisfies Shape;

const { setup } = stateFields;

/** A bandit's JSON, `essai.bandit/1`; what its parts mean to each other, and its sums, is for them to say. */
export const banditStateShape: Shape = {
  kind: "object",
  has: {
    ...stateFields,
    setup: {
      kind: "object",
      has: {
        ...setup.has,
        policy: partOf(policySettings),
        model: partOf(modelSettings),
        constraints: { kind: "list", of: partOf(constraintSettings) },
        objective: { ...partOf(objectiveSettings), optional: true },
      },
    },
  },
};

/** What a bandit's parts refer to by name. */
export const banditShapes = {
  feature: { kind: "choice", by: "kind", of: featureFields, other: { has: {}, open: true } },
} as const satisfies NamedShapes;
