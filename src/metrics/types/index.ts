import type { MetricDefinition } from "../../core/metric-definition.js";
import { conversion } from "./conversion.js";
import { count } from "./count.js";
import { mean } from "./mean.js";
import type { MetricType } from "./metric-type.js";
import { ratio } from "./ratio.js";
import type { SettingsOf } from "./settings.js";

export type { MetricEstimates, MetricType, WantedValue } from "./metric-type.js";
export type { Setting, Settings } from "./settings.js";
export type { ValueSource } from "./value-source.js";

/** The metric family. A new member is one new file and one line here. */
export const metricTypes = { conversion, mean, count, ratio } as const satisfies Readonly<
  Record<string, MetricType>
>;

/** Name of a metric type. */
export type MetricTypeName = keyof typeof metricTypes;

/** A metric of one of the family's types, with that type's settings. */
export type KnownMetric = {
  [T in MetricTypeName]: MetricDefinition & { readonly type: T } & SettingsOf<
      (typeof metricTypes)[T]["settings"]
    >;
}[MetricTypeName];
