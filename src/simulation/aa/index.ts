export type { AaRequest } from "./aa-request.js";
export type { AaRow, AaRun, AaSpread } from "./aa-run.js";
export { runAa } from "./run-aa.js";
export type { AaSentence } from "./sentences/index.js";
