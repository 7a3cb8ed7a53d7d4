export { checkMoments } from "./check-moments.js";
