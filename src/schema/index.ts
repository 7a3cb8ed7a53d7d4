export { parseCells } from "../metrics/data/index.js";
export { parseBanditRounds } from "../rounds/index.js";
export { jsonSchema, type SchemaName, zodSchema } from "./json-schema.js";
export { parseBanditState } from "./parse-bandit-state.js";
export { type ExperimentFile, parseCatalogue, parseDefinition, parseExperiment } from "./parse-definition.js";
export { parseExposure } from "./parse-exposure.js";
export { parseReport } from "./parse-report.js";
