import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { needs_assigner } from "../core/errors.js";
import { ExperimentError } from "../core/experiment-error.js";
import { compileAllocation } from "./compile-allocation.js";
import { unitIdOf } from "./unit-id.js";

const cache = new WeakMap<object, ReturnType<typeof compileAllocation>>();
const beyond = ["audience", "rules", "layer", "prerequisites", "schedule", "status", "overrides"] as const;

/**
 * Assigns a unit to a variant of one plain experiment: pure, synchronous, the same answer everywhere and always.
 * The definition is prepared at its first use and must not be changed afterwards.
 * @param definition  an experiment without audience, rules, layer, prerequisites, schedule, status or overrides
 * @param context     carries the unit's id, a non-empty string, under the name that `definition.unit` gives
 * @returns the assignment: reason `"allocated"`, or not enrolled with reason `"coverage"` and control's payload
 * @throws ExperimentError `invalid_unit_id`; `needs_assigner` for an experiment that `createAssigner` is for;
 *   `unsupported_format`
 */
export function assign<V extends string, P>(definition: Definition<V, P>, context: object): Assignment<V, P> {
  let allocate = cache.get(definition);
  if (!allocate) {
    for (const name of beyond)
      if (definition[name]) throw new ExperimentError({ needs_assigner }, [name], definition[name]);
    allocate = compileAllocation(definition);
    cache.set(definition, allocate);
  }
  return allocate(unitIdOf(definition.unit, context)) as Assignment<V, P>;
}
