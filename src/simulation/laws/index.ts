import type { Fields, ShapeType } from "../../shapes/index.js";
import { exponential } from "./exponential.js";
import { fixed } from "./fixed.js";
import { gamma } from "./gamma.js";
import { lognormal } from "./lognormal.js";
import { pareto } from "./pareto.js";
import { weibull } from "./weibull.js";

/** The family of laws of delays and amounts. A new member is one new file and one line in each of these maps. */
export const lawKinds = { fixed, exponential, lognormal, weibull, pareto, gamma } as const;

/** The settings of every law, as data. */
export const lawSettings = {
  fixed: fixed.settings,
  exponential: exponential.settings,
  lognormal: lognormal.settings,
  weibull: weibull.settings,
  pareto: pareto.settings,
  gamma: gamma.settings,
} as const satisfies { readonly [K in keyof typeof lawKinds]: Fields };

/** What a law may be. */
export const lawShape = { kind: "choice", by: "kind", of: lawSettings } as const;

/** How a positive quantity spreads about its mean, e.g. `{ kind: "weibull", shape: 0.7 }`. */
export type Law = ShapeType<typeof lawShape>;

/** What a law's kind does. */
export const lawKindOf = (law: Law) =>
  lawKinds[law.kind] as {
    quantile(p: number, law: Law): number;
    variance(law: Law): number;
  };
