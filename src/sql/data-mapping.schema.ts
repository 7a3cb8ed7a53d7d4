import * as z from "zod";
import type { DataMapping } from "../core/data-mapping.js";

const name = z.string().min(1);
const relation = { file: name.optional(), table: name.optional() };
const unitColumns = {
  variant: z.union([
    name,
    z.strictObject({
      column: name,
      values: z.record(z.string(), name).optional(),
      unknown: z.enum(["error", "ignore"]).optional(),
    }),
  ]),
  version: name.optional(),
  dimensions: z.union([z.array(name), z.record(name, name)]).optional(),
};

const tableMapping = z.strictObject({ ...relation, unit: name.optional(), ...unitColumns });
const eventsMapping = z.strictObject({
  exposures: z.strictObject({ ...relation, unit: name, at: name, ...unitColumns }),
  events: z.strictObject({ ...relation, unit: name, at: name, event: name, value: name.optional() }),
  windowDays: z.number().positive().optional(),
});

/**
 * The `data` section of an experiment file, from unknown JSON: a wide table (`variant`, `dimensions` …), or
 * `exposures` and `events`.
 */
export const dataMappingSchema = z.union([tableMapping, eventsMapping]) as unknown as z.ZodType<DataMapping>;
