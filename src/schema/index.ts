export { parseReport } from "../analysis/report.schema.js";
export { parseCells } from "../metrics/cells.schema.js";
export { jsonSchema, type SchemaName } from "./json-schema.js";
export { parseBanditRounds } from "./parse-bandit-rounds.js";
export { parseBanditState } from "./parse-bandit-state.js";
export { type ExperimentFile, parseCatalogue, parseDefinition, parseExperiment } from "./parse-definition.js";
