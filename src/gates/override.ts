import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** Units for which the call, or else the definition, names a variant get it; what is not a variant forces nothing. */
export const override = ({ key, variants, overrides = [] }: ReadExperiment): Ask => {
  const forced = new Map(overrides.map(({ unitId, variant }) => [unitId, variant]));
  return (unitId, _context, call) => variants.get(call?.overrides?.[key]) ?? forced.get(unitId) ?? true;
};
