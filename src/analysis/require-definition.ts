import type { Definition } from "../core/definition.js";
import { conditionShapes, definitionShape } from "../definition/index.js";
import { type ErrorPath, errorOf } from "../errors/index.js";
import { shapeProblems } from "../shapes/index.js";

/**
 * Refuses what has not the shape of a definition; what its parts mean to each other, `parseDefinition` looks into.
 * @throws ExperimentError with every problem, within `path`
 */
export function requireDefinition(value: unknown, path: ErrorPath): asserts value is Definition {
  const problems = shapeProblems(value, definitionShape, path, conditionShapes);
  if (problems.length > 0) throw errorOf(problems);
}
