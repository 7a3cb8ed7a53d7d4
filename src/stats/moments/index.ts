export { checkMoments } from "./check-moments.js";
export { withoutValue } from "./without-value.js";
