export { reportShape } from "./report-shape.js";
