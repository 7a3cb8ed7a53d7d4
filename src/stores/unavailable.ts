import { detailedProblem, type ExperimentError, errorOf, store_unavailable } from "../errors/index.js";

/** The error of a store that does not do what it is asked. */
export const unavailable = (detail: string, cause?: unknown): ExperimentError =>
  errorOf([detailedProblem({ store_unavailable }, ["store"], undefined, { detail })], { cause });
