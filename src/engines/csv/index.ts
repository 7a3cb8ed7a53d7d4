export { fromCsv } from "./from-csv.js";
