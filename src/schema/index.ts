export { parseReport, reportSchema } from "../analysis/report.schema.js";
export { banditStateSchema } from "../bandits/state.schema.js";
export { catalogueSchema, definitionSchema, experimentFileSchema } from "../definition/definition.schema.js";
export { cellsSchema } from "../metrics/cells.schema.js";
export { metricSchema } from "../metrics/metric.schema.js";
export { dataMappingSchema } from "../sql/data-mapping.schema.js";
export { parseBanditState } from "./parse-bandit-state.js";
export { type ExperimentFile, parseCatalogue, parseDefinition, parseExperiment } from "./parse-definition.js";
export { zodProblems } from "./zod-problems.js";
