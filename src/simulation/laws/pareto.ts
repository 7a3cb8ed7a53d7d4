import type { LawKind } from "./law-kind.js";

const settings = { shape: { kind: "number", above: 1 } } as const;

/**
 * Few of very much: above a least quantity, a fraction x^-shape exceeds x times it. The closed form instead of jstat's
 * quantile, for the reason given at {@link weibull}.
 */
export const pareto: LawKind<typeof settings> = {
  settings,
  quantile: (p, { shape }) => ((shape - 1) / shape) * Math.exp(-Math.log1p(-p) / shape),
  variance: ({ shape }) => (shape > 2 ? 1 / (shape * (shape - 2)) : 1 / 0),
};
