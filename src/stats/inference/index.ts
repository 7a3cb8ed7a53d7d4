export { symmetricEstimate } from "./symmetric-estimate.js";
export { normalTail, studentTail } from "./tail.js";
