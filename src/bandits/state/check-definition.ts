import type { Definition } from "../../core/definition.js";
import { ExperimentError, invalid_definition, refuseType, requireArray } from "../../errors/index.js";
import { requireKeys } from "../../shapes/index.js";

function requireEach<T>(list: readonly T[], name: string, sound: (each: T) => boolean): void {
  requireArray(list, [name]);
  for (const [i, each] of list.entries())
    if (!sound(Object(each))) throw new ExperimentError({ invalid_definition }, [name, i], each);
}

/**
 * Refuses what no `defineExperiment` made and no `parseDefinition` read. They check everything; this looks at what a
 * bandit is made of, so that it never stands on what is not there.
 * @throws ExperimentError `missing_value`, `wrong_type` or `invalid_definition` at the place
 */
export function checkDefinition(definition: Definition<string, unknown>): void {
  requireKeys(definition, Object(definition), ["definition"]);
  const { key, salt, control, policy, variants, ranges, factors } = definition;
  for (const [name, value] of Object.entries({ key, salt, control, policy }))
    if (typeof value !== "string") refuseType(value, [name], "text");
  requireEach(
    variants,
    "variants",
    ({ key, payload }) => typeof key === "string" && (!factors || Object(payload) === payload),
  );
  requireEach(ranges, "ranges", ({ from, to }) => Number.isInteger(from) && Number.isInteger(to));
}
