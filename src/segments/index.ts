export type { AttributeList, AttributeValue, UnreadableReason } from "./attribute.js";
export {
  type BehaviourEvent,
  type BehavioursOptions,
  behaviours,
  type ToldTime,
} from "./behaviours.js";
export type {
  BudgetCurvePoint,
  BudgetPlan,
  BudgetSpent,
  BudgetValues,
  TargetedGroup,
  UpliftOfTreatment,
} from "./budget-report.js";
export { type BudgetValuesRequest, budgetValues } from "./budget-values.js";
export { discoverSegments } from "./discover-segments.js";
export { type MixtureGroups, type MixtureOptions, mixtureGroups } from "./groups/mixture-groups.js";
export { type RfmAttributes, type RfmOptions, rfmGroups } from "./groups/rfm-groups.js";
export type { UnitGroup, UnitGroups } from "./groups/unit-groups.js";
export type { Measured } from "./held-out.js";
export { knownSegments } from "./known-segments.js";
export type { RuleList } from "./policy-tree.js";
export {
  type PolicyValues,
  type PolicyValuesRequest,
  policyValues,
  type ValuedPolicy,
} from "./policy-values.js";
export type { Ranged } from "./ranged.js";
export {
  type BehavioursRequest,
  type EventsRelation,
  type ExposureRows,
  readBehaviours,
} from "./read-behaviours.js";
export type { RefusedAttribute } from "./refused-attributes.js";
export type { FoundSegment, SegmentDiscovery, TreatmentSegments } from "./segment-discovery.js";
export type { SegmentsRequest } from "./segments-request.js";
export type { Behaviours } from "./unit-habits.js";
