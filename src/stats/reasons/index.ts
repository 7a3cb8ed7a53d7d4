export { type Reason, type Reasons, readReasons } from "./read-reasons.js";
export { reasonsForDifference } from "./reasons-for-difference.js";
