import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** Where the experiment learns, its policy decides, not chance. */
export const policy = ({ key, policy }: ReadExperiment): Ask | false =>
  policy !== "fixed" && (() => ({ awaits: key }));
