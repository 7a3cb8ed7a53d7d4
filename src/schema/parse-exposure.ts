import type { Exposure } from "../core/assignment.js";
import { instantOf } from "../definition/index.js";
import { errorOf, invalid_instant, problem } from "../errors/index.js";
import { exposureShape } from "../exposures/shapes/index.js";
import { shapeProblems } from "../shapes/index.js";

/**
 * Reads an exposure from unknown JSON, where a server receives what a sender posts: each member of the posted list.
 * @param json  what `JSON.parse` gave
 * @returns the same value
 * @throws ExperimentError with every problem at once: `unknown_key`, `missing_value`, `wrong_type` … at its path;
 *   `invalid_instant` at ["at"] for what is not an ISO 8601 time
 */
export function parseExposure(json: unknown): Exposure {
  const problems = shapeProblems(json, exposureShape);
  const exposure: Exposure = Object(json);
  const { at } = exposure;
  if (typeof at === "string" && at !== "" && Number.isNaN(instantOf(at)))
    problems.push(problem({ invalid_instant }, ["at"], at));
  if (problems.length > 0) throw errorOf(problems);
  return exposure;
}
