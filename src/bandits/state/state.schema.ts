import * as z from "zod";

const part = z.strictObject({ name: z.string().min(1), settings: z.json() });

/** A bandit's JSON, `essai.bandit/1`; what the sums mean is the reward model's, and checked by `restoreBandit`. */
export const banditStateSchema = z.strictObject({
  format: z.literal("essai.bandit/1"),
  setup: z.strictObject({
    experiment: z.string().min(1),
    definitionVersion: z.int().positive(),
    salt: z.string(),
    control: z.string().min(1),
    arms: z
      .array(
        z.strictObject({
          key: z.string().min(1),
          action: z.record(z.string(), z.string()),
          share: z.number().min(0).max(1),
          status: z.enum(["live", "paused", "removed"]),
        }),
      )
      .min(1),
    policy: part,
    model: part,
    constraints: z.array(part),
    objective: part.optional(),
  }),
  rewards: z.number().min(0),
  sums: z.array(z.array(z.number())),
});
