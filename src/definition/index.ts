export { allocationOf } from "./allocation.js";
export { Checks, isRecord } from "./checks.js";
export { conditionShapes } from "./condition-shape.js";
export { catalogueFrom, defineCatalogue } from "./define-catalogue.js";
export { defineExperiment, definitionFrom } from "./define-experiment.js";
export { checkDefinition, checkShape } from "./definition-problems.js";
export { catalogueFields, definitionShape, experimentFields } from "./definition-shape.js";
export { frozenJson } from "./frozen-json.js";
export { instantOf } from "./instant.js";
