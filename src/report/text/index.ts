export { alignRows } from "./table.js";
