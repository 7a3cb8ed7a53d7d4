import { stateFields } from "../bandits/state/index.js";
import { errorOf } from "../errors/index.js";
import { type Shape, shapeProblems } from "../shapes/index.js";

/** A bandit's JSON; what settings and sums mean is for the parts to say. */
export const banditStateShape: Shape = {
  kind: "object",
  has: { ...stateFields, format: { ...stateFields.format, format: true } },
};

/**
 * Checks the whole shape of a bandit's JSON, `essai.bandit/1`, from outside; `restoreBandit` then makes it live.
 * @param json  what `JSON.parse` gave
 * @returns the same value, safe to hand to `restoreBandit`
 * @throws ExperimentError with every problem at once: code, path, received, fix
 */
export function parseBanditState(json: unknown): unknown {
  const problems = shapeProblems(json, banditStateShape);
  if (problems.length > 0) throw errorOf(problems);
  return json;
}
