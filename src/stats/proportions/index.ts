export { proportionIntervals } from "./proportion-interval.js";
