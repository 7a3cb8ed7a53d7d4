import type { Fields } from "../../shapes/index.js";

const name = { kind: "text" } as const;
const text = { kind: "text", empty: true } as const;
const part = { kind: "object", has: { name, settings: { kind: "json" } } } as const;
const rewards = { kind: "number", atLeast: 0 } as const;
const sums = { kind: "list", of: { kind: "list", of: { kind: "number" } } } as const;

/** A bandit's JSON, `essai.bandit/1`; what settings and sums mean is for the parts to say. */
export const stateFields = {
  format: { kind: "word", of: ["essai.bandit/1"], format: true },
  setup: {
    kind: "object",
    has: {
      experiment: name,
      definitionVersion: { kind: "number", atLeast: 1, whole: true },
      salt: text,
      control: name,
      arms: {
        kind: "list",
        atLeast: 1,
        of: {
          kind: "object",
          has: {
            key: name,
            payload: { kind: "json" },
            action: { kind: "map", of: text },
            share: { kind: "number", atLeast: 0, atMost: 1 },
            status: { kind: "word", of: ["live", "paused", "removed"] },
          },
        },
      },
      gates: { kind: "list", of: name, optional: true },
      policy: part,
      model: part,
      constraints: { kind: "list", of: part },
      objective: { ...part, optional: true },
    },
  },
  rewards,
  sums,
  marks: {
    kind: "object",
    has: {
      source: text,
      merged: {
        kind: "map",
        of: {
          kind: "either",
          of: [
            { kind: "null" },
            { kind: "object", has: { sequence: { kind: "number", atLeast: 0, whole: true }, hash: text } },
          ],
        },
      },
      pending: { kind: "object", has: { rewards, sums } },
    },
    optional: true,
  },
} as const satisfies Fields;
