import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** Who may enter. */
export const audience = ({ audience: meets }: ReadExperiment): Ask | undefined =>
  meets && ((_unitId, context) => meets(context));
