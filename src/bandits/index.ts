export type { BanditRound, ExpectedRewards } from "../rounds/bandit-round.js";
export type { Decision } from "../rounds/decision.js";
export type { Outcome } from "../rounds/outcome.js";
export { toLogLine } from "../rounds/to-log-line.js";
export { caps } from "./constraints/caps.js";
export type { Constraint, Demand, Limits, ShareBounds } from "./constraints/constraint.js";
export { controlShare } from "./constraints/control-share.js";
export { floor } from "./constraints/floor.js";
export { constraints } from "./constraints/index.js";
export { constraint } from "./constraints/make-constraint.js";
export { paceShare } from "./constraints/pace-share.js";
export { withinFrequency } from "./constraints/within-frequency.js";
export { type DecisionRequest, decide, probabilities } from "./decide/decide.js";
export { decideKeeping } from "./decide/decide-keeping.js";
export { decideOnce, decisionIdOf } from "./decide/decide-once.js";
export { type ExplainedAction, explainActions } from "./decide/explain-actions.js";
export { type QuickDecision, quickDecide, withPropensity } from "./decide/quick-decide.js";
export type { ContextFeature } from "./encoders/context-feature.js";
export type { Encoder, EncoderFactory, Encoders, Feature, FeatureOf } from "./encoders/encoder.js";
export { encoders } from "./encoders/encoders.js";
export type { LedgerCounts } from "./ledger/ledger-entry.js";
export type { KindOptions, LedgerOptions } from "./ledger/ledger-options.js";
export {
  RewardLedger,
  type RewardRecord,
  type SettledOutcome,
} from "./ledger/reward-ledger.js";
export { bernoulli } from "./models/bernoulli/bernoulli.js";
export { robustBernoulli } from "./models/bernoulli/robust-bernoulli.js";
export { categorical } from "./models/categorical/categorical.js";
export type { EffectsSettings, Segments } from "./models/effects/effects.js";
export { factorial } from "./models/effects/factorial.js";
export { hierarchical } from "./models/effects/hierarchical.js";
export { hurdle } from "./models/hurdle/hurdle.js";
export { rewardModels } from "./models/index.js";
export { linear } from "./models/linear/linear.js";
export type { ActionAttributes } from "./models/linear/term-encoder.js";
export { logistic } from "./models/logistic/logistic.js";
export { normal } from "./models/normal/normal.js";
export { poisson } from "./models/poisson/poisson.js";
export { robustPoisson } from "./models/poisson/robust-poisson.js";
export type { Learned, Likelihood, RewardModel, Sums } from "./models/reward-model.js";
export type { RobustHistory } from "./models/robust/robust-history.js";
export { type BestArm, type BestArmOptions, bestArm } from "./monitoring/best-arm.js";
export { type GuardrailBreach, guardrailBreaches, pauseBreaching } from "./monitoring/guardrail-breaches.js";
export { objectives } from "./objectives/index.js";
export { net } from "./objectives/net.js";
export type { Objective } from "./objectives/objective.js";
export type { Part, PartFactory, Parts } from "./part.js";
export { epsilonGreedy } from "./policies/epsilon-greedy.js";
export { fixed } from "./policies/fixed.js";
export { policies } from "./policies/index.js";
export type { Policy, View } from "./policies/policy.js";
export { sharpened } from "./policies/sharpened.js";
export type { Sharpest } from "./policies/sharpness-limits.js";
export { softmax } from "./policies/softmax.js";
export { thompson } from "./policies/thompson.js";
export { topTwo } from "./policies/top-two.js";
export { ucb } from "./policies/ucb.js";
export { uniform } from "./policies/uniform.js";
export { bestProbabilities } from "./posterior/best-probabilities.js";
export type { Marginal } from "./posterior/largest-probabilities.js";
export type { Belief, Posterior } from "./posterior/posterior.js";
export type { Arm } from "./state/arm.js";
export { addArm, pauseArm, removeArm, resumeArm } from "./state/arms.js";
export type { BanditDelta } from "./state/bandit-delta.js";
export { type BanditOptions, createBandit } from "./state/create-bandit.js";
export { type BanditWindow, discount, slideWindow, windowBandit } from "./state/discount.js";
export type { Learning, Mark, Marks } from "./state/learning.js";
export { mergeBandits } from "./state/merge-bandits.js";
export { mergeDelta } from "./state/merge-delta.js";
export {
  type Changed,
  type Migration,
  type MigrationOptions,
  migrateBandit,
} from "./state/migrate-bandit.js";
export { restoreBandit } from "./state/restore-bandit.js";
export type { BanditState, Setup } from "./state/state.js";
export { takeDelta } from "./state/take-delta.js";
export { update } from "./state/update.js";
export { withConstraints } from "./state/with-constraints.js";
export { withHistory } from "./state/with-history.js";
export { withSource } from "./state/with-source.js";
