export { assign } from "./assign.js";
