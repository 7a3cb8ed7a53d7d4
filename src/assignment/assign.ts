import type { Assignment } from "../core/assignment.js";
import type { Definition } from "../core/definition.js";
import { beyond_assign, ExperimentError } from "../errors/index.js";
import { compileAllocation } from "./compile-allocation.js";
import { unitIdOf } from "./unit-id.js";

const cache = new WeakMap<object, (unitId: string) => Assignment<string, unknown>>();

/**
 * Assigns a unit to a variant of one plain experiment: pure, synchronous, the same answer everywhere and always.
 * The definition is prepared at its first use and must not be changed afterwards.
 * @param definition  an experiment without audience, rules, layer, prerequisites, schedule, status or overrides
 * @param context     carries the unit's id, a non-empty string, under the name that `definition.unit` gives
 * @returns the assignment: reason `"allocated"`, or not enrolled with reason `"coverage"` and control's payload
 * @throws ExperimentError `invalid_unit_id`; `beyond_assign` for an experiment that `createAssigner` is for, with a key
 *   that is unknown, of a format or a way of hashing that this version does not know, or whose ranges or control are not
 *   those of its variants
 */
export function assign<V extends string, P>(definition: Definition<V, P>, context: object): Assignment<V, P> {
  let allocate = cache.get(definition);
  if (!allocate) {
    let part = "variants";
    try {
      const [sound, more, made] = compileAllocation(definition);
      for (part in { ...sound, ...more })
        if (part in more ? more[part as never] !== undefined : !sound[part as never]) throw Error();
      cache.set(definition, (allocate = made));
    } catch (cause) {
      throw new ExperimentError({ beyond_assign }, [part], definition?.[part as never], { cause });
    }
  }
  return allocate(unitIdOf(definition.unit, context)) as Assignment<V, P>;
}
