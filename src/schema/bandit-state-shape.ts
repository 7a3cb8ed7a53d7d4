import type { Shape } from "../shapes/index.js";

const text = { kind: "text" } as const;
const words = { kind: "text", empty: true } as const;
const part = { kind: "object", has: { name: text, settings: { kind: "json" } } } as const;

const arm = {
  key: text,
  action: { kind: "map", of: words },
  share: { kind: "number", atLeast: 0, atMost: 1 },
  status: { kind: "word", of: ["live", "paused", "removed"] },
} as const;

const setup = {
  experiment: text,
  definitionVersion: { kind: "number", whole: true, atLeast: 1 },
  salt: words,
  control: text,
  arms: { kind: "list", of: { kind: "object", has: arm }, atLeast: 1 },
  policy: part,
  model: part,
  constraints: { kind: "list", of: part },
  objective: { ...part, optional: true },
} as const;

/** A bandit's JSON, `essai.bandit/1`; what the sums mean is the reward model's, and checked by `restoreBandit`. */
export const banditStateShape: Shape = {
  kind: "object",
  has: {
    format: { kind: "word", of: ["essai.bandit/1"], format: true },
    setup: { kind: "object", has: setup },
    rewards: { kind: "number", atLeast: 0 },
    sums: { kind: "list", of: { kind: "list", of: { kind: "number" } } },
  },
};
