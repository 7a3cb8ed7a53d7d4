import type { Assignment } from "../core/assignment.js";

/** A unit's assignments as a small JSON, from which `hydrate` answers without evaluating anything. */
export interface Snapshot {
  readonly format: "essai.snapshot/1";
  /** How units were hashed. */
  readonly hash: "murmur3-1";
  readonly assignments: readonly Assignment<string, unknown>[];
}
