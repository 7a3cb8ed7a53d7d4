import type { Definition } from "../../core/definition.js";
import { ExperimentError, needs_migration, requireArray } from "../../errors/index.js";
import { requireKeys } from "../../shapes/index.js";
import type { Setup } from "./state.js";

/**
 * Refuses a definition that says what a state is not: it would be without effect. Arms that were added to a live bandit
 * need not be in it.
 * @throws ExperimentError `needs_migration` at ["definition", …]; `missing_value` or `wrong_type` for what is not a definition
 */
export function requireDefinition(
  { experiment: key, definitionVersion: version, salt, control, policy, arms }: Setup,
  definition: Definition<string, unknown>,
): void {
  const given = requireKeys(definition, Object(definition), ["definition"]);
  requireArray(definition.variants, ["definition", "variants"]);
  const known = new Set<unknown>(arms.map((arm) => arm.key));
  const refuse = (received: unknown, ...path: (string | number)[]) => {
    throw new ExperimentError({ needs_migration }, ["definition", ...path], received);
  };
  for (const [name, value] of Object.entries({ key, version, salt, control, policy: policy.name }))
    if (given[name] !== value) refuse(given[name], name);
  for (const [i, variant] of definition.variants.entries())
    if (!known.has(variant?.key)) refuse(variant?.key, "variants", i, "key");
}
