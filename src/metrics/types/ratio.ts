import { ratioDifference, ratioLift } from "../../stats/index.js";
import { linearize } from "../../stats/ratios/index.js";

import { metricType } from "./metric-type.js";
import { amountSource } from "./value-source.js";

const side = {
  kind: "group",
  settings: {
    ...amountSource,
    /** Over a unit's events: the `sum` of their amounts (the default), or their `count`. */
    of: { kind: "choice", of: ["sum", "count"], optional: true },
  },
} as const;

/** One total over another, e.g. revenue per visit: Σ numerator / Σ denominator over units. */
export const ratio = metricType({
  words: {
    en: "One total over another, e.g. revenue per visit; each side a sum of amounts or a count of events.",
    fr: "Un total rapporté à un autre, p. ex. le revenu par visite ; chaque côté est une somme de montants ou un nombre d’événements.",
  },
  settings: { numerator: side, denominator: side },
  joint: true,
  third: false,
  quantity: "amount",
  values: ({ numerator, denominator }) => [
    { name: "numerator", of: numerator.of ?? "sum", source: numerator, path: ["numerator"] },
    { name: "denominator", of: denominator.of ?? "sum", source: denominator, path: ["denominator"] },
  ],
  linear: (moments) => linearize(moments, []),
  check: () => [],
  estimate: (control, treatment, options) => ({
    difference: ratioDifference(control, treatment, options),
    lift: ratioLift(control, treatment, options),
  }),
});
