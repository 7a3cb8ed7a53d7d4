export { cappedMoments } from "./capped-moments.js";
export { checkLists, checkMoments, fitsLists } from "./check-moments.js";
export { distributionOf, mergeDistributions } from "./distribution.js";
export { firstValues } from "./first-values.js";
export { MergedMoments, mergeChecked } from "./merge-moments.js";
export { pickValues } from "./pick-values.js";
export { weightedSum } from "./weighted-sum.js";
export { withoutValue } from "./without-value.js";
