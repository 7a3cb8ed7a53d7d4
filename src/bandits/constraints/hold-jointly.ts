import type { Constraint, Demand } from "./constraint.js";
import { jointBounds } from "./joint-bounds.js";
import { project } from "./project.js";

/** A constraint whose demand is held at once with all others: the vector becomes the nearest one that keeps every bound. */
export const heldJointly = (demand: Demand): Constraint => ({
  ...demand,
  hold(probabilities, constraints, limits) {
    const { least, most } = jointBounds(constraints, limits);
    return project(probabilities, least, most);
  },
});
