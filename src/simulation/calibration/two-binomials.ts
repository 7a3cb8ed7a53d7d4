import { logGamma } from "../../distributions/index.js";
import type { Proportion } from "../../stats/index.js";

/** Outcomes less likely than this within an arm are left out; what is lost stays below 1e-10. */
const NEGLIGIBLE = 1e-14;

/**
 * The counts that can happen among n units, with their probabilities.
 * @param n  units
 * @param p  true rate, in (0, 1)
 * @returns outcomes that are not negligible
 */
export function binomialMass(n: number, p: number): { readonly x: number; readonly mass: number }[] {
  return Array.from({ length: n + 1 }, (_, x) => ({
    x,
    mass: Math.exp(
      logGamma(n + 1) -
        logGamma(x + 1) -
        logGamma(n - x + 1) +
        (x === 0 ? 0 : x * Math.log(p)) +
        (x === n ? 0 : (n - x) * Math.log1p(-p)),
    ),
  })).filter(({ mass }) => mass > NEGLIGIBLE);
}

/** Two arms of counts and rates. */
export interface TwoBinomials {
  readonly n: readonly [control: number, treatment: number];
  readonly rates: readonly [control: number, treatment: number];
}

/**
 * Every outcome of two binomial arms.
 * @param design  units and true rates
 * @returns pairs of proportions with their probabilities, which sum to 1 but for rounding
 */
export function* twoBinomials({ n, rates }: TwoBinomials): Generator<{
  readonly mass: number;
  readonly control: Proportion;
  readonly treatment: Proportion;
}> {
  const treated = binomialMass(n[1], rates[1]);
  for (const control of binomialMass(n[0], rates[0]))
    for (const treatment of treated)
      yield {
        mass: control.mass * treatment.mass,
        control: { x: control.x, n: n[0] },
        treatment: { x: treatment.x, n: n[1] },
      };
}
