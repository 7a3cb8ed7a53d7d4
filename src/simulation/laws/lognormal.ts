/// <reference path="./jstat.d.ts" />
import jstat from "jstat";
import type { LawKind } from "./law-kind.js";

const settings = { sigma: { kind: "number", above: 0 } } as const;

/** Logarithms are normal, with standard deviation `sigma`: amounts of purchases, times of answers. */
export const lognormal: LawKind<typeof settings> = {
  settings,
  quantile: (p, { sigma }) => jstat.lognormal.inv(p, -(sigma * sigma) / 2, sigma),
  variance: ({ sigma }) => Math.expm1(sigma * sigma),
};
