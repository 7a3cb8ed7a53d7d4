import type { Assignment } from "../core/assignment.js";
import type { ContextOf, Definition, PayloadOf, VariantOf } from "../core/definition.js";
import { POINTS } from "../core/points.js";
import { beyond_assign, ExperimentError, invalid_unit_id } from "../errors/index.js";
import type { Arm } from "../gates/read-experiment.js";
import { COVERAGE, pointsOf, VARIANT } from "../hash/seed.js";

const cache = new WeakMap<object, (unitId: string) => Assignment<string, unknown>>();

/** Everything that `assign` reads or may leave unread stands here; what else a definition holds, it cannot obey. */
function compile(definition: Definition<string, unknown> & { readonly [part: string]: unknown }) {
  let part = "variants";
  try {
    // Minus zero until a range is the variant's own, be it an empty one.
    const arms = definition.variants.map(({ ...each }): Arm => ({ ...each, share: -0 }));
    const find = (key: string) => arms.find((each) => each.key === key)!;
    const control = find(definition.control);
    part = "ranges";
    // Where the next range begins; false from the first gap on.
    let next: number | false = 0;
    const slots = definition.ranges.map(({ from, to, variant: key }) => {
      const variant = find(key);
      variant.share += (to - from) / POINTS;
      next = next === from && to >= from && to;
      return { from: from / POINTS, variant };
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
      ranges: next === POINTS,
      variants: arms.every((arm) => 1 / arm.share > 0),
      coverage: definition.coverage >= 0,
    };
    for (part in { ...right, ...definition })
      if (right[part] !== true && right[part] !== definition[part]) throw part;

    const covered = pointsOf(definition.salt, COVERAGE);
    const pointed = pointsOf(definition.salt, VARIANT);
    return (unitId: string): Assignment<string, unknown> => {
      const enrolled = definition.coverage >= 1 || covered(unitId) < definition.coverage;
      const point = enrolled ? pointed(unitId) : 0;
      // The last range that begins at the point or before it.
      let at = 0;
      for (let left = slots.length, half: number; (half = left >> 1); left -= half)
        if (slots[at + half]!.from <= point) at += half;
      const arm = enrolled ? slots[at]!.variant : control;
      // Two whole literals: a spread costs ten times as much, and gzip folds what they share.
      return enrolled
        ? {
            experiment: definition.key,
            definitionVersion: definition.version,
            unitId,
            payload: arm.payload,
            enrolled,
            variant: arm.key,
            reason: "allocated",
            point,
            propensity: arm.share,
          }
        : {
            experiment: definition.key,
            definitionVersion: definition.version,
            unitId,
            payload: arm.payload,
            enrolled,
            variant: null,
            reason: "coverage",
          };
    };
  } catch {
    throw new ExperimentError({ beyond_assign }, [part], definition?.[part]);
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
  // As `unitIdOf`, which as a function of its own would cost a page five bytes.
  const id = context?.[definition?.unit as keyof X];
  if (!allocate) cache.set(definition, (allocate = compile(definition as never)));
  if (typeof id !== "string" || !id) throw new ExperimentError({ invalid_unit_id }, [definition.unit], id);
  return allocate(id) as Assignment<VariantOf<D>, PayloadOf<D>>;
}
