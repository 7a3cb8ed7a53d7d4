import type { Assignment, Exposure } from "../core/assignment.js";
import { type OptionalKinds, type RequiredKinds, requireParts } from "../errors/index.js";
import { exposureOf, requireAssignment, requireAttributes } from "./exposure-of.js";

/** Tells looking at an assignment (`peek`) from meeting it (`expose`). */
export interface ExposureLog {
  /**
   * @returns the payload, and logs nothing: for prefetching, layout, tests
   * @throws ExperimentError `invalid_argument` for what is not an assignment
   */
  peek<P>(assignment: Assignment<string, P>): P;
  /**
   * @param attributes  where the unit met it: channel, segment, page, touch number …
   * @returns the payload, and logs that the unit met it, once per experiment, version, unit and variant: with the
   *   attributes of the first time
   * @throws ExperimentError `invalid_argument` for what is not an assignment, and for attributes that are not text; what
   *   `write` and the clock throw is told to `onError`, and the exposure counts as not logged
   */
  expose<P>(assignment: Assignment<string, P>, attributes?: Readonly<Record<string, string>>): P;
}

/** Options of {@link createExposureLog}. */
export interface ExposureLogOptions {
  /**
   * Takes each new exposure, e.g. a sender's `send`. Where it returns false, throws or rejects, the exposure was not
   * taken, and is written again when the unit meets its variant again.
   */
  readonly write: (exposure: Exposure) => unknown;
  /** The time, as a `Date` or milliseconds since 1970; e.g. `Date.now`. */
  readonly clock: () => Date | number;
  /** How many exposures are remembered to drop repeats, oldest forgotten first; default 10,000. */
  readonly remember?: number;
  /** Hears what `write` and the clock throw or reject with. What it throws itself ends there. */
  readonly onError?: (error: unknown) => void;
}

const required = { write: "function", clock: "function" } satisfies RequiredKinds<ExposureLogOptions>;
const optional = { remember: 0, onError: "function" } satisfies OptionalKinds<ExposureLogOptions>;

/**
 * A log that writes each exposure once.
 * @param options  where exposures go and what time it is
 * @returns the log; units that are not enrolled, overridden or rolled out are never written
 * @throws ExperimentError `invalid_argument` for the options, and for keys that are not known
 */
export function createExposureLog(options: ExposureLogOptions): ExposureLog {
  requireParts(options, ["options"], required, optional);
  const { write, clock, remember = 10_000, onError } = options;
  const seen = new Set<string>();
  const log = async (
    assignment: Assignment<string, unknown>,
    attributes?: Readonly<Record<string, string>>,
  ) => {
    let id = "";
    try {
      const exposure = exposureOf(assignment, clock(), attributes);
      if (!exposure || seen.has(exposure.id)) return;
      ({ id } = exposure);
      const taken = write(exposure);
      if (taken === false) return;
      seen.add(id);
      if (seen.size > remember) seen.delete(seen.values().next().value!);
      if ((await taken) === false) seen.delete(id);
    } catch (error) {
      seen.delete(id);
      await onError?.(error);
    }
  };
  return {
    peek(assignment) {
      requireAssignment(assignment);
      return assignment.payload;
    },
    expose(assignment, attributes) {
      requireAssignment(assignment);
      requireAttributes(attributes, ["attributes"]);
      log(assignment, attributes).catch(() => 0);
      return assignment.payload;
    },
  };
}
