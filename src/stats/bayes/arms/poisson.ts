import { requireArray } from "../../../errors/index.js";
import { type FieldsFor, requireShape } from "../../../shapes/index.js";
import { requireUnits } from "../../inference/check-arms.js";
import { checkRate, type Rate } from "../../rates/rate-ratio.js";
import { gammaLaw } from "../laws/gamma-law.js";
import { type ArmModel, aboveZero } from "./arm-model.js";

/** A gamma distribution of a rate: so many events, over such an exposure, both > 0. */
export interface GammaPrior {
  readonly shape: number;
  readonly rate: number;
}

const fields = { shape: aboveZero, rate: aboveZero } as const satisfies FieldsFor<GammaPrior>;

/** Rates of events. */
export const poisson = {
  fields,
  law: ({ shape, rate }) => gammaLaw(shape, rate),
} as const satisfies ArmModel<GammaPrior>;

/**
 * What is believed about an arm's rate of events: Gamma–Poisson. Events must be independent.
 * @param arm    events (integer ≥ 0) over an exposure (> 0)
 * @param prior  the gamma distribution before them, e.g. `ratePrior` of all arms
 * @returns the gamma distribution after them, for `compareArms` and `rankArms`
 * @throws ExperimentError at ["arm", …] as `rateRatio`; `out_of_range` at ["prior", field]
 * @source Gamma–Poisson conjugacy, e.g. Gelman et al. (2013), Bayesian Data Analysis, 2.6
 * @example
 * gammaPosterior({ events: 15, exposure: 100 }, { shape: 1, rate: 5 }); // { model: "poisson", shape: 16, rate: 105 }
 */
export function gammaPosterior(arm: Rate, prior: GammaPrior) {
  checkRate(arm, ["arm"]);
  requireShape(prior, { kind: "object", has: fields }, ["prior"]);
  return { model: "poisson", shape: prior.shape + arm.events, rate: prior.rate + arm.exposure } as const;
}

/**
 * A weak prior of a rate: one event at the rate of all arms together, the same for each arm.
 * @param arms  at least one, with an event among them
 * @returns a proper prior for {@link gammaPosterior}
 * @throws ExperimentError at ["arms", i, …]; `insufficient_data` at ["arms"] without an event
 * @example
 * ratePrior([{ events: 15, exposure: 100 }, { events: 25, exposure: 100 }]); // { shape: 1, rate: 5 }
 */
export function ratePrior(arms: readonly Rate[]): GammaPrior {
  requireArray(arms, ["arms"]);
  for (const [i, arm] of arms.entries()) checkRate(arm, ["arms", i]);
  const events = arms.reduce((sum, arm) => sum + arm.events, 0);
  requireUnits(events, ["arms"], 1);
  return { shape: 1, rate: arms.reduce((sum, { exposure }) => sum + exposure, 0) / events };
}
