import * as z from "zod";
import { errorOf, issueProblems } from "../errors/index.js";
import { banditRunSchema } from "./bandit-run/run.schema.js";
import { estimateSchema as estimate } from "./estimate.schema.js";
import { findingSchema } from "./findings/findings.schema.js";
import { recommendationSchema } from "./recommendation/recommendation.schema.js";
import type { Report } from "./report.js";

const strings = z.array(z.string());
const contrast = z.tuple([z.string(), z.string()]);
const numbers = z.array(z.number());
const sideValues = z.tuple([z.number().nullable(), z.number().nullable()]);

const reading = z.looseObject({
  fixed: estimate,
  planned: estimate,
  shrunken: estimate.optional(),
  others: z.record(z.string(), estimate).optional(),
});

const comparison = z.looseObject({
  metric: z.string(),
  contrast,
  cell: z.record(z.string(), z.string()),
  units: z.tuple([z.number(), z.number()]),
  values: sideValues,
  difference: reading,
  lift: reading,
  versusRest: reading.optional(),
});

const withoutNumbers = { status: z.enum(["undefined", "adaptive"]), reason: z.string() };
const check = { definitionVersion: z.number().nullable(), variants: strings, observed: numbers };
const tested = { pValue: z.number(), df: z.number() };
const level = { metric: z.string(), contrast, dimension: z.string(), levels: strings, omitted: strings };

/** Shape of `essai.report/2`; keys that a later minor version adds are kept. */
export const reportSchema = z.looseObject({
  format: z.literal("essai.report/2"),
  definition: z.looseObject({
    key: z.string(),
    version: z.number(),
    unit: z.string(),
    control: z.string(),
    variants: z.array(z.looseObject({ key: z.string() })),
  }),
  source: z.string(),
  metrics: z.array(
    z.looseObject({
      key: z.string(),
      role: z.enum(["goal", "guardrail", "diagnostic"]),
      quantity: z.enum(["fraction", "amount"]),
    }),
  ),
  contrasts: z.array(contrast),
  dimensions: strings,
  grains: z.array(strings),
  level: z.number(),
  families: z.array(z.looseObject({ grain: z.string(), correction: z.string(), tests: z.number() })),
  arms: z.array(z.looseObject({ variant: z.string(), definitionVersion: z.number(), units: z.number() })),
  checks: z.array(
    z.union([
      z.looseObject({
        ...check,
        ...tested,
        status: z.enum(["passed", "failed"]),
        expected: numbers,
        statistic: z.number(),
      }),
      z.looseObject({ ...check, ...withoutNumbers }),
    ]),
  ),
  macro: z.array(comparison),
  rules: z.array(comparison),
  stratified: z.array(
    z.looseObject({
      metric: z.string(),
      contrast,
      dimension: z.string(),
      crude: estimate,
      stratified: estimate,
      agreement: z.enum(["agrees", "shifted", "simpson", "undefined"]),
    }),
  ),
  between: z.array(
    z.union([
      z.looseObject({
        ...level,
        ...tested,
        status: z.literal("ok"),
        q: z.number(),
        pAdjusted: z.number(),
        iSquared: z.number(),
      }),
      z.looseObject({ ...level, ...withoutNumbers }),
    ]),
  ),
  micro: z.array(comparison),
  standingOut: z.array(z.int().min(0)),
  findings: z.array(findingSchema),
  recommendation: recommendationSchema,
  excluded: z.record(z.string(), z.number()),
  bandit: banditRunSchema.optional(),
});

/**
 * Reads a report, `essai.report/2`, from unknown JSON.
 * @param json what `JSON.parse` gave
 * @returns the report
 * @throws ExperimentError with every problem at once: `unsupported_format`, `wrong_type` … at its path
 */
export function parseReport(json: unknown): Report {
  const result = reportSchema.safeParse(json);
  if (!result.success) throw errorOf(issueProblems(result.error.issues, json));
  return json as Report;
}
