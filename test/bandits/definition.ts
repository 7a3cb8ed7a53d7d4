import type { Definition } from "../../src/core/definition.js";

/** A definition with equally shared variants `a`, `b`, …, control first. */
export function definitionOf(arms: number, policy = "thompson", key = "checkout"): Definition {
  const variants = Array.from({ length: arms }, (_, i) => ({
    key: String.fromCharCode(97 + i),
    payload: null,
  }));
  const width = 2 ** 32 / arms;
  return {
    format: "essai.experiment/1",
    key,
    version: 1,
    salt: key,
    hash: "murmur3-1",
    unit: "userId",
    control: "a",
    variants,
    ranges: variants.map(({ key: variant }, i) => ({
      from: Math.round(i * width),
      to: Math.round((i + 1) * width),
      variant,
    })),
    coverage: 1,
    policy,
    metrics: [{ key: "conversion", type: "conversion", role: "goal" }],
    plan: { level: 0.95, macro: "holm", micro: "bh" },
  };
}
