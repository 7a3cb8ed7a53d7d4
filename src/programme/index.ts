export {
  analyzeProgramme,
  type MetricProgramme,
  type Programme,
  type ProgrammeOptions,
} from "./analyze-programme.js";
export {
  type ArmEffects,
  type CountedArm,
  type EffectsOfArmsOptions,
  effectsOfArms,
} from "./effects-of-arms.js";
export { type EffectsOfReportOptions, effectsOfReport, type ReportEffects } from "./effects-of-report.js";
export type { ProposedTest } from "./next-tests.js";
export type { EffectScaleName, PastEffect } from "./past-effect.js";
export type { Grouping, PooledEffects } from "./pooled-effects.js";
export type { SurrogateCandidate, SurrogateReading } from "./surrogates.js";
export type { DecisionRule, Impact, Outcomes, ProgrammePeriod, Winners } from "./winners.js";
