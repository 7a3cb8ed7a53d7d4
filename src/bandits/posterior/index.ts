export { drawBelief } from "./beliefs.js";
export { closedForms } from "./laws/index.js";
export type { ClosedForm } from "./laws/law.js";
export { posteriorOf } from "./posterior-of.js";
