import * as z from "zod";
import { estimateSchema as estimate } from "../estimate.schema.js";

const count = z.number().min(0);
const shares = z.array(z.number().min(0));
const mean = z.number().nullable();
const known = z.looseObject({ regret: z.number(), uniform: z.number() }).optional();
const compared = { arms: z.array(z.string().nullable()), served: z.array(count), expected: shares };

/** Shape of a report's `bandit` section. */
export const banditRunSchema = z.looseObject({
  experiment: z.string(),
  policies: z.array(z.string()),
  arms: z
    .array(
      z.looseObject({
        arm: z.string(),
        action: z.record(z.string(), z.string()),
        decisions: count,
        share: z.number(),
        rewards: count,
        mean,
      }),
    )
    .min(1),
  control: z.string(),
  decisions: count,
  units: count,
  rewards: count,
  pending: count,
  repeated: count,
  from: z.string(),
  to: z.string(),
  level: z.number(),
  quantity: z.enum(["fraction", "amount"]),
  periods: z
    .array(
      z.looseObject({
        from: z.string(),
        to: z.string(),
        decisions: count,
        rewards: count,
        mean,
        served: shares.nullable(),
        recorded: shares.nullable(),
        gain: estimate,
        known,
      }),
    )
    .min(1),
  served: z.union([
    z.looseObject({
      ...compared,
      status: z.enum(["passed", "failed"]),
      statistic: z.number(),
      df: z.number(),
      pValue: z.number(),
      threshold: z.number(),
    }),
    z.looseObject({ ...compared, status: z.literal("undefined"), reason: z.string() }),
  ]),
  gain: estimate,
  known,
  segments: z.array(
    z.looseObject({
      field: z.string(),
      levels: z.array(
        z.looseObject({ level: z.string(), decisions: count, rewards: count, mean, served: shares }),
      ),
    }),
  ),
  beliefs: z.array(
    z.looseObject({
      cell: z.record(z.string(), z.string()),
      contexts: count,
      grid: z.array(z.number()),
      arms: z.array(
        z.looseObject({
          arm: z.string(),
          probability: z.number(),
          best: z.number(),
          mean: z.number(),
          sd: z.number().nullable(),
          interval: z.tuple([z.number(), z.number()]),
          contributions: z.record(z.string(), z.number()).optional(),
          density: z.array(z.number()).optional(),
        }),
      ),
    }),
  ),
});
