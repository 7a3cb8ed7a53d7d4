import * as z from "zod";
import { estimateSchema } from "./estimate.schema.js";

/** Shape of a comparison with its outcome, as findings and recommendations rest on it. */
export const evidenceSchema = z.looseObject({
  metric: z.string(),
  role: z.enum(["goal", "guardrail", "diagnostic"]),
  quantity: z.enum(["fraction", "amount"]),
  contrast: z.tuple([z.string(), z.string()]),
  outcome: z.enum(["better", "worse", "held", "unclear", "undefined"]),
  margin: z.number().optional(),
  values: z.tuple([z.number().nullable(), z.number().nullable()]),
  difference: estimateSchema,
  lift: estimateSchema,
});
