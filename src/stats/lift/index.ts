export { fieller } from "./fieller.js";
export { plainLift } from "./lift.js";
