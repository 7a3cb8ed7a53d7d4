import { limits } from "../core/limits.js";
import { type ErrorPath, overLimit } from "../errors/index.js";

/**
 * Refuses JSON that is too deep to walk through, without walking down itself.
 * @throws ExperimentError `over_limit` at the path
 */
export function requireShallow(json: unknown, path: ErrorPath): void {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.jsonDepth.most) throw overLimit("jsonDepth", path, undefined);
    const below: unknown[] = [];
    for (const each of level)
      if (typeof each === "object" && each !== null)
        for (const value of Object.values(each))
          if (typeof value === "object" && value !== null) below.push(value);
    level = below;
  }
}
