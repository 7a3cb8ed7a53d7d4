import type { Estimate } from "../../core/estimate.js";

/** An estimate that has numbers. */
export type Estimated = Extract<Estimate, { readonly status: "ok" }>;

/** @returns the interval that agrees with the corrected p-value */
export function decisive({ interval, simultaneous = interval }: Estimated): readonly [number, number] {
  return simultaneous;
}
