import { square } from "../../../core/powers.js";

/** Mean and variance of a beta distribution. */
export const betaMoments = (a: number, b: number) => ({
  mean: a / (a + b),
  variance: (a * b) / ((a + b) * (a + b) * (a + b + 1)),
});

/** Mean and standard deviation of a product of two independent quantities. */
export const product = (
  x: { readonly mean: number; readonly variance: number },
  y: { readonly mean: number; readonly variance: number },
) => ({
  mean: x.mean * y.mean,
  sd: Math.sqrt(x.variance * y.variance + x.variance * square(y.mean) + y.variance * square(x.mean)),
});
