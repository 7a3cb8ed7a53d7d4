import type { ValueSetting } from "./value-estimator.js";

/** λ of w / (1 − λ + λ w): weights stay below 1 / λ, and those near 1 stay what they are. */
export const bend = {
  name: "bend",
  range: { atLeast: 0, atMost: 1 },
  least: 0,
  tuned: true,
  grid: () => [0, 1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 0.5, 0.8],
} as const satisfies ValueSetting;

/** @source Metelli, Russo & Restelli (2021), NeurIPS 34: subgaussian importance sampling */
export const bent = (w: number, lambda: number): number => w / (1 - lambda + lambda * w);
