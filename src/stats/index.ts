export type { Alternative, Estimate, EstimateOptions } from "../core/estimate.js";
export type { Moments, ScalarMoments } from "../core/moments.js";
export type { SlopeSource } from "./adjustment/adjusted-arms.js";
export { ancova } from "./adjustment/ancova.js";
export type { CovariateBalance, CovariateHealth } from "./adjustment/covariate-health.js";
export { type Covariates, covariateMoments } from "./adjustment/covariate-moments.js";
export { type AdjustedComparison, type CupedOptions, cuped } from "./adjustment/cuped.js";
export { cupedRatio } from "./adjustment/cuped-ratio.js";
export { type CovariateStratum, stratifiedCuped } from "./adjustment/stratified-cuped.js";
export { type BetaPrior, betaPosterior } from "./bayes/arms/bernoulli.js";
export { type HurdlePrior, hurdlePosterior, hurdlePrior } from "./bayes/arms/hurdle.js";
export type { ArmPosterior } from "./bayes/arms/index.js";
export { meanPosterior, meanPrior } from "./bayes/arms/normal.js";
export type { NormalPrior } from "./bayes/arms/normal-posterior.js";
export { type GammaPrior, gammaPosterior, ratePrior } from "./bayes/arms/poisson.js";
export type { CompareArmsOptions, RankArmsOptions } from "./bayes/bayes-options.js";
export { type ArmComparison, compareArms } from "./bayes/compare-arms.js";
export type { Credible } from "./bayes/credible.js";
export {
  type EffectPosterior,
  type EffectPosteriorOptions,
  effectPosterior,
} from "./bayes/effects/effect-posterior.js";
export type { EffectPrior } from "./bayes/effects/effect-prior.js";
export { type FitPriorOptions, fitPrior } from "./bayes/effects/fit-prior.js";
export { type PredictiveCheck, predictiveCheck } from "./bayes/effects/predictive-check.js";
export type { Rank } from "./bayes/quadrature/rank-laws.js";
export { rankArms } from "./bayes/rank-arms.js";
export { type BootstrapOptions, bootstrapLift } from "./bootstrap/bootstrap-lift.js";
export { type SampleRatioMismatch, sampleRatioMismatch } from "./checks/sample-ratio-mismatch.js";
export { type SequentialMismatch, sequentialRatioMismatch } from "./checks/sequential-ratio-mismatch.js";
export { type ClusteredArm, clusterDifference } from "./clusters/cluster-difference.js";
export type { ClusterOptions } from "./clusters/cluster-options.js";
export type { ClusterCorrection } from "./clusters/clustered-fit.js";
export { type FitVariance, type LeastSquaresOptions, leastSquares } from "./clusters/least-squares.js";
export { type Period, type SwitchbackOptions, switchback } from "./clusters/switchback.js";
export { adjust } from "./corrections/adjust.js";
export { benjaminiHochberg } from "./corrections/benjamini-hochberg.js";
export { benjaminiYekutieli } from "./corrections/benjamini-yekutieli.js";
export { bonferroni } from "./corrections/bonferroni.js";
export { correctedLevel } from "./corrections/corrected-level.js";
export { hochberg } from "./corrections/hochberg.js";
export { holm } from "./corrections/holm.js";
export { holmSidak } from "./corrections/holm-sidak.js";
export { hommel } from "./corrections/hommel.js";
export { type Correction, corrections, type DecisionCorrection } from "./corrections/index.js";
export { sidak } from "./corrections/sidak.js";
export {
  type FactorialEffect,
  type FactorialFit,
  type FactorialOptions,
  type FactorialVariance,
  factorialEffects,
} from "./factorial/factorial-effects.js";
export {
  type HalfNormalPoint,
  halfNormalPoints,
  type LenthResult,
  lenth,
  type NamedEffect,
} from "./factorial/lenth.js";
export type { Factor, FactorialCell } from "./factorial/terms.js";
export {
  type Boundaries,
  type Crossing,
  crossingProbabilities,
} from "./group-sequential/crossing-probabilities.js";
export { groupSequentialDesign, type SequentialDesign } from "./group-sequential/group-sequential-design.js";
export type { LooksState } from "./group-sequential/looks-state.js";
export type { FutilityPlan, SequentialPlan } from "./group-sequential/plan.js";
export { repeatedPValue, type SeenLook } from "./group-sequential/repeated-p-value.js";
export type { Spending } from "./group-sequential/spending/index.js";
export { stagewise } from "./group-sequential/stagewise.js";
export { type Look, type LookReading, type SequentialTrial, takeLook } from "./group-sequential/take-look.js";
export {
  dunnettComparisons,
  type GroupComparison,
  tukeyComparisons,
  welchAnova,
} from "./groups/group-comparisons.js";
export type { MeasuredEffect } from "./heterogeneity/check-effects.js";
export { type HeterogeneityTest, heterogeneity } from "./heterogeneity/heterogeneity.js";
export type { EffectScale, LevelsTest } from "./heterogeneity/level-table.js";
export { type MeanHeterogeneityOptions, meanHeterogeneity } from "./heterogeneity/mean-heterogeneity.js";
export {
  type BetweenEstimator,
  type MetaAnalysis,
  type MetaOptions,
  metaAnalysis,
} from "./heterogeneity/meta-analysis.js";
export { type RateHeterogeneityOptions, rateHeterogeneity } from "./heterogeneity/rate-heterogeneity.js";
export { type Shrinkage, type ShrunkEffect, shrinkEffects } from "./heterogeneity/shrink-effects.js";
export {
  type SparseEffect,
  type SparseShrinkage,
  shrinkSparseEffects,
} from "./heterogeneity/shrink-sparse-effects.js";
export { type LiftMethod, type LiftOptions, lift } from "./lift/lift.js";
export { type ArmEstimate, liftOfEstimates } from "./lift/lift-of-estimates.js";
export { meanDifference } from "./means/mean-difference.js";
export { pooledT } from "./means/pooled-t.js";
export { welch } from "./means/welch.js";
export { mergeAll, mergeMoments } from "./moments/merge-moments.js";
export { MomentsAccumulator, type MomentsAccumulatorOptions } from "./moments/moments-accumulator.js";
export { momentsOf } from "./moments/moments-of.js";
export { scalar } from "./moments/scalar.js";
export {
  type MarginTest,
  nonInferiorProportions,
} from "./noninferiority/non-inferior-proportions.js";
export { equivalence, type MarginOptions, nonInferiority } from "./noninferiority/non-inferiority.js";
export type { BeliefPlan, TrialOptions } from "./power/belief-plan.js";
export {
  type BelievedOutcomes,
  type BelievedPower,
  type BelievedSize,
  powerForBeliefs,
  sizeForBeliefs,
} from "./power/believed-power.js";
export { type DecisionSize, type PlannedTest, sampleSizeForDecision } from "./power/decision.js";
export type { DecisionPlan, PlannedMetric } from "./power/decision-plan.js";
export { type DecisionLook, type DecisionPower, powerForDecision } from "./power/decision-power.js";
export { type Clusters, designEffect } from "./power/design-effect.js";
export { detectableLift } from "./power/detectable-lift.js";
export type { PowerOptions, SampleSize } from "./power/inputs.js";
export { sampleSizeForProportions } from "./power/proportions.js";
export { powerForMeans, sampleSizeForMeans } from "./power/t-test.js";
export {
  adjustedVariance,
  minimumDetectableDifference,
  ratioVariance,
  sampleSizeForDifference,
} from "./power/variance.js";
export { agrestiCaffo } from "./proportions/agresti-caffo.js";
export { miettinenNurminen } from "./proportions/miettinen-nurminen.js";
export { newcombe } from "./proportions/newcombe.js";
export { pooledProportions } from "./proportions/pooled-proportions.js";
export type { Proportion } from "./proportions/proportion.js";
export {
  type ProportionInterval,
  type ProportionIntervalMethod,
  proportionInterval,
} from "./proportions/proportion-interval.js";
export { oddsRatio, riskRatio } from "./proportions/risk-ratio.js";
export { scasDifference } from "./proportions/scas-difference.js";
export { scasLift } from "./proportions/scas-lift.js";
export { wald } from "./proportions/wald.js";
export { type QuantileType, quantile } from "./quantiles/quantile.js";
export {
  combineQuantiles,
  type QuantileArm,
  type QuantileInterval,
  type QuantileOptions,
  quantileDifference,
} from "./quantiles/quantile-difference.js";
export {
  type Bounds,
  cappedMoments,
  type WinsorizedComparison,
  type WinsorizeOptions,
  winsorBounds,
  winsorizedComparison,
} from "./quantiles/winsorize.js";
export { mannWhitney, type RankOptions, type RankResult } from "./ranks/mann-whitney.js";
export {
  type PermutationOptions,
  type PermutationResult,
  permutationTest,
} from "./ranks/permutation-test.js";
export { type Rate, rateRatio } from "./rates/rate-ratio.js";
export { ratioDifference } from "./ratios/ratio-difference.js";
export { ratioLift } from "./ratios/ratio-lift.js";
export type { Reason, Reasons } from "./reasons/read-reasons.js";
export { reasonsForDifference } from "./reasons/reasons-for-difference.js";
export { addLook, type SequentialLook, type SequentialState } from "./sequential/add-look.js";
export {
  anytimeLinearModel,
  type CoefficientEstimate,
  confidenceSequence,
  type LookEstimate,
  type MsprtOptions,
  msprt,
} from "./sequential/confidence-sequence.js";
export { eBenjaminiHochberg } from "./sequential/e-values.js";
export { type ExactRateOptions, exactRateLift } from "./sequential/exact-rate-lift.js";
export {
  type SequentialComparison,
  type SequentialCupedOptions,
  sequentialCuped,
  sequentialMeans,
  sequentialRatios,
} from "./sequential/sequential-means.js";
export type { SequentialOptions, TunedOptions } from "./sequential/sequential-options.js";
export { sequentialProportions } from "./sequential/sequential-proportions.js";
export { type Hurdle, hurdleOf } from "./skewed/hurdle.js";
export { type HurdleModel, type HurdleOptions, hurdleLift } from "./skewed/hurdle-lift.js";
export { welchHall } from "./skewed/welch-hall.js";
export {
  cochranMantelHaenszel,
  type MantelHaenszel,
  type ProportionStratum,
} from "./stratified/cochran-mantel-haenszel.js";
export { type PostStratifyOptions, postStratify, type Stratum } from "./stratified/post-stratify.js";
export { type FisherOptions, type FisherResult, fisherExact } from "./tables/fisher-exact.js";
export { type Independence, type IndependenceStatistic, independence } from "./tables/independence.js";
