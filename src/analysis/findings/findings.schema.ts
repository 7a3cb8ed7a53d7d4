import * as z from "zod";
import { evidenceSchema } from "../comparison-evidence.schema.js";
import { estimateSchema } from "../estimate.schema.js";
import type { FindingKind } from "./index.js";

const strings = z.array(z.string());
const numbers = z.array(z.number());
const contrast = z.tuple([z.string(), z.string()]);
const levels = z.record(z.string(), z.string());
const quantity = z.enum(["fraction", "amount"]);
const namedArm = { arm: z.string(), action: levels, best: z.number() };
const check = {
  definitionVersion: z.number().nullable(),
  rule: z.string().optional(),
  variants: strings,
  observed: numbers,
};

/** Shape of each kind's evidence; a kind without one does not compile. */
const evidence = {
  srm: z.union([
    z.looseObject({
      ...check,
      status: z.literal("failed"),
      expected: numbers,
      statistic: z.number(),
      df: z.number(),
      pValue: z.number(),
    }),
    z.looseObject({ ...check, status: z.literal("undefined"), reason: z.string() }),
  ]),
  adaptive: z.looseObject({ policies: strings }),
  versions: z.looseObject({ versions: numbers }),
  macro: evidenceSchema,
  guardrail: evidenceSchema,
  rule: evidenceSchema.extend({ rule: z.string() }),
  simpson: z.looseObject({
    metric: z.string(),
    quantity,
    contrast,
    dimension: z.string(),
    agreement: z.enum(["simpson", "shifted"]),
    crude: z.number(),
    stratified: z.number(),
  }),
  between: z.looseObject({
    dimension: z.string(),
    metric: z.string(),
    contrast,
    q: z.number(),
    df: z.number(),
    pAdjusted: z.number(),
    iSquared: z.number(),
  }),
  between_not_shown: z.looseObject({
    dimension: z.string(),
    tests: z.number(),
    smallestAdjusted: z.number(),
  }),
  micro: z.looseObject({
    metric: z.string(),
    quantity,
    contrast,
    cell: levels,
    here: z.number(),
    elsewhere: z.number(),
    pAdjusted: z.number(),
  }),
  excluded: z.looseObject({ reason: z.string(), units: z.number() }),
  served: z.union([
    z.looseObject({
      status: z.enum(["passed", "failed"]),
      statistic: z.number(),
      df: z.number(),
      pValue: z.number(),
    }),
    z.looseObject({ status: z.literal("undefined"), reason: z.string() }),
  ]),
  gain: z.looseObject({ gain: estimateSchema, rewards: z.number() }),
  belief: z.looseObject({
    cell: levels,
    quantity,
    level: z.number(),
    leader: z.looseObject({
      ...namedArm,
      mean: z.number(),
      interval: z.tuple([z.number(), z.number()]),
      probability: z.number(),
    }),
    next: z.looseObject(namedArm).optional(),
  }),
} as const satisfies Readonly<Record<FindingKind, z.ZodType>>;

const tone = z.enum(["good", "bad", "neutral", "warning"]);

function shapeOf<K extends FindingKind>(kind: K) {
  return z.looseObject({ kind: z.literal(kind), tone, evidence: evidence[kind] });
}

/** Shape of one finding. */
export const findingSchema = z.discriminatedUnion(
  "kind",
  (Object.keys(evidence) as [FindingKind, ...FindingKind[]]).map(shapeOf) as [
    ReturnType<typeof shapeOf>,
    ...ReturnType<typeof shapeOf>[],
  ],
);
