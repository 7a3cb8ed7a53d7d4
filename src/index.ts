export { assign } from "./assignment/assign.js";
export type {
  AssignerOf,
  AssignmentOf,
  CallOptionsOf,
  DefinitionOf,
  ExperimentKey,
  ExperimentOf,
  OverridesOf,
} from "./assignment/assigner-of.js";
export type { CallOptions } from "./assignment/call-options.js";
export {
  type Assigner,
  type AssignerOptions,
  createAssigner,
} from "./assignment/create-assigner.js";
export { createHoldouts } from "./assignment/create-holdouts.js";
export { type ClauseOutcome, type ExplainedStep, type Explanation, explain } from "./assignment/explain.js";
export { gatesOf } from "./assignment/gates-of.js";
export { type Hydrated, hydrate } from "./assignment/hydrate.js";
export { createIdentity, type Identity, type IdentityLinks } from "./assignment/identity.js";
export { overridesFromUrl } from "./assignment/overrides-from-url.js";
export {
  type OpenOptions,
  openSnapshot,
  type SealOptions,
  sealSnapshot,
} from "./assignment/signed-snapshot.js";
export type { Snapshot } from "./assignment/snapshot.js";
export { snapshotScript } from "./assignment/snapshot-script.js";
export {
  keepSticky,
  type Sticky,
  type StickyOptions,
  type StickyRecord,
  type StickyStore,
} from "./assignment/sticky.js";
export {
  type CatalogueDiff,
  compareCatalogues,
  type ExperimentDiff,
  type OpenPart,
  type ReusedPoints,
} from "./assignment/versions/compare-catalogues.js";
export type { FieldChange } from "./assignment/versions/field-changes.js";
export { createLiveAssigner, type LiveAssigner } from "./assignment/versions/live-assigner.js";
export type { Flow, Moves } from "./assignment/versions/moves.js";
export { type Fallbacks, type PageAssigner, withFallbacks } from "./assignment/with-fallbacks.js";
export type { Assignment, Decided, Exposure } from "./core/assignment.js";
export type { Catalogue, Holdout } from "./core/catalogue.js";
export type {
  Attributes,
  AttributeType,
  Condition,
  Scalar,
  TestName,
  Tests,
  TestsFor,
} from "./core/condition.js";
export type {
  ContextOf,
  Definition,
  DesignRecord,
  FactorDefinition,
  LayerSlot,
  Level,
  PayloadOf,
  PointRange,
  Prerequisite,
  Rule,
  Schedule,
  VariantDefinition,
  VariantOf,
} from "./core/definition.js";
export type { Json } from "./core/json.js";
export type { MetricDefinition } from "./core/metric-definition.js";
export type { LookMethod, Plan, Spending } from "./core/plan.js";
export { allocationOf } from "./definition/allocation.js";
export { defineCatalogue } from "./definition/define-catalogue.js";
export {
  type CombinationKey,
  defineExperiment,
  type ExperimentInput,
  type FactorialDefinition,
  type FactorialInput,
} from "./definition/define-experiment.js";
export type { Combination, Factors } from "./definition/designs/factors.js";
export { type HoldoutMeasure, holdoutExperiment } from "./definition/holdout-experiment.js";
export { claimLayer, freeInLayer } from "./definition/layers.js";
export { type FactorialChanges, nextVersion, type VersionChanges } from "./definition/next-version.js";
export { type Reallocation, reallocate } from "./definition/reallocate.js";
export type { ErrorCode, ErrorPath, Problem } from "./errors/index.js";
export { ExperimentError } from "./errors/index.js";
export type { BypassedDecision, Entrant, Gates } from "./gates/gates.js";
export type { KnownMetric } from "./metrics/index.js";
