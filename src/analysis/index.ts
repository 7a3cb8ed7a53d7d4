export type { Cell, Cells, CellsRequest, Source } from "../core/cells.js";
export type { BanditRound, ExpectedRewards } from "../rounds/index.js";
export { type AnalyzeRequest, analyze } from "./analyze.js";
export { banditReport } from "./bandit-run/bandit-report.js";
export { type BanditRunRequest, banditRun } from "./bandit-run/bandit-run.js";
export type {
  ArmBelief,
  BanditRun,
  BeliefView,
  KnownRegret,
  PlayedArm,
  RunPeriod,
  SegmentPlay,
  ServedCheck,
} from "./bandit-run/run.js";
export type {
  Action,
  Arm as ReportArm,
  CellLevels,
  Check,
  Contrast,
  Evidence,
  Family,
  Finding,
  FindingKind,
  Heterogeneity,
  Recommendation,
  Report,
  ReportMetric,
  Row,
  StratifiedRow,
  VariantVerdict,
} from "./report.js";
export { fromCells } from "./sources/from-cells.js";
export { type DataRow, type EventRows, fromRows } from "./sources/from-rows.js";
