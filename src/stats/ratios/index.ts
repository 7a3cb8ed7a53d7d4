export { linearize } from "./linearize.js";
export { ratioAmounts } from "./ratio-amounts.js";
export { checkRatioArms } from "./ratio-arms.js";
export { deltaRatioDifference, plainRatioDifference } from "./ratio-difference.js";
export { plainRatioLift } from "./ratio-lift.js";
