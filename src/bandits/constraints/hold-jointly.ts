import type { Constraint, Demand } from "./constraint.js";
import { jointBounds } from "./joint-bounds.js";
import { project } from "./project.js";

/**
 * A constraint whose demand is held at once with all others: what they mix in is mixed in, and the vector becomes the nearest
 * one that keeps every bound.
 */
export const heldJointly = (demand: Demand): Constraint => ({
  ...demand,
  hold(probabilities, constraints, limits) {
    const { least, most } = jointBounds(constraints, limits);
    return project(
      constraints.reduce((p, each) => each.mix?.(p, limits) ?? p, probabilities),
      least,
      most,
    );
  },
});
