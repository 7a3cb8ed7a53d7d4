import { ExperimentError, missing_now } from "../errors/index.js";
import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** An experiment enrolls between two times; a winner stays when they are over. */
export const schedule = ({ schedule, status }: ReadExperiment): Ask | false | undefined =>
  status !== "stopped" &&
  schedule &&
  ((_unitId, _context, call) => {
    if (call?.now === undefined) throw new ExperimentError({ missing_now }, ["now"]);
    return schedule(call.now);
  });
