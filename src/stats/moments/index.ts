export { cappedMoments } from "./capped-moments.js";
export { checkMoments } from "./check-moments.js";
export { weightedSum } from "./weighted-sum.js";
export { withoutValue } from "./without-value.js";
