import * as z from "zod";
import type { MetricDefinition } from "../core/metric-definition.js";
import type { MetricValue } from "./metric-type.js";
import { type MetricTypeName, metricTypes } from "./metric-types.js";

const name = z.string().min(1);

/** Shape of a value's source; only sums have an amount to take. */
const sourceShape = ({ of, choice }: MetricValue) => ({
  column: name.optional(),
  event: name.optional(),
  ...(of === "sum" ? { value: name.optional() } : {}),
  ...(choice ? { of: z.enum(choice).optional() } : {}),
});

function schemaOf(type: MetricTypeName) {
  const values = metricTypes[type].values.map((value) =>
    value.name === "value" ? sourceShape(value) : { [value.name]: z.strictObject(sourceShape(value)) },
  );
  return z.strictObject({
    key: name,
    type: z.literal(type),
    role: z.enum(["goal", "guardrail", "diagnostic"]).default("goal"),
    better: z.enum(["higher", "lower"]).optional(),
    margin: z.number().min(0).optional(),
    ...Object.assign({}, ...values),
  });
}

const [first, ...rest] = (Object.keys(metricTypes) as MetricTypeName[]).map(schemaOf);

/** One metric of a definition, from unknown JSON; derived from the metric family. `role` defaults to `"goal"`. */
export const metricSchema = z.discriminatedUnion("type", [
  first!,
  ...rest,
]) as unknown as z.ZodType<MetricDefinition>;
