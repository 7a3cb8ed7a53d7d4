export { compileGates, type Gate, type GateName } from "./compile-gates.js";
export type { Ask, Call, Reached, Ruled } from "./gate.js";
export type { BypassedDecision, Entrant, Gates } from "./gates.js";
export { type Arm, experimentReader, type ReadExperiment } from "./read-experiment.js";
