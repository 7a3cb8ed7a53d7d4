import * as z from "zod";
import { metricSchema } from "../metrics/metric.schema.js";
import { dataMappingSchema } from "../sql/data-mapping.schema.js";

const text = z.string().min(1);
const fraction = z.number().min(0).max(1);
/** Conditions and payloads nest without bound, so their own checks, which cannot overflow, look inside. */
const condition = z.record(z.string(), z.unknown());
const range = z.tuple([z.int(), z.int()]);

const level = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const factorList = z.array(z.strictObject({ name: text, levels: z.array(level) }));
const design = z.strictObject({
  kind: text,
  generators: z.array(text).optional(),
  array: text.optional(),
  effects: z.array(text).optional(),
});

const shared = {
  key: text,
  version: z.int().min(1),
  salt: z.string(),
  unit: text,
  control: text,
  coverage: fraction,
  policy: text,
  metrics: z.array(metricSchema),
  attributes: z.record(text, z.union([text, z.array(text)])).optional(),
  segments: z.record(text, condition).optional(),
  audience: condition.optional(),
  ruleOrder: z.enum(["disjoint", "first"]).optional(),
  layer: z.strictObject({ key: text, ranges: z.array(range) }).optional(),
  prerequisites: z.array(z.strictObject({ experiment: text, variants: z.array(text).optional() })).optional(),
  schedule: z.strictObject({ from: text.optional(), until: text.optional() }).optional(),
  status: z.enum(["draft", "running", "paused", "stopped"]).optional(),
  rollout: text.optional(),
  overrides: z.array(z.strictObject({ unitId: text, variant: text })).optional(),
  design: design.optional(),
};
const plan = z.looseObject({ level: fraction, macro: text, micro: text });
const rule = z.strictObject({ key: text, when: condition, variant: text, holdback: fraction });
const variant = z.strictObject({ key: text, payload: z.unknown() });

/** Shape of a definition, `essai.experiment/1`; what its parts mean to each other is checked besides. */
export const definitionSchema = z.strictObject({
  format: z.literal("essai.experiment/1"),
  hash: z.literal("murmur3-1"),
  variants: z.array(variant),
  ranges: z.array(z.strictObject({ from: z.int(), to: z.int(), variant: text })),
  plan,
  rules: z.array(rule).optional(),
  factors: factorList.optional(),
  ...shared,
});

const { version, salt, control, coverage, policy, metrics, ...required } = shared;

/** Shape of an experiment file: what `defineExperiment` takes, as JSON, with the place of the data beside it. */
export const experimentFileSchema = z.strictObject({
  ...required,
  variants: z.union([z.record(z.string(), z.unknown()), z.array(variant)]).optional(),
  factors: z.union([z.record(z.string(), z.array(level)), factorList]).optional(),
  allocation: z.record(z.string(), fraction).optional(),
  version: version.optional(),
  salt: salt.optional(),
  control: control.optional(),
  coverage: coverage.optional(),
  policy: policy.optional(),
  metrics: metrics.optional(),
  plan: plan.partial().optional(),
  rules: z.array(rule.partial({ holdback: true })).optional(),
  data: dataMappingSchema.optional(),
});

/** Shape of a catalogue, `essai.catalogue/1`. */
export const catalogueSchema = z.strictObject({
  format: z.literal("essai.catalogue/1").optional(),
  experiments: z.array(definitionSchema),
  segments: z.record(text, condition).optional(),
  holdouts: z
    .array(z.strictObject({ key: text, share: fraction, unit: text, layer: text.optional() }))
    .optional(),
});
