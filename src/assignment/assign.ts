import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { beyond_assign, ExperimentError } from "../errors/index.js";
import { compileAllocation } from "./compile-allocation.js";
import { unitIdOf } from "./unit-id.js";

const cache = new WeakMap<object, (unitId: string) => Assignment<string, unknown>>();
const beyond = ["rules", "prerequisites", "overrides", "status", "audience", "schedule", "layer"] as const;

/**
 * Assigns a unit to a variant of one plain experiment: pure, synchronous, the same answer everywhere and always.
 * The definition is prepared at its first use and must not be changed afterwards.
 * @param definition  an experiment without audience, rules, layer, prerequisites, schedule, status or overrides
 * @param context     carries the unit's id, a non-empty string, under the name that `definition.unit` gives
 * @returns the assignment: reason `"allocated"`, or not enrolled with reason `"coverage"` and control's payload
 * @throws ExperimentError `invalid_unit_id`; `beyond_assign` for an experiment that `createAssigner` is for, of a format or a way of hashing that this version does not know, or whose ranges or control are not
 *   those of its variants
 */
export function assign<V extends string, P>(definition: Definition<V, P>, context: object): Assignment<V, P> {
  let allocate = cache.get(definition);
  if (!allocate) {
    let refused = "variants";
    try {
      [allocate, refused = beyond.find((name) => definition[name]) ?? ""] = compileAllocation(definition);
      if (refused) throw Error(refused);
    } catch (cause) {
      throw new ExperimentError({ beyond_assign }, [refused], definition?.[refused as never], { cause });
    }
    cache.set(definition, allocate);
  }
  return allocate(unitIdOf(definition.unit, context)) as Assignment<V, P>;
}
