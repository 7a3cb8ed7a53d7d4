import type { Moments } from "../../core/moments.js";

/** With fewer units that have a value, a mean's interval says little and its test hardly ever rejects. */
const enough = 30;

/** Units with a value other than zero, of every value that a metric is made of the scarcest; all units where that is not known. */
const withValue = ({ n, nonzero }: Moments): number => (nonzero ? Math.min(...nonzero) : n);

/** @returns whether too few units of these arms have a value */
export function fewValues(arms: readonly Moments[]): boolean {
  return arms.reduce((units, arm) => units + withValue(arm), 0) < enough;
}

/** With fewer buyers in an arm, a tenth of tests between six equal levels of skewed revenue at 1:9 would say they differ. */
const steady = 100;

/** @returns whether most units of an arm have no value, and too few have one to know the spread of its mean by */
export function sparse(arm: Moments): boolean {
  const units = withValue(arm);
  return units < steady && units < arm.n / 2;
}
