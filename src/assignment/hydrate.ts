import type { Assignment } from "../core/assignment.js";
import type { Catalogue } from "../core/catalogue.js";
import type { Definition } from "../core/definition.js";
import { ExperimentError, invalid_snapshot, unsupported_format } from "../errors/index.js";
import { refuse } from "../shapes/reader.js";
import type { AssignmentOf, ExperimentOf } from "./assigner-of.js";
import { checker, isShare, isText } from "./checker.js";
import type { Snapshot } from "./snapshot.js";

/** Answers from a snapshot; nothing is evaluated. */
export interface Hydrated<C extends Catalogue = Catalogue> {
  /**
   * @param experiment  a key, or the definition, whose types the assignment then has
   * @returns the very assignment that the assigner made
   * @throws ExperimentError `invalid_argument` for an experiment that is not in the snapshot, with those that are
   */
  assign<const E extends ExperimentOf<C>>(experiment: E): AssignmentOf<C, E>;
  /** @returns all assignments, in the catalogue's order */
  assignAll(): readonly Assignment<string, unknown>[];
}

function requireFormat(value: unknown, part: keyof Snapshot, known: string): void {
  if (value !== known) throw new ExperimentError({ unsupported_format }, [part], value, { known: [known] });
}

/**
 * Answers on a page from what the server assigned.
 * @param snapshot  what `assigner.snapshot` gave, through JSON or `openSnapshot`
 * @returns the same assignments, byte for byte; with `typeof catalogue`, imported as a type only, it knows keys, variants
 *   and payloads
 * @throws ExperimentError `unsupported_format`; `invalid_snapshot` at the place that is not what `assigner.snapshot` gave
 */
export function hydrate<C extends Catalogue = Catalogue>(snapshot: Snapshot): Hydrated<C> {
  const { format, hash, assignments } = Object(snapshot) as Snapshot;
  requireFormat(format, "format", "essai.snapshot/1");
  requireFormat(hash, "hash", "murmur3-1");
  checker(snapshot, { invalid_snapshot })("assignments", () => Array.isArray(assignments));
  assignments.forEach((each, i) => {
    const check = checker(each, { invalid_snapshot }, ["assignments", i]);
    for (const part of ["experiment", "unitId", "reason"] as const) check(part, () => isText(each[part]));
    check("definitionVersion", () => Number.isSafeInteger(each.definitionVersion));
    check("payload", () => each.payload !== undefined);
    check("enrolled", () => typeof each.enrolled === "boolean");
    check("variant", () => (each.enrolled ? isText(each.variant) : each.variant === null));
    if (each.enrolled)
      for (const part of ["point", "propensity"] as const) check(part, () => isShare(each[part]));
  });
  const byKey = new Map(assignments.map((each) => [each.experiment, each]));
  return {
    assign(experiment: string | Definition<string, unknown>) {
      const key = typeof experiment === "string" ? experiment : experiment?.key;
      return byKey.get(key) ?? refuse(key, ["experiment"], { known: [...byKey.keys()] });
    },
    assignAll: () => assignments,
  } as Hydrated<C>;
}
