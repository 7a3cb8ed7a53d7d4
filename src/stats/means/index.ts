export { plainDifference } from "./mean-difference.js";
