import type { Assignment, Exposure } from "../core/assignment.js";
import { type OptionalKinds, type RequiredKinds, requireParts } from "../errors/index.js";
import { exposureOf, requireAssignment } from "./exposure-of.js";

/** Tells looking at an assignment (`peek`) from meeting it (`expose`). */
export interface ExposureLog {
  /**
   * @returns the payload, and logs nothing: for prefetching, layout, tests
   * @throws ExperimentError `invalid_argument` for what is not an assignment
   */
  peek<P>(assignment: Assignment<string, P>): P;
  /**
   * @returns the payload, and logs that the unit met it, once per experiment, version, unit and variant
   * @throws ExperimentError `invalid_argument` for what is not an assignment, and at `at` when the
   *   clock gives no time; and what
   *   `write` throws, in which case the exposure counts as not logged
   */
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

const required = { write: "function", clock: "function" } satisfies RequiredKinds<ExposureLogOptions>;
const optional = { remember: 0 } satisfies OptionalKinds<ExposureLogOptions>;

/**
 * A log that writes each exposure once.
 * @param options  where exposures go and what time it is
 * @returns the log; units that are not enrolled, overridden or rolled out are never written
 * @throws ExperimentError `unknown_key` and `invalid_argument` for the options
 */
export function createExposureLog(options: ExposureLogOptions): ExposureLog {
  requireParts(options, ["options"], required, optional);
  const { write, clock, remember = 10_000 } = options;
  const seen = new Set<string>();
  return {
    peek(assignment) {
      requireAssignment(assignment);
      return assignment.payload;
    },
    expose(assignment) {
      const exposure = exposureOf(assignment, clock());
      if (exposure && !seen.has(exposure.id)) {
        write(exposure);
        seen.add(exposure.id);
        if (seen.size > remember) seen.delete(seen.values().next().value!);
      }
      return assignment.payload;
    },
  };
}
