import type { Assignment } from "../core/assignment.js";
import type { ContextOf, Definition, PayloadOf, VariantOf } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { beyond_assign, ExperimentError } from "../errors/index.js";
import { coverage } from "../gates/coverage.js";
import type { Arm } from "../gates/read-experiment.js";
import { compileAllocation } from "./compile-allocation.js";
import { unitIdOf } from "./unit-id.js";

const cache = new WeakMap<object, (unitId: string) => Assignment<string, unknown>>();

/** Everything that `assign` reads or may leave unread stands here; what else a definition holds, it cannot obey. */
function compile(definition: Definition<string, unknown>) {
  let part = "variants";
  try {
    const arms = new Map(definition.variants.map((each): [string, Arm] => [each.key, { ...each, share: 0 }]));
    const control = arms.get(definition.control)!;
    part = "ranges";
    // Where the next range begins; false from the first gap on.
    let start: number | false = 0;
    const slots = definition.ranges.map(({ from, to, variant: key }) => {
      const variant = arms.get(key)!;
      variant.share += (to - from) / POINTS;
      start = start === from && to >= from && to;
      return { to: to / POINTS, variant };
    });
    // What each part has to be; true: whatever it is.
    const right: { readonly [part: string]: unknown } = {
      key: true,
      version: true,
      unit: true,
      metrics: true,
      plan: true,
      attributes: true,
      segments: true,
      factors: true,
      design: true,
      format: "essai.experiment/1",
      hash: "murmur3-1",
      policy: "fixed",
      salt: String(definition.salt),
      control: !!control,
      ranges: start === POINTS,
      variants: new Set(slots.map((each) => each.variant)).size === definition.variants.length,
      coverage: definition.coverage >= 0,
    };
    for (part in { ...right, ...definition })
      if (right[part] !== true && right[part] !== definition[part as never]) throw part;
    const covers = coverage(definition);
    const give = compileAllocation(definition, slots, control);
    return (unitId: string) => give(unitId, covers(unitId) ? "allocated" : "coverage");
  } catch {
    throw new ExperimentError({ beyond_assign }, [part], definition?.[part as never]);
  }
}

/**
 * Assigns a unit to a variant of one plain experiment: pure, synchronous, the same answer everywhere and always.
 * The definition is prepared at its first use and must not be changed afterwards.
 * @param definition  an experiment of policy `"fixed"` without audience, rules, layer, prerequisites, schedule, status
 *   or overrides
 * @param context     carries the unit's id, a non-empty string, under the name that `definition.unit` gives
 * @returns the assignment: reason `"allocated"`, or not enrolled with reason `"coverage"` and control's payload
 * @throws ExperimentError `invalid_unit_id`; `beyond_assign` for whatever `assign` does not read or could not obey: an
 *   audience, a policy that learns (for `decide`, of `essai/bandits`), a key that is unknown, another format or way of hashing, ranges or a control that are not those of the
 *   variants. `createAssigner` takes it or says what is wrong with it
 */
export function assign<D extends Definition<string, unknown>, const X extends ContextOf<D["unit"]>>(
  definition: D,
  context: X,
): Assignment<VariantOf<D>, PayloadOf<D>> {
  let allocate = cache.get(definition);
  if (!allocate) cache.set(definition, (allocate = compile(definition)));
  return allocate(unitIdOf(definition.unit, context)) as Assignment<VariantOf<D>, PayloadOf<D>>;
}
