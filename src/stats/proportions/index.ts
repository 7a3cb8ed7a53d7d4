export { proportionIntervals } from "./proportion-interval.js";
export { differenceOf, liftOf, scasApart, scasInputs } from "./scas.js";
