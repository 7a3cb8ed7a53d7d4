import { negative_value, problem } from "../../errors/index.js";
import { metricSettings } from "../settings/index.js";
import { fewValues } from "./few-values.js";
import { meanAnswers } from "./mean-answers.js";
import { metricType } from "./metric-type.js";

/** How often a unit did it, averaged over units. */
export const count = metricType({
  words: {
    en: "Number of events per unit, averaged over units.",
    fr: "Nombre d’événements par unité, en moyenne sur les unités.",
  },
  settings: metricSettings.count,
  joint: false,
  third: true,
  quantity: "amount",
  values: (metric) => [{ name: "value", of: "count", source: metric, cap: metric.cap, path: [] }],
  thin: fewValues,
  check: ({ mean }, path) => ((mean[0] as number) < 0 ? [problem({ negative_value }, path, mean[0])] : []),
  ...meanAnswers,
});
