import { out_of_range, unsupported_format, wrong_type } from "../core/errors.js";
import { ExperimentError, errorOf, problem } from "../core/experiment-error.js";
import { blockProblems } from "./block-sums.js";
import type { Constraint } from "./constraint.js";
import type { Objective } from "./objective.js";
import { makePart, type Parts } from "./part.js";
import type { Policy } from "./policy.js";
import type { RewardModel } from "./reward-model.js";
import type { BanditState } from "./state.js";

/**
 * A live bandit from its JSON. The sums are checked here; for JSON from outside, check the whole shape first with
 * `parseBanditState` of `essai/schema`.
 * @param json   what `JSON.stringify(state)` wrote, as text or parsed
 * @param parts  the parts it may name, by shorthand: `{ thompson, bernoulli }`
 * @returns a state equal to the one written
 * @throws ExperimentError `wrong_type` when it is not a bandit's JSON; `unsupported_format` at ["format"];
 *         `unknown_part` at ["setup", "policy"], ["setup", "model"], ["setup", "objective"] or ["setup", "constraints", i]; `out_of_range` at
 *         ["sums", …] or ["rewards"]
 */
export function restoreBandit(json: unknown, parts: Parts): BanditState {
  let state = json as BanditState;
  if (typeof json === "string") {
    try {
      state = JSON.parse(json);
    } catch {
      throw new ExperimentError({ wrong_type }, [], json);
    }
  }
  if (state?.format !== "essai.bandit/1")
    throw new ExperimentError({ unsupported_format }, ["format"], state?.format);
  const { setup, sums, rewards } = state;
  if (!Array.isArray(setup?.arms) || !Array.isArray(sums))
    throw new ExperimentError({ wrong_type }, [], state);
  const made = makePart<RewardModel>(parts, setup.model, ["setup", "model"]);
  const model = made.bind?.(setup.arms) ?? made;
  const actions = setup.arms.length;
  const problems = [...(model.problems?.(sums, actions) ?? blockProblems(sums, model.empty(actions)))];
  if (!(Number.isFinite(rewards) && rewards >= 0))
    problems.push(problem({ out_of_range }, ["rewards"], rewards));
  if (problems[0]) throw errorOf(problems);
  return {
    format: state.format,
    setup: {
      ...setup,
      policy: makePart<Policy>(parts, setup.policy, ["setup", "policy"]),
      model,
      constraints: setup.constraints.map((part, i) =>
        makePart<Constraint>(parts, part, ["setup", "constraints", i]),
      ),
      ...(setup.objective
        ? { objective: makePart<Objective>(parts, setup.objective, ["setup", "objective"]) }
        : {}),
    },
    rewards,
    sums,
  };
}
