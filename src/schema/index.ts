export { definitionSchema, experimentFileSchema } from "../definition/definition.schema.js";
export { type ExperimentFile, parseDefinition, parseExperiment } from "./parse-definition.js";
export { zodProblems } from "./zod-problems.js";
