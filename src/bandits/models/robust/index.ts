import { robustBernoulli } from "../bernoulli/robust-bernoulli.js";
import { robustPoisson } from "../poisson/robust-poisson.js";

/** The models that doubt a history; each knows which model it is without one. */
export const robustModels = { robustBernoulli, robustPoisson } as const;
