export { countedQuantile } from "./counted-quantile.js";
