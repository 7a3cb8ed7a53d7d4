export {
  type AdaptiveInference,
  type AdaptiveRequest,
  adaptiveInference,
} from "./adaptive/adaptive-inference.js";
export type { AdaptiveEstimates, ArmInference, ContrastInference } from "./adaptive/adaptive-tally.js";
export type { AdaptiveEstimatorName } from "./adaptive/estimators/index.js";
export {
  type ActionShare,
  type EvaluationRequest,
  evaluatePolicy,
  type PolicyEvaluation,
} from "./evaluate-policy.js";
export { type LearnedPolicy, type LearningRequest, learnPolicy } from "./learning/learn-policy.js";
export type { LeftOut } from "./log/choice-log.js";
export type { LogEntry, LoggedChoice } from "./log/logged-choice.js";
export type { TargetPolicy } from "./log/target-policy.js";
export type { RewardFunction } from "./model/predictions.js";
export type { ValueEstimatorChoice, ValueEstimatorName } from "./value/estimators/index.js";
export type { Overlap } from "./value/overlap.js";
export { policyValue, roundValues } from "./value/policy-value.js";
export type { TargetRounds } from "./value/target-rounds.js";
export type { PolicyValue, ValueEstimate } from "./value/value-estimate.js";
export { type ValueOptions, valueEstimatorNames } from "./value/value-options.js";
export { type WarmArm, type WarmStart, type WarmStartRequest, warmStart } from "./warm-start.js";
