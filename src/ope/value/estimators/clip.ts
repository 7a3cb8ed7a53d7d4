import { geometric, type ValueSetting } from "./value-estimator.js";

/** Weights above it count as it. */
export const clip = {
  name: "clip",
  range: { above: 0 },
  least: Number.POSITIVE_INFINITY,
  tuned: false,
  grid: (largest) => geometric(largest, Math.min(1, largest / 2), 12),
} as const satisfies ValueSetting;
