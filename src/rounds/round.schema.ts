import * as z from "zod";

/** A decision and what came back, as a log's line holds them; whether they fit each other is `banditRun`'s to say. */
export const roundSchema = z.looseObject({
  decision: z.looseObject({
    id: z.string().min(1),
    experiment: z.string().min(1),
    definitionVersion: z.int().positive(),
    unitId: z.string().min(1),
    occasion: z.string(),
    at: z.string().min(1),
    action: z.record(z.string(), z.string()),
    propensity: z.number(),
    actions: z.array(z.string()).min(1),
    probabilities: z.array(z.number()).optional(),
    context: z.json().optional(),
    policy: z.string(),
    stateHash: z.string(),
  }),
  reward: z.number().nullable().optional(),
  period: z.number().optional(),
  segment: z.string().optional(),
  expected: z.looseObject({ chosen: z.number(), best: z.number(), uniform: z.number() }).optional(),
});
