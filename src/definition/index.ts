export { allocationOf } from "./allocation.js";
export { Checks, isRecord } from "./checks.js";
export { catalogueFrom, defineCatalogue } from "./define-catalogue.js";
export { defineExperiment, definitionFrom } from "./define-experiment.js";
export { checkDefinition } from "./definition-problems.js";
export { frozenJson } from "./frozen-json.js";
