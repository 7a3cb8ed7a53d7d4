import { exponential } from "./exponential.js";
import { fixed } from "./fixed.js";
import { gamma } from "./gamma.js";
import type { LawKind } from "./law-kind.js";
import { lognormal } from "./lognormal.js";
import { pareto } from "./pareto.js";
import { weibull } from "./weibull.js";

/** The family of laws of delays and amounts. A new member is one new file and one line here. */
export const lawKinds = { fixed, exponential, lognormal, weibull, pareto, gamma } as const;

type Kinds = typeof lawKinds;
type SettingsOf<K> = K extends LawKind<infer S> ? S : never;

/** How a positive quantity spreads about its mean, e.g. `{ kind: "weibull", shape: 0.7 }`. */
export type Law = { [K in keyof Kinds]: { readonly kind: K } & SettingsOf<Kinds[K]> }[keyof Kinds];

/** What a law's kind does. */
export const lawKindOf = (law: Law): LawKind<object> => lawKinds[law.kind] as LawKind<object>;
