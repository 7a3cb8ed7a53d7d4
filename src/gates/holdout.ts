import type { Catalogue } from "../core/catalogue.js";
import { HOLDOUT, pointsOf } from "../hash/seed.js";
import type { Ask } from "./gate.js";
import { holdoutsOf } from "./holdouts-of.js";
import type { ReadExperiment } from "./read-experiment.js";

/** One gate per holdout that binds the experiment. */
export const holdout = (experiment: ReadExperiment, catalogue: Catalogue): Ask[] =>
  holdoutsOf(experiment, catalogue).map(({ key, share }) => {
    const point = pointsOf(key, HOLDOUT);
    return (unitId) => point(unitId) >= share;
  });
