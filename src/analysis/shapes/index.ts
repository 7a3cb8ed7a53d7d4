export { reportShape, variantRules } from "./report-shape.js";
