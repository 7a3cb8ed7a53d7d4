import type { Alternative } from "../../core/estimate.js";
import type { Tail } from "../inference/tail.js";

/** What a look's evidence depends on beside its deviate. */
export interface LookScale {
  /** The mixture's variance over the estimate's own: how far the look is beyond where the boundary watches. */
  readonly ratio: number;
  /** The planned effect in standard errors of this look; only `mixed` reads it. */
  readonly effect: number;
  /** Degrees of freedom; only `student-mixture` reads them. */
  readonly df: number;
}

/** Evidence that may be read at every look: its mean never exceeds 1 while the hypothesis holds, wherever one stops. */
export interface Boundary {
  /** Natural logarithm of the two-sided e-value of a deviate ≥ 0; rises with it. */
  logE(deviate: number): number;
  /** @returns the deviate whose `logE` that is; Infinity where none reaches it */
  critical(logE: number): number;
}

/**
 * A boundary in the place of a reference distribution: what inverts a test at a critical value then gives a
 * confidence sequence. One side of a symmetric mixture is twice the whole minus the other side, and the other side is
 * never larger than at zero: so twice what the whole gained since zero is no more than the evidence for one side.
 */
export function sequentialTail(boundary: Boundary, alternative: Alternative): Tail {
  if (alternative === "two-sided")
    return {
      critical: (probability) => boundary.critical(-Math.log(2 * probability)),
      survival: (deviate) => Math.min(1, Math.exp(-boundary.logE(deviate))) / 2,
    };
  const start = boundary.logE(0);
  return {
    critical: (probability) => boundary.critical(Math.log(1 / (2 * probability) + Math.exp(start))),
    survival(deviate) {
      if (!(deviate > 0)) return 1;
      const whole = boundary.logE(deviate);
      return Math.min(1, Math.exp(-Math.LN2 - whole - Math.log1p(-Math.exp(start - whole))));
    },
  };
}
