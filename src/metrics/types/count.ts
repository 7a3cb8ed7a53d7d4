import { negative_value, problem } from "../../errors/index.js";
import { scalar } from "../../stats/index.js";
import { metricSettings } from "../settings/index.js";
import { estimateMean } from "./estimate-mean.js";
import { fewValues } from "./few-values.js";
import { linearAnswers } from "./linear-answers.js";
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
  values: (metric) => [{ name: "value", of: "count", source: metric, path: [] }],
  thin: fewValues,
  check: ({ mean }, path) => ((mean[0] as number) < 0 ? [problem({ negative_value }, path, mean[0])] : []),
  ...linearAnswers({ linear: scalar, pair: estimateMean }),
});
