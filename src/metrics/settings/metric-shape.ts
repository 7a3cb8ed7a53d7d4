import type { MetricDefinition } from "../../core/metric-definition.js";
import type { Fields, FieldsFor, Shape } from "../../shapes/index.js";
import { metricSettings, summedTypes } from "./metric-settings.js";
import { lines } from "./value-source.js";

const shared = {
  key: { kind: "text" },
  role: { kind: "word", of: ["goal", "guardrail", "diagnostic"] },
  better: { kind: "word", of: ["higher", "lower"], optional: true },
  margin: { kind: "number", atLeast: 0, optional: true },
  smallest: { kind: "number", above: 0, optional: true },
  covariates: {
    kind: "list",
    of: {
      kind: "either",
      of: [
        { kind: "object", has: { column: { kind: "text" } } },
        { kind: "object", has: { before: { kind: "text" } } },
      ],
    },
    atLeast: 1,
    atMost: 10,
    optional: true,
  },
} as const satisfies FieldsFor<Omit<MetricDefinition, "type">>;

const metric = (common: Fields, ofSummed: Fields = {}): Shape => ({
  kind: "choice",
  by: "type",
  of: Object.fromEntries(
    Object.entries(metricSettings).map(([type, settings]) => [
      type,
      { ...common, ...settings, ...(summedTypes.includes(type) ? ofSummed : {}) },
    ]),
  ),
});

/** A metric of a definition: the keys that every metric has, and those of its type. */
export const metricShape: Shape = metric(shared);

/** A metric as a person writes it; its role is `"goal"` unless said otherwise, and it may ask for its lines. */
export const metricInputShape: Shape = metric(
  { ...shared, role: { ...shared.role, optional: true } },
  { by: lines },
);
