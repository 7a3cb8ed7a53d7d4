export { assign } from "./assign.js";
export { createAssigner } from "./create-assigner.js";
export { type CatalogueDiff, compareCatalogues, type ExperimentDiff } from "./versions/compare-catalogues.js";
export type { FieldChange } from "./versions/field-changes.js";
