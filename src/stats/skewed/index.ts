export { type AmountsReader, meanAmounts } from "./amount-arm.js";
export { amountsApart, amountsComparison } from "./amounts-comparison.js";
