import {
  ExperimentError,
  errorOf,
  out_of_range,
  problem,
  unsupported_format,
  wrong_type,
} from "../../errors/index.js";
import { blockProblems } from "../models/sums/block-sums.js";
import type { Parts } from "../part.js";
import { makePart } from "./make-part.js";
import type { BanditState } from "./state.js";

/** The parsed state, its parts made again; what is not even shaped like one may throw anything. */
function revive(state: BanditState, parts: Parts): BanditState {
  const { setup, sums, rewards } = state;
  const { arms, salt, control, experiment } = setup;
  for (const text of [salt, control, experiment, ...arms.map(({ key }) => key)]) text.charCodeAt(0);
  for (const block of sums) block.at(0);
  const made = makePart(parts, setup.model, ["setup", "model"], "posterior");
  const model = made.bind?.(arms) ?? made;
  const problems = [
    ...(model.problems?.(sums, arms.length) ?? blockProblems(sums, model.empty(arms.length))),
  ];
  if (!(Number.isFinite(rewards) && rewards >= 0))
    problems.push(problem({ out_of_range }, ["rewards"], rewards));
  if (problems[0]) throw errorOf(problems);
  return {
    format: state.format,
    setup: {
      ...setup,
      policy: makePart(parts, setup.policy, ["setup", "policy"], "probabilities"),
      model,
      constraints: setup.constraints.map((part, i) =>
        makePart(parts, part, ["setup", "constraints", i], "apply"),
      ),
      ...(setup.objective
        ? { objective: makePart(parts, setup.objective, ["setup", "objective"], "of") }
        : {}),
    },
    rewards,
    sums,
  };
}

/**
 * A live bandit from its JSON. For JSON from outside, `parseBanditState` of `essai/schema` says what is wrong with it,
 * place by place; here its sums are checked, and what is no bandit's is refused as a whole.
 * @param json   what `JSON.stringify(state)` wrote, as text or parsed
 * @param parts  the parts it may name, by shorthand: `{ thompson, bernoulli }`
 * @returns a state equal to the one written
 * @throws ExperimentError `wrong_type` when it is not a bandit's JSON; `unsupported_format` at ["format"];
 *         `unknown_part` at ["setup", "policy"], ["setup", "model"],
 *         ["setup", "objective"] or ["setup", "constraints", i]; `out_of_range` at ["sums", …] or ["rewards"]
 */
export function restoreBandit(json: unknown, parts: Parts): BanditState {
  let state = json as BanditState;
  try {
    if (typeof json === "string") state = JSON.parse(json);
    if (state?.format !== "essai.bandit/1")
      throw new ExperimentError({ unsupported_format }, ["format"], state?.format);
    return revive(state, parts);
  } catch (cause) {
    if (cause instanceof ExperimentError) throw cause;
    throw new ExperimentError({ wrong_type }, [], state, { cause });
  }
}
