import type { EstimateOptions } from "../../core/estimate.js";
import type { Moments, ScalarMoments } from "../../core/moments.js";
import { square } from "../../core/powers.js";
import { liftOfEstimates } from "../../stats/index.js";
import { normalTail, symmetricEstimate } from "../../stats/inference/index.js";
import { countedQuantile } from "../../stats/quantiles/index.js";
import { metricSettings } from "../settings/index.js";
import { linearAnswers } from "./linear-answers.js";
import { type Means, metricType } from "./metric-type.js";

const fewReason = "too few units on a side for an interval of so high or low a quantile";
const uncountedReason = "the cells do not say how many units have which value";

/** Below this an arm's quantile is not shown to be anything: a side's share of units beyond it would be a handful. */
const enough = 30;

const linearAt =
  (q: number) =>
  ({ n, distribution }: Moments): ScalarMoments | undefined => {
    const found = distribution && countedQuantile(distribution, q);
    // To first order a mean of one number per unit, whose variance is what the ranks say.
    return found?.standardError === undefined
      ? undefined
      : { n, mean: found.value, m2: square(found.standardError) * n * (n - 1) };
  };

/** What a quantile answers: each arm's by its own ranks, compared as two independent normal values. */
function answersAt(q: number) {
  const linear = linearAt(q);
  const value = ({ distribution }: Means) => distribution && countedQuantile(distribution, q)?.value;
  const armOf = ({ n, mean, m2 }: ScalarMoments) => ({
    value: mean,
    standardError: Math.sqrt(m2 / n / (n - 1)),
  });
  const pair = (control: Moments, treatment: Moments, options: EstimateOptions) => {
    const [a, b] = [linear(control), linear(treatment)];
    if (!a || !b) {
      const counted = control.distribution && treatment.distribution;
      const reason = counted ? fewReason : uncountedReason;
      const none = { status: "undefined", method: "quantile", reason, level: options.level ?? 0.95 } as const;
      return { difference: none, lift: none };
    }
    const [one, other] = [armOf(a), armOf(b)];
    const error = Math.hypot(one.standardError, other.standardError);
    return {
      difference: symmetricEstimate("quantile", other.value - one.value, error, normalTail, options),
      lift: liftOfEstimates(one, other, options),
    };
  };
  return {
    ...linearAnswers({
      value,
      weights: () => undefined,
      amounts: { linear, arm: () => undefined },
      symmetric: true,
      check: () => {},
      pair,
      textbook: (control, treatment, options) => pair(control, treatment, options).difference,
    }),
    sparse: (arm: Moments) => linear(arm) === undefined,
  };
}

/** The value that a share of units does not exceed: the median for 50, the slowest hundredth for 99. */
export const quantile = metricType({
  words: {
    en: "Value that so many percent of units do not exceed, e.g. the median; of the sum of amounts per unit.",
    fr: "Valeur que tant de pour cent des unités ne dépassent pas, p. ex. la médiane ; de la somme des montants par unité.",
  },
  settings: metricSettings.quantile,
  joint: false,
  third: false,
  distribution: true,
  ownSpread: true,
  quantity: "amount",
  values: (metric) => [{ name: "value", of: "sum", source: metric, path: [] }],
  thin: (arms) => arms.reduce((units, { n }) => units + n, 0) < enough,
  check: () => [],
  ...answersAt(0.5),
  answersFor: ({ percentile }) => answersAt(percentile / 100),
});
