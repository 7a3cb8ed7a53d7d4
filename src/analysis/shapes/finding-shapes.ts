import type { Fields, FieldsFor, Shape } from "../../shapes/index.js";
import type { MetCombination } from "../factors/factor-effects.js";
import type { EvidenceOf, FindingKind } from "../findings/index.js";
import type { Heaviest } from "../heaviest.js";
import type { Ignoring } from "../ignoring/ignoring.js";
import type { Influence } from "../influence.js";
import {
  amount,
  baselines,
  bounds,
  contrast,
  count,
  counts,
  estimate,
  evidence,
  flag,
  level,
  levels,
  levelTest,
  number,
  numbers,
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

const object = <const F extends Fields>(has: F) => ({ kind: "object", has }) as const;
const tested = { statistic: number, df: amount, pValue: probability, threshold: probability } as const;
const checked = {
  definitionVersion: orNull(version),
  rule: optional(text),
  dimension: optional(text),
  level: optional(words),
  levels: optional(count),
  failing: optional(count),
  variants: texts,
  observed: counts,
} as const;
const withoutTest = { ...checked, reason: text } as const;
const named = { arm: text, action: levels, best: probability } as const;
const compared = { arms: { kind: "list", of: orNull(text) }, served: counts, expected: numbers } as const;

/** A check of shares with a test, and without. */
export const shareCheckFields = {
  passed: { ...checked, ...tested, sequential: optional(flag), expected: numbers },
  failed: { ...checked, ...tested, sequential: optional(flag), expected: numbers },
  undefined: withoutTest,
  adaptive: withoutTest,
} as const satisfies Readonly<Record<string, Fields>>;

/** Whether actions came as often as their recorded probabilities say. */
export const servedCheck = {
  kind: "choice",
  by: "status",
  of: {
    passed: { ...compared, ...tested },
    failed: { ...compared, ...tested },
    undefined: { ...compared, reason: text },
  },
} as const satisfies Shape;

const { failed, undefined: untested } = shareCheckFields;
const { threshold: _, ...servedTest } = tested;
const simpson = {
  metric: text,
  quantity,
  contrast,
  dimension: text,
  agreement: { kind: "word", of: ["simpson", "shifted"] },
  crude: number,
  stratified: number,
} as const satisfies FieldsFor<EvidenceOf<"simpson">>;
const between = {
  dimension: text,
  metric: text,
  quantity,
  contrast,
  differs: { kind: "word", of: ["both", "difference", "lift"] },
  difference: levelTest,
  lift: levelTest,
  repeated: repeatedLevels,
  baselines,
} as const satisfies FieldsFor<EvidenceOf<"between">>;
const betweenNotShown = {
  dimension: text,
  tests: count,
  smallestAdjusted: probability,
  repeated: repeatedLevels,
} as const satisfies FieldsFor<EvidenceOf<"between_not_shown">>;
const micro = {
  metric: text,
  quantity,
  contrast,
  cell: levels,
  here: number,
  interval: bounds,
  level,
  raw: number,
  elsewhere: number,
  hardly: flag,
  pAdjusted: probability,
} as const satisfies FieldsFor<EvidenceOf<"micro">>;
const wasRead = { pValue: probability, pAdjusted: probability } as const;
/** What is said of values along an ordered dimension. */
export const trendParts = {
  of: {
    kind: "either",
    of: [
      { kind: "object", has: { variant: text } },
      { kind: "object", has: { contrast } },
    ],
  },
  line: object({ slope: number, interval: bounds, ...wasRead }),
  change: object({
    after: words,
    before: number,
    since: number,
    sinceInterval: bounds,
    range: { kind: "tuple", of: [words, words], optional: true },
    ...wasRead,
  }),
} as const;
const trendEnd = object({ level: words, value: number });
const trend = {
  ...{ metric: text, quantity, dimension: text, within: levels, ...trendParts },
  shows: { kind: "word", of: ["change", "trend"] },
  randomized: flag,
  ends: { kind: "tuple", of: [trendEnd, trendEnd] },
  worsens: flag,
  spent: flag,
} as const satisfies FieldsFor<EvidenceOf<"trend">>;
export const twoCounts = { kind: "tuple", of: [count, count] } as const;
/** Which days since exposure are compared. */
export const daysCompared = { kind: "tuple", of: [twoCounts, twoCounts] } as const;
/** Scales on which an effect changes. */
export const changedOn = { kind: "word", of: ["both", "difference", "lift"] } as const;
/** An effect first and last, on one scale. */
export const scaleChange = object({
  first: number,
  firstInterval: bounds,
  last: number,
  lastInterval: bounds,
  ...wasRead,
});
/** A cell that ignores a treatment. */
export const ignoring = {
  metric: text,
  contrast,
  cell: levels,
  units: count,
  here: number,
  interval: bounds,
  lift: optional(bounds),
  elsewhere: number,
  elsewhereInterval: bounds,
  smallest: optional(amount),
  left: amount,
  worth: number,
  level,
} as const satisfies FieldsFor<Ignoring>;
/** One unit's weight on a comparison. */
export const influence = {
  metric: text,
  contrast,
  variant: text,
  value: number,
  share: probability,
  difference: { kind: "tuple", of: [number, number] },
  lift: { kind: "tuple", of: [orNull(number), orNull(number)] },
  decides: flag,
} as const satisfies FieldsFor<Influence>;
/** A few units' weight on a comparison. */
export const heaviest = {
  metric: text,
  contrast,
  value: optional(text),
  cap: number,
  units: { kind: "tuple", of: [count, count] },
  share: probability,
  weight: orNull(probability),
  difference: { kind: "tuple", of: [number, number] },
  lift: { kind: "tuple", of: [orNull(number), orNull(number)] },
  interval: bounds,
  effect: { kind: "word", of: ["shows", "hides", "moves"] },
} as const satisfies FieldsFor<Heaviest>;
const settingOf = { kind: "either", of: [words, number, flag, { kind: "null" }] } as const;
/** Which levels of which factors an effect speaks of. */
export const factorEffect = {
  factors: texts,
  levels: { kind: "list", of: settingOf },
  scale: { kind: "word", of: ["difference", "deviation"] },
  aliases: texts,
} as const;
/** A combination of levels with its value. */
export const combination = object({
  variant: text,
  units: count,
  value: number,
  shrunken: estimate,
} as const satisfies FieldsFor<MetCombination>);
const belief = {
  cell: levels,
  quantity,
  level,
  leader: object({ ...named, mean: number, interval: bounds, probability }),
  next: optional(object(named)),
} as const satisfies FieldsFor<EvidenceOf<"belief">>;

/** Shape of each kind's evidence; a kind without one does not compile. */
const evidenceShapes = {
  srm: { kind: "choice", by: "status", of: { failed, undefined: untested } },
  adaptive: object({ policies: texts } satisfies FieldsFor<EvidenceOf<"adaptive">>),
  versions: object({ versions: { kind: "list", of: version } } satisfies FieldsFor<EvidenceOf<"versions">>),
  macro: object(evidence),
  guardrail: object(evidence),
  influence: object({ ...influence, quantity } satisfies FieldsFor<EvidenceOf<"influence">>),
  heaviest: object({ ...heaviest, quantity } satisfies FieldsFor<EvidenceOf<"heaviest">>),
  reasons: object({
    ...{ metric: text, quantity, contrast, purchases: flag },
    parts: {
      kind: "list",
      of: { kind: "object", has: { step: text, contribution: estimate, shown: flag } },
    },
    difference: estimate,
  } satisfies FieldsFor<EvidenceOf<"reasons">>),
  factors: object({
    ...{ metric: text, quantity, effects: count },
    shown: {
      kind: "list",
      of: { kind: "object", has: { ...factorEffect, effect: estimate } },
    },
    best: optional(combination),
    control: optional(combination),
  } satisfies FieldsFor<EvidenceOf<"factors">>),
  rule: object({ ...evidence, rule: text } satisfies FieldsFor<EvidenceOf<"rule">>),
  ignores: object({ ...ignoring, quantity } satisfies FieldsFor<EvidenceOf<"ignores">>),
  simpson: object(simpson),
  between: object(between),
  between_not_shown: object(betweenNotShown),
  micro: object(micro),
  over_time: object({
    ...{ metric: text, quantity, contrast, days: daysCompared, on: changedOn },
    shows: { kind: "word", of: ["fades", "grows", "turns"] },
    ...{ difference: scaleChange, lift: optional(scaleChange) },
  } satisfies FieldsFor<EvidenceOf<"over_time">>),
  trend: object(trend),
  excluded: object({ reason: text, units: count } satisfies FieldsFor<EvidenceOf<"excluded">>),
  served: {
    kind: "choice",
    by: "status",
    of: { passed: servedTest, failed: servedTest, undefined: { reason: text } },
  },
  gain: object({ gain: estimate, rewards: count } satisfies FieldsFor<EvidenceOf<"gain">>),
  belief: object(belief),
} as const satisfies Readonly<Record<FindingKind, Shape>>;

const tone = { kind: "word", of: ["good", "bad", "neutral", "warning"] } as const;

/** One finding. */
export const finding: Shape = {
  kind: "choice",
  by: "kind",
  of: Object.fromEntries(
    Object.entries(evidenceShapes).map(([kind, shape]) => [kind, { tone, evidence: shape }]),
  ),
};
