import { betaForm, betaLaw, betaTotal } from "./beta.js";
import { dirichletLaw } from "./dirichlet.js";
import { gammaForm, gammaLaw, gammaTotal } from "./gamma.js";
import { hurdleGammaLaw } from "./hurdle-gamma.js";
import { hurdleLognormalLaw } from "./hurdle-lognormal.js";
import type { ClosedForm, Law, LogTotal } from "./law.js";
import { mixtureOf } from "./mixture.js";
import { normalForm, normalLaw } from "./normal.js";
import { studentForm, studentLaw } from "./student.js";

/** The laws of independent beliefs, by name. */
export const laws = {
  beta: betaLaw,
  gamma: gammaLaw,
  student: studentLaw,
  normal: normalLaw,
  dirichlet: dirichletLaw,
  hurdleGamma: hurdleGammaLaw,
  hurdleLognormal: hurdleLognormalLaw,
  betaMixture: mixtureOf(betaLaw),
  gammaMixture: mixtureOf(gammaLaw),
} as const satisfies Readonly<Record<string, Law>>;

/** Name of a law. */
export type LawName = keyof typeof laws;

// Maps of their own: a page that draws from beliefs does not pay for quantiles.

/** Densities and quantiles of the laws that have a closed form. */
export const closedForms: { readonly [K in LawName]?: ClosedForm } = {
  beta: betaForm,
  gamma: gammaForm,
  student: studentForm,
  normal: normalForm,
};

/** Totals of the laws that are conjugate to rewards with one parameter. */
export const logTotals: { readonly [K in LawName]?: LogTotal } = { beta: betaTotal, gamma: gammaTotal };
