export { checkArms } from "./check-arms.js";
export { checkOptions } from "./check-options.js";
export { copyEstimate, type Found } from "./copy-estimate.js";
export { estimateFields } from "./estimate-fields.js";
export { symmetricEstimate } from "./symmetric-estimate.js";
export { normalTail, studentTail } from "./tail.js";
