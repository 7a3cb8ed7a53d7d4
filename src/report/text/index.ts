export { alignRows, wrap } from "./table.js";
