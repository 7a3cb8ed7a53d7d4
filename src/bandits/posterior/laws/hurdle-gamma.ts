import { square } from "../../../core/powers.js";
import { drawBeta } from "../../../random/sample-beta.js";
import { drawGamma } from "../../../random/sample-gamma.js";
import { betaMoments, product } from "./chance-times-amount.js";
import type { Law } from "./law.js";

/** [a, b, amount's shape, amount's rate, shape of one amount]: chance of an amount × its mean, shape / gamma. */
export const hurdleGammaLaw: Law = {
  mean: ([a, b, shape, rate, one]) =>
    shape! > 1 ? (betaMoments(a!, b!).mean * one! * rate!) / (shape! - 1) : 1 / 0,
  sd([a, b, shape, rate, one]) {
    if (!(shape! > 2)) return 1 / 0;
    const mean = (one! * rate!) / (shape! - 1);
    return product(betaMoments(a!, b!), { mean, variance: square(mean) / (shape! - 2) }).sd;
  },
  draw: (random, [a, b, shape, rate, one]) =>
    (drawBeta(random, a!, b!) * one! * rate!) / drawGamma(random, shape!),
};
