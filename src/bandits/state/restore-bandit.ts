import type { Definition } from "../../core/definition.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  invalid_json,
  unsupported_format,
  within,
} from "../../errors/index.js";
import { requireShape } from "../../shapes/index.js";
import { blockProblems } from "../models/sums/block-sums.js";
import type { Parts } from "../part.js";
import { makePart } from "./make-part.js";
import { meetArms } from "./meet-arms.js";
import { requireDefinition } from "./require-definition.js";
import type { BanditState } from "./state.js";
import { stateFields } from "./state-fields.js";

function parsed(json: unknown): unknown {
  if (typeof json !== "string") return json;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw errorOf([detailedProblem({ invalid_json }, [], json, { detail: (cause as Error).message })], {
      cause,
    });
  }
}

/**
 * A live bandit from its JSON.
 * @param json        what `JSON.stringify(state)` wrote, as text or parsed
 * @param parts       the parts it may name, by shorthand: `{ thompson, bernoulli }`
 * @param definition  the experiment that it is to be a bandit of. Given, a state that was made with another version,
 *                    policy or set of variants is refused; `migrateBandit` takes that one over. Left out, nothing is
 *                    compared, and the state decides by what it was made with
 * @returns a state equal to the one written
 * @throws ExperimentError `invalid_json` for a text that is not; `unsupported_format` at ["format"]; the first thing at which
 *         it is not a bandit's JSON, with its place: `unknown_key`, `missing_value`, `wrong_type`, `out_of_range`, …;
 *         `unknown_part` at ["setup", "policy"], ["setup", "model"], ["setup", "objective"] or ["setup", "constraints", i];
 *         what a part refuses, within its ["setup", …, "settings"]; what the model says of its sums, at ["sums", …];
 *         `needs_migration` at ["definition", …] where the definition says what the state is not
 */
export function restoreBandit<V extends string = string, P = unknown>(
  json: unknown,
  parts: Parts,
  definition?: Definition<V, P>,
): BanditState<V, P> {
  const value = parsed(json);
  const format: unknown = Object(value).format;
  if (format !== "essai.bandit/1")
    throw new ExperimentError({ unsupported_format }, ["format"], format, { known: ["essai.bandit/1"] });
  requireShape(value, { kind: "object", has: stateFields }, []);
  // It has the shape of a state whose parts are data.
  const state = value as BanditState<V, P>;
  const { setup, sums, marks } = state;
  const { arms, constraints, objective } = setup;
  const part = <K extends Parameters<typeof makePart>[4]>(
    given: { readonly name: string; readonly settings: unknown },
    method: K,
    ...place: (string | number)[]
  ) => makePart(parts, given, ["setup", ...place], ["setup", ...place, "settings"], method);
  const made = part(setup.model, "posterior", "model");
  const model = within(["setup", "model", "settings"], () => made.bind?.(arms) ?? made);
  for (const each of marks ? [sums, marks.pending.sums] : [sums]) {
    const problems = model.problems?.(each, arms.length) ?? blockProblems(each, model.empty(arms.length));
    if (problems[0]) throw errorOf(problems);
  }
  const revived = {
    ...setup,
    policy: part(setup.policy, "probabilities", "policy"),
    model,
    constraints: constraints.map((each, i) => part(each, "hold", "constraints", i)),
    ...(objective && { objective: part(objective, "of", "objective") }),
  };
  meetArms(revived, ["setup"], ["settings"]);
  if (definition !== undefined) requireDefinition(setup, definition);
  return { ...state, setup: revived };
}
