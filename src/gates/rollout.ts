import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** Whoever came as far as here gets the winner; no gate after this one is asked. */
export const rollout = ({ status, rollout }: ReadExperiment): Ask | false | undefined =>
  status === "stopped" && rollout && (() => rollout);
