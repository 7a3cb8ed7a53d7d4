import type { Assignment, Exposure } from "../core/assignment.js";
import { exposureOf } from "./exposure-of.js";

/** Tells looking at an assignment (`peek`) from meeting it (`expose`). */
export interface ExposureLog {
  /** @returns the payload, and logs nothing: for prefetching, layout, tests */
  peek<P>(assignment: Assignment<string, P>): P;
  /** @returns the payload, and logs that the unit met it, once per experiment, version, unit and variant */
  expose<P>(assignment: Assignment<string, P>): P;
}

/** Options of {@link createExposureLog}. */
export interface ExposureLogOptions {
  /** Takes each new exposure, e.g. a sender's `send`. */
  readonly write: (exposure: Exposure) => void;
  /** The time, as a `Date` or milliseconds since 1970; e.g. `Date.now`. */
  readonly clock: () => Date | number;
  /** How many exposures are remembered to drop repeats, oldest forgotten first; default 10,000. */
  readonly remember?: number;
}

/**
 * A log that writes each exposure once.
 * @param options  where exposures go and what time it is
 * @returns the log; units that are not enrolled, overridden or rolled out are never written
 */
export function createExposureLog({ write, clock, remember = 10_000 }: ExposureLogOptions): ExposureLog {
  const seen = new Set<string>();
  return {
    peek: ({ payload }) => payload,
    expose(assignment) {
      const exposure = exposureOf(assignment, clock());
      if (exposure && !seen.has(exposure.id)) {
        seen.add(exposure.id);
        if (seen.size > remember) seen.delete(seen.values().next().value!);
        write(exposure);
      }
      return assignment.payload;
    },
  };
}
