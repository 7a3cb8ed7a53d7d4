import { banditStateSchema } from "../bandits/state/state.schema.js";
import { ExperimentError, errorOf, wrong_type } from "../errors/index.js";
import { zodProblems } from "./zod-problems.js";

/**
 * Checks the whole shape of a bandit's JSON, `essai.bandit/1`, from outside; `restoreBandit` then makes it live.
 * @param json  what `JSON.parse` gave
 * @returns the same value, safe to hand to `restoreBandit`
 * @throws ExperimentError with every problem at once: code, path, received, fix
 */
export function parseBanditState(json: unknown): unknown {
  if (typeof json !== "object" || json === null) throw new ExperimentError({ wrong_type }, [], json);
  const problems = zodProblems(banditStateSchema, json);
  if (problems.length > 0) throw errorOf(problems);
  return json;
}
