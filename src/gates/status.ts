import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** An experiment enrolls while it is running; one that was stopped with a winner goes on with it. */
export const status = ({ status = "running", rollout }: ReadExperiment): Ask | false =>
  status !== "running" && !(status === "stopped" && rollout) && (() => false);
