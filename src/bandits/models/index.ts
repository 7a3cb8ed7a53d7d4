import { bernoulli } from "./bernoulli/bernoulli.js";
import { robustBernoulli } from "./bernoulli/robust-bernoulli.js";
import { categorical } from "./categorical/categorical.js";
import { factorial } from "./effects/factorial.js";
import { hierarchical } from "./effects/hierarchical.js";
import { hurdle } from "./hurdle/hurdle.js";
import { linear } from "./linear/linear.js";
import { logistic } from "./logistic/logistic.js";
import { normal } from "./normal/normal.js";
import { poisson } from "./poisson/poisson.js";
import { robustPoisson } from "./poisson/robust-poisson.js";

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
