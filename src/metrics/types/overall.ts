import { metricSettings } from "../settings/index.js";
import { fewValues } from "./few-values.js";
import { meanAnswers } from "./mean-answers.js";
import { metricType } from "./metric-type.js";

/** Several metrics in one number: the weighted sum of a unit's values, averaged over units. */
export const overall = metricType({
  words: {
    en: "Weighted sum of other metrics per unit, e.g. revenue minus cost, averaged over units.",
    fr: "Somme pondérée d’autres indicateurs par unité, p. ex. le revenu moins les coûts, en moyenne sur les unités.",
  },
  settings: metricSettings.overall,
  joint: false,
  third: true,
  quantity: "amount",
  values: ({ of, cap }) => [{ name: "value", weights: of, cap }],
  thin: fewValues,
  check: () => [],
  ...meanAnswers,
});
