import { bernoulli } from "./bernoulli.js";
import { categorical } from "./categorical.js";
import { factorial } from "./factorial.js";
import { hierarchical } from "./hierarchical.js";
import { hurdle } from "./hurdle.js";
import { linear } from "./linear.js";
import { logistic } from "./logistic.js";
import { normal } from "./normal.js";
import { poisson } from "./poisson.js";
import { robustBernoulli } from "./robust-bernoulli.js";
import { robustPoisson } from "./robust-poisson.js";

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
