import type { MetricDefinition } from "../../core/metric-definition.js";
import type { FieldsType } from "../../shapes/index.js";
import type { MetricTypeName } from "../settings/index.js";
import { conversion } from "./conversion.js";
import { count } from "./count.js";
import { mean } from "./mean.js";
import type { MetricType } from "./metric-type.js";
import { overall } from "./overall.js";
import { quantile } from "./quantile.js";
import { ratio } from "./ratio.js";
import { retention } from "./retention.js";

export type {
  CombinedValue,
  Means,
  MeansStratum,
  MetricEstimates,
  MetricReading,
  MetricStratum,
  MetricType,
  WantedValue,
} from "./metric-type.js";

/** The metric family. A new member is one new file, one line here and one in `metricSettings`. */
export const metricTypes = {
  conversion,
  mean,
  count,
  ratio,
  quantile,
  retention,
  overall,
} as const satisfies Readonly<Record<MetricTypeName, MetricType>>;

/** A metric of one of the family's types, with that type's settings. */
export type KnownMetric = {
  [T in MetricTypeName]: MetricDefinition & { readonly type: T } & FieldsType<
      (typeof metricTypes)[T]["settings"]
    >;
}[MetricTypeName];
