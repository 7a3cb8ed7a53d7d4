import { metricSettings } from "../settings/index.js";
import { fewValues } from "./few-values.js";
import { meanAnswers } from "./mean-answers.js";
import { metricType } from "./metric-type.js";

/** The sum of a unit's amounts, zero where there is no event, averaged over units. */
export const mean = metricType({
  words: {
    en: "Sum of amounts per unit, zero where there is none, averaged over units.",
    fr: "Somme des montants par unité, zéro là où il n’y en a pas, en moyenne sur les unités.",
  },
  settings: metricSettings.mean,
  joint: false,
  third: true,
  quantity: "amount",
  values: (metric) => [{ name: "value", of: "sum", source: metric, cap: metric.cap, path: [] }],
  thin: fewValues,
  check: () => [],
  ...meanAnswers,
});
