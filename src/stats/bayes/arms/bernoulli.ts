import { type FieldsFor, requireShape } from "../../../shapes/index.js";
import { checkProportion, type Proportion } from "../../proportions/proportion.js";
import { betaLaw } from "../laws/beta-law.js";
import { type ArmModel, aboveZero } from "./arm-model.js";

/** A beta distribution of a rate, as successes and failures, both > 0. */
export interface BetaPrior {
  readonly a: number;
  readonly b: number;
}

const fields = { a: aboveZero, b: aboveZero } as const satisfies FieldsFor<BetaPrior>;

/** Rates of conversion. */
export const bernoulli = { fields, law: ({ a, b }) => betaLaw(a, b) } as const satisfies ArmModel<BetaPrior>;

/**
 * What is believed about an arm's rate after its units: Beta–Bernoulli.
 * @param arm    successes among units, integers
 * @param prior  the beta distribution before them; default uniform (a = b = 1)
 * @returns the beta distribution after them, for `compareArms` and `rankArms`
 * @throws ExperimentError at ["arm", …] as for other functions of proportions; `out_of_range` at ["prior", field]
 * @source Beta–Bernoulli conjugacy, e.g. Gelman et al. (2013), Bayesian Data Analysis, 2.4
 * @example
 * betaPosterior({ x: 30, n: 100 }); // { model: "bernoulli", a: 31, b: 71 }
 */
export function betaPosterior(arm: Proportion, prior: BetaPrior = { a: 1, b: 1 }) {
  checkProportion(arm, ["arm"]);
  requireShape(prior, { kind: "object", has: fields }, ["prior"]);
  return { model: "bernoulli", a: prior.a + arm.x, b: prior.b + arm.n - arm.x } as const;
}
