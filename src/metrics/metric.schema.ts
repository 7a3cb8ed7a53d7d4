import * as z from "zod";
import type { Json } from "../core/json.js";
import type { MetricDefinition } from "../core/metric-definition.js";
import { type MetricType, metricTypes, type Setting, type Settings } from "./types/index.js";

const name = z.string().min(1);

function settingSchema(setting: Setting): z.ZodType<Json> {
  if (setting.kind === "group") return z.strictObject(settingsShape(setting.settings));
  return setting.kind === "choice" ? z.enum(setting.of) : name;
}

function settingsShape(settings: Settings): Readonly<Record<string, z.ZodType<Json>>> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, setting]) => {
      const schema = settingSchema(setting);
      return [key, setting.optional ? schema.exactOptional() : schema];
    }),
  );
}

const schemaOf = (type: string, { settings }: MetricType) =>
  z.strictObject({
    ...settingsShape(settings),
    key: name,
    type: z.literal(type),
    role: z.enum(["goal", "guardrail", "diagnostic"]).default("goal"),
    better: z.enum(["higher", "lower"]).exactOptional(),
    margin: z.number().min(0).exactOptional(),
  });

const [first, ...rest] = Object.entries(metricTypes).map(([type, member]) => schemaOf(type, member));

/** One metric of a definition, from unknown JSON; derived from the metric family. `role` defaults to `"goal"`. */
export const metricSchema: z.ZodType<MetricDefinition> = z.discriminatedUnion("type", [first!, ...rest]);
