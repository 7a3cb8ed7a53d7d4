import type { Fields, FieldsFor, Shape } from "../../shapes/index.js";
import type { Heterogeneity } from "../comparison.js";
import type { Evidence } from "../comparison-evidence.js";

export const text = { kind: "text" } as const;
/** Levels, reasons and the like, which may be empty. */
export const words = { kind: "text", empty: true } as const;
export const flag = { kind: "flag" } as const;
export const number = { kind: "number" } as const;
export const amount = { kind: "number", atLeast: 0 } as const;
export const count = { kind: "number", whole: true, atLeast: 0 } as const;
export const version = { kind: "number", whole: true, atLeast: 1 } as const;
export const probability = { kind: "number", atLeast: 0, atMost: 1 } as const;
export const level = { kind: "number", above: 0, below: 1 } as const;
export const texts = { kind: "list", of: text } as const;
export const numbers = { kind: "list", of: number } as const;
export const counts = { kind: "list", of: count } as const;
export const probabilities = { kind: "list", of: probability } as const;
export const contrast = { kind: "tuple", of: [text, text] } as const;
export const bounds = { kind: "tuple", of: [number, number] } as const;
export const levels = { kind: "map", of: words } as const;
export const quantity = { kind: "word", of: ["fraction", "amount"] } as const;
export const orNull = <const S extends Shape>(shape: S) =>
  ({ kind: "either", of: [shape, { kind: "null" }] }) as const;
export const optional = <const S extends Shape>(shape: S) => ({ ...shape, optional: true }) as const;

const without = {
  method: text,
  reason: text,
  value: optional(number),
  level: optional(level),
  pValue: optional(probability),
  lower: optional(number),
  complement: optional(bounds),
} as const;

/** A list of objects. */
export const listOf = <const F extends Fields>(has: F) =>
  ({ kind: "list", of: { kind: "object", has } }) as const;

/** An estimate, or why there is none. */
export const estimate = {
  kind: "choice",
  by: "status",
  of: {
    ok: {
      method: text,
      value: number,
      standardError: amount,
      interval: bounds,
      level,
      pValue: probability,
      pAdjusted: optional(probability),
      simultaneous: optional(bounds),
      statistic: optional(number),
      df: optional(amount),
      flags: optional(texts),
      belief: {
        kind: "object",
        has: {
          chance: probability,
          loss: { kind: "object", has: { control: amount, treatment: amount } },
          threshold: amount,
        },
        optional: true,
      },
    },
    undefined: without,
    unbounded: without,
    degenerate: without,
    adaptive: without,
  },
} as const satisfies Shape;

/** A comparison with its outcome, as findings and recommendations rest on it. */
export const evidence = {
  metric: text,
  role: { kind: "word", of: ["goal", "guardrail", "diagnostic"] },
  quantity,
  contrast,
  outcome: {
    kind: "word",
    of: ["better", "worse", "held", "tolerated", "negligible", "futile", "unclear", "undefined"],
  },
  margin: optional(amount),
  smallest: optional(amount),
  values: { kind: "tuple", of: [orNull(number), orNull(number)] },
  difference: estimate,
  lift: estimate,
} as const satisfies FieldsFor<Evidence>;

const untestedLevels = { method: text, reason: text } as const;

/** Whether levels share one effect on one scale, or why that was not asked. */
export const levelTest = {
  kind: "choice",
  by: "status",
  of: {
    ok: {
      method: text,
      statistic: amount,
      df: count,
      pValue: probability,
      pAdjusted: probability,
      iSquared: probability,
      common: number,
      silent: { kind: "list", of: words, optional: true },
      resamples: optional(count),
    },
    undefined: untestedLevels,
    adaptive: untestedLevels,
  },
} as const satisfies Shape;

/** Units that were met in several levels of a dimension. */
export const repeatedLevels = {
  kind: "object",
  has: {
    units: count,
    share: probability,
    counted: { kind: "word", of: ["first", "each"] },
  } as const satisfies FieldsFor<NonNullable<Heterogeneity["repeated"]>>,
  optional: true,
} as const;

const baseline = { kind: "object", has: { level: words, value: number } } as const;

/** The lowest and the highest control value among levels. */
export const baselines = {
  kind: "object",
  has: { lowest: baseline, highest: baseline, pValue: optional(probability) } as const satisfies FieldsFor<
    NonNullable<Heterogeneity["baselines"]>
  >,
  optional: true,
} as const;
