export { linearize } from "./linearize.js";
