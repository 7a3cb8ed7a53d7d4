import { Checks } from "../../definition/checks.js";
import { frozenJson } from "../../definition/frozen-json.js";
import { errorOf } from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";
import type { Constraint, Demand } from "./constraint.js";
import { heldJointly } from "./hold-jointly.js";

const demandFields = {
  name: { kind: "text" },
  settings: { kind: "json" },
  meet: { kind: "function", optional: true },
  mix: { kind: "function", optional: true },
  bounds: { kind: "function" },
} as const satisfies FieldsFor<Demand>;

/**
 * Makes a constraint from what it demands. All constraints of a bandit hold at once, in whatever order they are named: the
 * policy's vector is projected onto the set that their bounds describe.
 * @param demand  name, settings that survive JSON, bounds of the eligible actions' probabilities, and what is mixed in before
 * @returns the constraint, for `createBandit`'s options
 * @throws ExperimentError `missing_value`, `wrong_type`, `not_json` or `unknown_key` at the key of the demand
 * @example
 * const most = (share = 0.8) =>
 *   constraint({ name: "most", settings: share, bounds: ({ eligible }) => ({ most: eligible.map(() => share) }) });
 * const variants = { control: null, gift: null };
 * const offers = defineExperiment({ key: "offers", unit: "userId", variants, policy: "thompson" });
 * createBandit(offers, { thompson }, { constraints: [most(0.6)] }).setup.constraints[0]?.name; // "most"
 */
export function constraint(demand: Demand): Constraint {
  checkFields(demand, demandFields);
  const checks = new Checks();
  frozenJson({ settings: demand.settings }, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return heldJointly(demand);
}
