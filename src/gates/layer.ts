import { LAYER, pointsOf } from "../hash/seed.js";
import type { Ask } from "./gate.js";
import type { ReadExperiment } from "./read-experiment.js";

/** Experiments of a layer share its points; a stopped experiment has given its own back. */
export const layer = ({ layer, status }: ReadExperiment): Ask | undefined => {
  if (!layer || status === "stopped") return;
  const pointed = pointsOf(layer.key, LAYER);
  return (unitId) => {
    const point = pointed(unitId);
    return layer.ranges.some((holds) => holds(point));
  };
};
