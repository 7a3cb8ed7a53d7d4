export { type AmountsReader, onlyAmounts } from "./amount-arm.js";
export { amountsApart, amountsComparison } from "./amounts-comparison.js";
