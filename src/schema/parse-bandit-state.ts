import { errorOf } from "../errors/index.js";
import { requireShallow, shapeProblems } from "../shapes/index.js";
import { banditShapes, banditStateShape } from "./bandit-state-shape.js";

/**
 * Checks the whole shape of a bandit's JSON, `essai.bandit/1`, from outside, with the settings of all parts that are
 * essai's; `restoreBandit` then makes it live. A part of your own has a name that none of essai's has.
 * @param json  what `JSON.parse` gave
 * @returns the same value, safe to hand to `restoreBandit`
 * @throws ExperimentError with every problem at once: code, path, received, fix; `over_limit` alone
 */
export function parseBanditState(json: unknown): unknown {
  requireShallow(json, []);
  const problems = shapeProblems(json, banditStateShape, [], banditShapes);
  if (problems.length > 0) throw errorOf(problems);
  return json;
}
