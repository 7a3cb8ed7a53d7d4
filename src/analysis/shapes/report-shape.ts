import { definitionShape } from "../../definition/index.js";
import { foundCapFields } from "../../metrics/data/index.js";
import { metricShape } from "../../metrics/index.js";
import type { FieldsFor, Shape } from "../../shapes/index.js";
import type { ClustersRead } from "../clusters-in.js";
import type { Comparison, Heterogeneity, Reading, StratifiedComparison } from "../comparison.js";
import type { ReasonPart, ReasonsFound } from "../reasons/decomposition.js";
import type { Recommendation, VariantVerdict } from "../recommendation/recommend.js";
import { recommendationRules } from "../recommendation/rules/index.js";
import type { Arm, Family, Report } from "../report.js";
import type { Triggered } from "../triggered.js";
import { banditRunFields } from "./bandit-run-shape.js";
import {
  amount,
  baselines,
  bounds,
  contrast,
  count,
  estimate,
  evidence,
  flag,
  level,
  levels,
  levelTest,
  listOf,
  number,
  optional,
  orNull,
  probability,
  quantity,
  repeatedLevels,
  text,
  texts,
  version,
  words,
} from "./common-shapes.js";
import {
  combination,
  factorEffect,
  finding,
  heaviest,
  ignoring,
  influence,
  shareCheckFields,
  trendParts,
} from "./finding-shapes.js";
import { lookAccount } from "./look-account-shape.js";
import { overTime } from "./over-time-shape.js";

const reading = {
  fixed: estimate,
  planned: estimate,
  shrunken: optional(estimate),
  others: { kind: "map", of: estimate, optional: true },
} as const satisfies FieldsFor<Reading>;

const comparison = {
  metric: text,
  contrast,
  cell: levels,
  units: { kind: "tuple", of: [count, count] },
  values: { kind: "tuple", of: [orNull(number), orNull(number)] },
  difference: { kind: "object", has: reading },
  lift: { kind: "object", has: reading },
  elsewhere: optional(number),
  versusRest: { kind: "object", has: reading, optional: true },
  thin: optional(flag),
  futile: { kind: "word", of: ["now", "before"], optional: true },
  versions: optional(listOf({ definitionVersion: version, difference: estimate, lift: estimate })),
} as const satisfies FieldsFor<Comparison>;

const factored = {
  ...{ metric: text, order: count, combinations: count, missing: texts },
} as const;
const unfactored = { ...factored, reason: text } as const;
const factorsOfMetric = {
  kind: "choice",
  by: "status",
  of: {
    ok: {
      ...factored,
      mean: estimate,
      effects: listOf({
        ...factorEffect,
        effect: { kind: "object", has: reading },
        lenth: { kind: "object", has: { pAdjusted: probability, quantile: number }, optional: true },
      } as const),
      lenth: { kind: "object", has: { pse: amount, margin: amount }, optional: true },
      best: optional(combination),
      control: optional(combination),
    },
    undefined: unfactored,
    adaptive: unfactored,
  },
} as const satisfies Shape;

const decomposed = {
  ...{ metric: text, contrast, cell: levels, steps: texts },
  purchases: optional(flag),
  units: { kind: "tuple", of: [count, count] },
  thin: optional(flag),
} as const;
const undecomposed = { ...decomposed, reason: text } as const;
const decomposition = {
  kind: "choice",
  by: "status",
  of: {
    ok: {
      ...decomposed,
      reasons: listOf({
        step: text,
        values: bounds,
        contribution: { kind: "object", has: reading },
      } as const satisfies FieldsFor<ReasonPart>),
      difference: { kind: "object", has: reading },
    },
    undefined: undecomposed,
    adaptive: undecomposed,
  },
} as const satisfies Shape;

const splitLevels = {
  ...{ metric: text, contrast, dimension: text, step: text },
  levels: { kind: "list", of: words },
} as const;
const reasons = {
  macro: { kind: "list", of: decomposition },
  between: {
    kind: "list",
    of: {
      kind: "choice",
      by: "status",
      of: {
        ok: { ...splitLevels, q: amount, df: amount, pValue: probability, pAdjusted: probability },
        undefined: { ...splitLevels, reason: text },
      },
    },
  },
  micro: { kind: "list", of: decomposition },
} as const satisfies FieldsFor<ReasonsFound>;

const alongOrder = {
  ...{ metric: text, dimension: text, within: levels, of: trendParts.of },
  randomized: optional(flag),
  omitted: { kind: "list", of: words },
} as const;
const trend = {
  kind: "choice",
  by: "status",
  of: {
    ok: {
      ...alongOrder,
      points: listOf({
        level: words,
        value: number,
        standardError: amount,
        interval: bounds,
        units: count,
      } as const),
      ...{ line: trendParts.line, change: trendParts.change, level },
      shows: { kind: "word", of: ["change", "trend", "nothing"] },
      told: flag,
    },
    undefined: { ...alongOrder, reason: text },
  },
} as const satisfies Shape;

const stratified = {
  metric: text,
  contrast,
  dimension: text,
  crude: estimate,
  stratified: estimate,
  agreement: { kind: "word", of: ["agrees", "shifted", "simpson", "undefined"] },
} as const satisfies FieldsFor<StratifiedComparison>;

const between = {
  metric: text,
  contrast,
  dimension: text,
  levels: { kind: "list", of: words },
  merged: { kind: "list", of: words },
  omitted: { kind: "list", of: words },
  repeated: repeatedLevels,
  baselines,
  difference: levelTest,
  lift: levelTest,
  differs: { kind: "word", of: ["both", "difference", "lift", "neither", "untested"] },
  opens: flag,
} as const satisfies FieldsFor<Heterogeneity>;

const screened = {
  ...{ metric: text, contrast, grain: texts },
  cells: count,
  thin: count,
  opens: flag,
} as const;
const unscreened = { ...screened, reason: text } as const;
const screen = {
  kind: "choice",
  by: "status",
  of: {
    ok: { ...screened, q: amount, df: amount, pValue: probability, pAdjusted: probability },
    undefined: unscreened,
    adaptive: unscreened,
  },
} as const satisfies Shape;

const decided = {
  action: { kind: "word", of: ["ship", "keep_running", "stop", "enough", "cannot_tell", "do_not_read"] },
  rule: { kind: "word", of: Object.keys(recommendationRules) },
} as const;
/** Rules that judge one treatment, which a recommendation that follows them names. */
export const variantRules: readonly string[] = Object.entries(recommendationRules)
  .filter(([, { about }]) => about === "variant")
  .map(([name]) => name);
const atOneLook = {
  ...decided,
  evidence: listOf(evidence),
} as const satisfies FieldsFor<NonNullable<VariantVerdict["atOneLook"]>>;
const verdict = {
  ...decided,
  atOneLook: { kind: "object", has: atOneLook, optional: true },
  variant: text,
  evidence: listOf(evidence),
} as const satisfies FieldsFor<VariantVerdict>;
const recommendation = {
  ...decided,
  variant: optional(text),
  about: optional(text),
  runnerUp: { kind: "object", has: { variant: text, metric: text, difference: estimate }, optional: true },
  variants: listOf(verdict),
} as const satisfies FieldsFor<Recommendation>;

const family = {
  grain: {
    kind: "word",
    of: [
      "gains",
      "margins",
      "harms",
      "macro",
      "rules",
      "between",
      "screens",
      "micro",
      "versus_rest",
      "ignoring",
      "over_time",
      "trends",
      "reasons",
      "reason_levels",
      "reason_cells",
      "factors",
    ],
  },
  correction: text,
  alpha: level,
  tests: count,
} as const satisfies FieldsFor<Family>;
const arm = { variant: text, definitionVersion: version, units: count } as const satisfies FieldsFor<Arm>;

const metric: Shape =
  metricShape.kind === "choice"
    ? {
        ...metricShape,
        of: Object.fromEntries(
          Object.entries(metricShape.of).map(([type, has]) => [type, { ...has, quantity }]),
        ),
      }
    : metricShape;

const adjusting = {
  metric: text,
  units: count,
  missing: optional(probability),
  balance: optional(probability),
} as const;
const adjustment = {
  kind: "choice",
  by: "status",
  of: {
    adjusted: { ...adjusting, explained: probability, worth: count },
    declined: { ...adjusting, reason: text },
  },
} as const satisfies Shape;

const checks = { kind: "list", of: { kind: "choice", by: "status", of: shareCheckFields } } as const;

const report = {
  format: { kind: "word", of: ["essai.report/2"], format: true },
  definition: definitionShape as Shape & { readonly optional?: never },
  source: text,
  metrics: { kind: "list", of: metric },
  contrasts: { kind: "list", of: contrast },
  dimensions: texts,
  declared: optional(texts),
  grains: { kind: "list", of: texts },
  level,
  looks: { kind: "object", has: lookAccount, optional: true },
  families: listOf(family),
  arms: listOf(arm),
  checks,
  adjustments: { kind: "list", of: adjustment, optional: true },
  caps: optional(listOf(foundCapFields)),
  clusters: {
    kind: "object",
    has: { column: text, clusters: count, units: count } satisfies FieldsFor<ClustersRead>,
    optional: true,
  },
  triggered: {
    kind: "object",
    has: { event: text, units: count, of: count, checks } satisfies FieldsFor<Triggered>,
    optional: true,
  },
  macro: listOf(comparison),
  influence: listOf(influence),
  heaviest: optional(listOf(heaviest)),
  rules: listOf(comparison),
  stratified: listOf(stratified),
  between: listOf(between),
  screens: { kind: "list", of: screen },
  micro: listOf(comparison),
  standingOut: { kind: "list", of: count },
  ignoring: optional(listOf(ignoring)),
  overTime: { kind: "object", has: overTime, optional: true },
  trends: { kind: "list", of: trend, optional: true },
  reasons: { kind: "object", has: reasons, optional: true },
  factors: { kind: "list", of: factorsOfMetric, optional: true },
  findings: { kind: "list", of: finding },
  recommendation: { kind: "object", has: recommendation },
  excluded: { kind: "map", of: count },
  bandit: { kind: "object", has: banditRunFields, optional: true },
} as const satisfies FieldsFor<Report>;

/** A report, `essai.report/2`. */
export const reportShape: Shape = { kind: "object", has: report };
