import type { Fields } from "../../shapes/index.js";
import { bernoulli, bernoulliSettings } from "./bernoulli/bernoulli.js";
import { robustBernoulli, robustBernoulliSettings } from "./bernoulli/robust-bernoulli.js";
import { categorical, categoricalSettings } from "./categorical/categorical.js";
import { effectsSettings } from "./effects/effects.js";
import { factorial } from "./effects/factorial.js";
import { hierarchical } from "./effects/hierarchical.js";
import { hurdle, hurdleSettings } from "./hurdle/hurdle.js";
import { linear, linearSettings } from "./linear/linear.js";
import { logistic, logisticSettings } from "./logistic/logistic.js";
import { normal, normalSettings } from "./normal/normal.js";
import { poisson, poissonSettings } from "./poisson/poisson.js";
import { robustPoisson, robustPoissonSettings } from "./poisson/robust-poisson.js";

/** Every reward model, by name. */
export const rewardModels = {
  bernoulli,
  poisson,
  normal,
  robustBernoulli,
  robustPoisson,
  categorical,
  hurdle,
  linear,
  logistic,
  factorial,
  hierarchical,
} as const;

/** The settings of every reward model, as data. */
export const modelSettings = {
  bernoulli: bernoulliSettings,
  poisson: poissonSettings,
  normal: normalSettings,
  robustBernoulli: robustBernoulliSettings,
  robustPoisson: robustPoissonSettings,
  categorical: categoricalSettings,
  hurdle: hurdleSettings,
  linear: linearSettings,
  logistic: logisticSettings,
  factorial: effectsSettings,
  hierarchical: effectsSettings,
} as const satisfies { readonly [K in keyof typeof rewardModels]: Fields };
