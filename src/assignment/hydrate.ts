import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { unknown_key, unsupported_format } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import type { Snapshot } from "./create-assigner.js";

/** Answers from a snapshot; nothing is evaluated. */
export interface Hydrated {
  /**
   * @param experiment  a key, or the definition, whose types the assignment then has
   * @returns the very assignment that the assigner made
   * @throws ExperimentError `unknown_key` for an experiment that is not in the snapshot
   */
  assign<V extends string, P>(experiment: Definition<V, P>): Assignment<V, P>;
  assign(experiment: string): Assignment<string, unknown>;
  /** @returns all assignments, in the catalogue's order */
  assignAll(): readonly Assignment<string, unknown>[];
}

/**
 * Wakes a snapshot up on a page.
 * @param snapshot  what `assigner.snapshot` gave, through JSON or `openSnapshot`
 * @returns the same assignments, byte for byte
 * @throws ExperimentError `unsupported_format` for anything else
 */
export function hydrate(snapshot: Snapshot): Hydrated {
  if (snapshot?.format !== "essai.snapshot/1" || !Array.isArray(snapshot.assignments))
    throw new ExperimentError({ unsupported_format }, ["format"], snapshot?.format);
  const byKey = new Map(snapshot.assignments.map((each) => [each.experiment, each]));
  return {
    assign(experiment: string | Definition<string, unknown>) {
      const key = typeof experiment === "string" ? experiment : experiment.key;
      const assignment = byKey.get(key);
      if (!assignment) throw new ExperimentError({ unknown_key }, ["experiment"], key);
      return assignment;
    },
    assignAll: () => snapshot.assignments,
  } as Hydrated;
}
