import { hallInverse } from "../core/hall.js";
import type { Judged, Measured } from "./held-out.js";

/** A number with its interval. */
export interface Ranged extends Measured {
  readonly interval: readonly [lower: number, upper: number];
}

/** Of what is not there. */
export const nothing: Ranged = { value: 0, standardError: 0, interval: [0, 0] };

/**
 * A number with its interval, which is longer on the side to which its errors are lopsided.
 * @param critical  of the standard normal, > 0
 * @source Hall (1992), JRSS B 54
 */
export function ranged({ value, standardError, skewness }: Judged, critical: number): Ranged {
  return {
    ...{ value, standardError },
    interval: [
      value - hallInverse(critical, skewness) * standardError,
      value - hallInverse(-critical, skewness) * standardError,
    ],
  };
}
