export { contradictedReason } from "../log/served-shares.js";
export { readableShare } from "./adaptive-inference.js";
export { AdaptiveTally } from "./adaptive-tally.js";
