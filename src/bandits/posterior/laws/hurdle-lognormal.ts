import { square } from "../../../core/powers.js";
import { drawBeta } from "../../../random/sample-beta.js";
import { drawGamma } from "../../../random/sample-gamma.js";
import { drawNormal } from "../../../random/sample-normal.js";
import { betaMoments, product } from "./chance-times-amount.js";
import type { Law } from "./law.js";

/**
 * [a, b, log mean, n, shape, scale]: chance of an amount × the mean of a log-normal amount whose logarithm has a
 * normal–inverse-gamma posterior. That product has no mean; `mean` and `sd` are those at the variance's centre.
 */
export const hurdleLognormalLaw: Law = {
  mean: ([a, b, mean, , shape, scale]) => betaMoments(a!, b!).mean * Math.exp(mean! + scale! / shape! / 2),
  sd([a, b, mean, n, shape, scale]) {
    const variance = scale! / shape!;
    const amount = Math.exp(mean! + variance / 2);
    return product(betaMoments(a!, b!), {
      mean: amount,
      variance: square(amount) * (variance / n! + square(variance) / (4 * shape!)),
    }).sd;
  },
  draw(random, [a, b, mean, n, shape, scale]) {
    const variance = scale! / drawGamma(random, shape!);
    const center = mean! + Math.sqrt(variance / n!) * drawNormal(random);
    return drawBeta(random, a!, b!) * Math.exp(center + variance / 2);
  },
};
