import type * as z from "zod";
import { issueProblems, type Problem } from "../errors/index.js";

/**
 * What a zod schema says against an input, as problems of ours.
 * @param schema  the shape
 * @param input   the value that was parsed
 * @returns every problem, in the schema's order; empty when the input has the shape
 */
export function zodProblems(schema: z.ZodType, input: unknown): Problem[] {
  const result = schema.safeParse(input);
  return result.success ? [] : issueProblems(result.error.issues, input);
}
