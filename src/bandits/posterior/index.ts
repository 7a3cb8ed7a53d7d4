export { drawBelief, momentsOf } from "./beliefs.js";
export { DRAWS } from "./drawn-probabilities.js";
export { closedForms } from "./laws/index.js";
export type { ClosedForm } from "./laws/law.js";
export { posteriorOf } from "./posterior-of.js";
