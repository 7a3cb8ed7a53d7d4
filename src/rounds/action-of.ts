import type { Definition, VariantDefinition } from "../core/definition.js";

/** What a variant plays, as decisions record it: the level of every factor, or `{ variant }` in a plain experiment. */
export const actionOf = (
  { key, payload }: VariantDefinition<string, unknown>,
  { factors }: Pick<Definition<string, unknown>, "factors">,
): Readonly<Record<string, string>> =>
  factors
    ? Object.fromEntries(Object.entries(payload as object).map(([name, level]) => [name, `${level}`]))
    : { variant: key };
