import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { ExperimentError, unknown_key, unsupported_format, wrong_type } from "../errors/index.js";
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
 * Answers on a page from what the server assigned.
 * @param snapshot  what `assigner.snapshot` gave, through JSON or `openSnapshot`
 * @returns the same assignments, byte for byte
 * @throws ExperimentError `unsupported_format`, `wrong_type` with the place for anything else
 */
export function hydrate(snapshot: Snapshot): Hydrated {
  const { format, hash, assignments } = Object(snapshot) as Snapshot;
  if (format !== "essai.snapshot/1") throw new ExperimentError({ unsupported_format }, ["format"], format);
  if (hash !== "murmur3-1") throw new ExperimentError({ unsupported_format }, ["hash"], hash);
  if (!Array.isArray(assignments)) throw new ExperimentError({ wrong_type }, ["assignments"], assignments);
  assignments.forEach((each, i) => {
    if (typeof each?.experiment !== "string")
      throw new ExperimentError({ wrong_type }, ["assignments", i, "experiment"], each?.experiment);
  });
  const byKey = new Map(assignments.map((each) => [each.experiment, each]));
  return {
    assign(experiment: string | Definition<string, unknown>) {
      const key = typeof experiment === "string" ? experiment : experiment?.key;
      const assignment = byKey.get(key);
      if (!assignment) throw new ExperimentError({ unknown_key }, ["experiment"], key);
      return assignment;
    },
    assignAll: () => assignments,
  } as Hydrated;
}
