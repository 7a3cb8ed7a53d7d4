import { logGamma } from "../../distributions/index.js";
import type { LawKind } from "./law-kind.js";

const settings = { shape: { kind: "number", above: 0 } } as const;

/**
 * A waiting time whose end becomes less likely as it lasts (shape below 1) or more likely (above 1). jstat's quantile
 * calls `Math.pow`, whose last bit differs between versions of Node; exponentials and logarithms agree.
 */
export const weibull: LawKind<typeof settings> = {
  settings,
  quantile: (p, { shape }) => Math.exp(Math.log(-Math.log1p(-p)) / shape - logGamma(1 + 1 / shape)),
  variance: ({ shape }) => Math.expm1(logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape)),
};
