import * as z from "zod";

/** Shape of an estimate in JSON. */
export const estimateSchema = z.union([
  z.looseObject({
    status: z.literal("ok"),
    method: z.string(),
    value: z.number(),
    standardError: z.number(),
    interval: z.tuple([z.number(), z.number()]),
    level: z.number(),
    pValue: z.number(),
    pAdjusted: z.number().optional(),
    simultaneous: z.tuple([z.number(), z.number()]).optional(),
  }),
  z.looseObject({
    status: z.enum(["undefined", "unbounded", "degenerate", "adaptive"]),
    method: z.string(),
    reason: z.string(),
    value: z.number().optional(),
  }),
]);
