import { requireArray } from "../../../errors/index.js";
import { type FieldsFor, requireShape } from "../../../shapes/index.js";
import { requireUnits } from "../../inference/check-arms.js";
import { checkHurdle, type Hurdle } from "../../skewed/hurdle.js";
import { type HurdleParameters, hurdleLaw } from "../laws/hurdle-law.js";
import { type ArmModel, aboveZero } from "./arm-model.js";
import { normalPosterior } from "./normal-posterior.js";
import { weakNormal } from "./weak-normal.js";

/** What is believed before the data about a share of units and the logarithms of their amounts. */
export type HurdlePrior = HurdleParameters;

const fields = {
  a: aboveZero,
  b: aboveZero,
  mean: { kind: "number" },
  n: aboveZero,
  shape: aboveZero,
  scale: aboveZero,
  rate: { kind: "number", atLeast: 1 },
} as const satisfies FieldsFor<HurdlePrior>;

/** Means of values of which most are zero and the others log-normal. */
export const hurdle = {
  fields: { ...fields, n: { kind: "number", above: 1 } },
  law: hurdleLaw,
} as const satisfies ArmModel<HurdleParameters>;

/**
 * What is believed about the mean of values that are zero for most units and log-normal for the others. A model: where the
 * amounts are not log-normal its answer is wrong, however many there are; `meanPosterior` asks for no shape.
 * @param arm    `hurdleOf` the arm's values, of which at least two are positive
 * @param prior  beta distribution of the share (a, b > 0); of the amounts' logarithms mean, how many it is worth (n > 0) and
 *               the variance v, whose density is ∝ v^(−shape − 1) exp(−scale/v − rate·v), shape and scale > 0, rate ≥ 1, so
 *               that the mean has an expectation; e.g. `hurdlePrior` of all arms
 * @returns the parameters after the data, for `compareArms` and `rankArms`
 * @throws ExperimentError at ["arm", …] as `hurdleLift`; `out_of_range` or `not_finite` at ["prior", field]
 * @source Fabrizi & Trivisano (2012), Bayesian Analysis 7
 * @example
 * const arm = hurdleOf([0, 0, 1, 0, 1]);
 * hurdlePosterior(arm, { a: 1, b: 1, mean: 0, n: 1, shape: 1, scale: 1, rate: 2 }).b; // 4
 */
export function hurdlePosterior(arm: Hurdle, prior: HurdlePrior) {
  checkHurdle(arm, "arm");
  requireShape(prior, { kind: "object", has: fields }, ["prior"]);
  const { n, logs } = arm;
  return {
    model: "hurdle",
    a: prior.a + logs.n,
    b: prior.b + n - logs.n,
    ...normalPosterior(prior, [logs.n, logs.mean, logs.m2]),
    rate: prior.rate,
  } as const;
}

/**
 * A weak prior for values of which most are zero: a uniform share, and logarithms worth one amount at the mean of all arms
 * together and of the variance within them; the same for each arm.
 * @param arms  `hurdleOf` each arm's values, at least one arm
 * @returns a proper prior for {@link hurdlePosterior}
 * @throws ExperimentError at ["arm", …] as `hurdleLift`; `out_of_range` at ["arms"] where amounts do not vary
 * @example
 * hurdlePrior([hurdleOf([0, 1, Math.E, 0])]).mean; // 0.5
 */
export function hurdlePrior(arms: readonly Hurdle[]): HurdlePrior {
  requireArray(arms, ["arms"]);
  requireUnits(arms.length, ["arms"], 1);
  for (const arm of arms) checkHurdle(arm, "arm");
  const logs = arms.map((arm) => arm.logs);
  return { a: 1, b: 1, ...weakNormal(logs, ["arms"]), rate: 2 };
}
