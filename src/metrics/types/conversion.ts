import type { Estimate } from "../../core/estimate.js";
import type { Moments } from "../../core/moments.js";
import { not_binary, problem } from "../../errors/index.js";
import { newcombe, pooledProportions, scalar } from "../../stats/index.js";
import { metricSettings } from "../settings/index.js";
import { estimateMean } from "./estimate-mean.js";
import { linearAnswers } from "./linear-answers.js";
import { metricType } from "./metric-type.js";

/** With fewer units than this on either side of the fence in an arm, Welch's interval covers visibly less than stated. */
const FEW = 10;

const flagged = (estimate: Estimate): Estimate =>
  estimate.status === "ok" ? { ...estimate, flags: [...(estimate.flags ?? []), "few_events"] } : estimate;

const proportion = ({ n, mean }: Moments) => ({ n, x: Math.round(n * (mean[0] as number)) });

/** Whether a unit did it at all: 1 or 0 per unit. */
export const conversion = metricType({
  words: {
    en: "Share of units with the event (1 or 0 per unit).",
    fr: "Part des unités qui ont l’événement (1 ou 0 par unité).",
  },
  settings: metricSettings.conversion,
  joint: false,
  third: false,
  quantity: "fraction",
  values: (metric) => [{ name: "value", of: "any", source: metric, path: [] }],
  check({ n, mean, comoment }, path) {
    // Σ x(x − 1) = m2 − n·mean·(1 − mean) is zero when every x is 0 or 1; the tolerance admits cells whose numbers were rounded.
    const [p, m2] = [mean[0] as number, comoment[0] as number];
    const off = Math.abs(m2 - n * p * (1 - p));
    const ok = n === 0 || (p >= 0 && p <= 1 + 1e-12 && off <= 1e-6 * n);
    return ok ? [] : [problem({ not_binary }, path, p)];
  },
  ...linearAnswers({
    linear: scalar,
    pair(control, treatment, options) {
      const [a, b] = [proportion(control), proportion(treatment)];
      const { difference, lift } = estimateMean(control, treatment, options);
      const pooled = { "pooled-z": pooledProportions(a, b, options) };
      const few = [a, b].some(({ n, x }) => Math.min(x, n - x) < FEW);
      if (!few) return { difference, lift, named: pooled };
      const named = { ...pooled, newcombe: newcombe(a, b, options) };
      return { difference: flagged(difference), lift: flagged(lift), named };
    },
  }),
});
