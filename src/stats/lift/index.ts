export { fieller } from "./fieller.js";
