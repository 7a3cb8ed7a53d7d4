export { contradictedReason } from "../log/served-shares.js";
export { readableShare } from "./adaptive-inference.js";
export { EffectTally } from "./effect-tally.js";
