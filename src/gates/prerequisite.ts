import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** One gate per experiment in which the unit must be enrolled, perhaps in certain variants. */
export const prerequisite = ({ prerequisites = [] }: ReadExperiment): Ask[] =>
  prerequisites.map(({ experiment, variants }) => (_unitId, _context, _call, reached) => {
    const found = reached?.get(experiment);
    if (!found) return experiment;
    return "awaits" in found ? found : (variants?.includes(found.variant!) ?? found.enrolled);
  });
