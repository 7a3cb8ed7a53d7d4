import {
  checkRatioArms,
  deltaRatioDifference,
  plainRatioDifference,
  plainRatioLift,
  ratioAmounts,
} from "../../stats/ratios/index.js";
import { metricSettings } from "../settings/index.js";
import { fewValues } from "./few-values.js";
import { linearAnswers } from "./linear-answers.js";
import { metricType } from "./metric-type.js";

/** One total over another, e.g. revenue per visit: Σ numerator / Σ denominator over units. */
export const ratio = metricType({
  words: {
    en: "One total over another, e.g. revenue per visit; each side a sum of amounts or a count of events.",
    fr: "Un total rapporté à un autre, p. ex. le revenu par visite ; chaque côté est une somme de montants ou un nombre d’événements.",
  },
  settings: metricSettings.ratio,
  joint: true,
  third: true,
  quantity: "amount",
  values: ({ numerator, denominator }) => [
    { name: "numerator", of: numerator.of ?? "sum", source: numerator, path: ["numerator"] },
    { name: "denominator", of: denominator.of ?? "sum", source: denominator, path: ["denominator"] },
  ],
  thin: fewValues,
  check: () => [],
  ...linearAnswers({
    value: ({ mean: [numerator, denominator] }) =>
      numerator === undefined || !denominator ? undefined : numerator / denominator,
    weights: ([numerator = 0, denominator = 0]) =>
      denominator === 0 ? undefined : [1 / denominator, -numerator / denominator / denominator],
    amounts: ratioAmounts,
    check: checkRatioArms,
    textbook: deltaRatioDifference,
    pair: (control, treatment, options) => ({
      difference: plainRatioDifference(control, treatment, options),
      lift: plainRatioLift(control, treatment, options),
    }),
  }),
});
