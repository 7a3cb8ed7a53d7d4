export type { Cell, Cells, CellsRequest, FoundCap, Source } from "../core/cells.js";
export type { BanditRound, ExpectedRewards, FlatRound } from "../rounds/index.js";
export type { Adjustment } from "./adjustments.js";
export { analyze } from "./analyze.js";
export type { AnalyzeRequest } from "./analyze-request.js";
export { banditReport } from "./bandit-run/bandit-report.js";
export { type BanditRunRequest, banditRun } from "./bandit-run/bandit-run.js";
export type {
  ArmBelief,
  BanditRun,
  BeliefView,
  KnownRegret,
  LearnedRun,
  PlayedArm,
  RunPeriod,
  SegmentPlay,
  ServedCheck,
} from "./bandit-run/run.js";
export type { Check } from "./check.js";
export type { ClustersRead } from "./clusters-in.js";
export type {
  CellLevels,
  Comparison,
  Contrast,
  Heterogeneity,
  LevelBaseline,
  LevelTest,
  Reading,
  ReportMetric,
  Screen,
  StratifiedComparison,
} from "./comparison.js";
export type { ComparisonOutcome, Evidence } from "./comparison-evidence.js";
export type { FactorEffect, FactorsOfMetric, MetCombination } from "./factors/factor-effects.js";
export type { Tone } from "./findings/finding-kind.js";
export type { EvidenceOf, Finding, FindingKind } from "./findings/index.js";
export type { Ignoring } from "./ignoring/ignoring.js";
export type { Course, CourseLook, CoursePoint, CourseState } from "./looks/course.js";
export type { LookAccount } from "./looks/look-account.js";
export {
  type LookHistory,
  parseLookHistory,
  type TakenLook,
  type TestHistory,
  type ToldLook,
} from "./looks/look-history.js";
export type {
  EffectOverTime,
  OverTime,
  ScaleChange,
  SinceChange,
  TimePoint,
} from "./over-time/over-time.js";
export type { Decomposition, ReasonLevels, ReasonPart, ReasonsFound } from "./reasons/decomposition.js";
export type { Action } from "./recommendation/action.js";
export type { Recommendation, VariantVerdict } from "./recommendation/recommend.js";
export type { RuleName } from "./recommendation/rules/index.js";
export type { Arm as ReportArm, Family, Report } from "./report.js";
export { fromCells } from "./sources/from-cells.js";
export { type DataRow, type EventRows, fromRows } from "./sources/from-rows.js";
export type { Trend, TrendPoint } from "./trends/trend.js";
export type { Triggered } from "./triggered.js";
