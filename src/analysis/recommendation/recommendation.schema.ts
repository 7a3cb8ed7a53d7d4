import * as z from "zod";
import { evidenceSchema } from "../comparison-evidence.schema.js";
import { estimateSchema } from "../estimate.schema.js";
import { type RuleName, recommendationRules } from "./rules/index.js";

const decided = {
  action: z.enum(["ship", "keep_running", "stop", "cannot_tell", "do_not_read"]),
  rule: z.enum(Object.keys(recommendationRules) as [RuleName, ...RuleName[]]),
};

/** Shape of a report's recommendation. */
export const recommendationSchema = z.looseObject({
  ...decided,
  variant: z.string().optional(),
  about: z.string().optional(),
  runnerUp: z.looseObject({ variant: z.string(), metric: z.string(), difference: estimateSchema }).optional(),
  variants: z.array(z.looseObject({ ...decided, variant: z.string(), evidence: z.array(evidenceSchema) })),
});
