import type { Alternative, EstimateOptions } from "../../core/estimate.js";
import { betaQuantile } from "../../distributions/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { normalTail, outside } from "../inference/tail.js";
import { checkProportion, type Proportion } from "./proportion.js";
import { wilsonBounds } from "./wilson-bounds.js";

type Bounds = readonly [lower: number, upper: number];

function wilson(proportion: Proportion, probability: number): Bounds {
  return wilsonBounds(proportion, normalTail.critical(probability));
}

function agrestiCoull({ x, n }: Proportion, probability: number): Bounds {
  const critical = normalTail.critical(probability);
  const enlarged = n + critical * critical;
  const p = (x + (critical * critical) / 2) / enlarged;
  const reach = critical * Math.sqrt((p * (1 - p)) / enlarged);
  return [p - reach, p + reach];
}

// The upper bound is read from the failures' side, so that a rate near 1 keeps its digits and a tiny tail its meaning.
function clopperPearson({ x, n }: Proportion, probability: number): Bounds {
  return [
    x === 0 ? 0 : betaQuantile(probability, x, n - x + 1),
    x === n ? 1 : 1 - betaQuantile(probability, n - x, x + 1),
  ];
}

function jeffreys({ x, n }: Proportion, probability: number): Bounds {
  return [
    x === 0 && n === 0 ? 0 : betaQuantile(probability, x + 0.5, n - x + 0.5),
    1 - betaQuantile(probability, n - x + 0.5, x + 0.5),
  ];
}

/** The family of intervals for one proportion. */
export const proportionIntervals = {
  wilson,
  "agresti-coull": agrestiCoull,
  "clopper-pearson": clopperPearson,
  jeffreys,
} as const;

/** Name of an interval for one proportion. */
export type ProportionIntervalMethod = keyof typeof proportionIntervals;

const proportionIntervalFields = {
  ...estimateFields,
  method: { kind: "word", of: ["wilson", "agresti-coull", "clopper-pearson", "jeffreys"], optional: true },
} as const satisfies FieldsFor<EstimateOptions & { readonly method?: ProportionIntervalMethod }>;

/** A rate and the rates the data do not rule out. */
export interface ProportionInterval {
  readonly method: ProportionIntervalMethod;
  readonly value: number;
  readonly interval: Bounds;
  readonly level: number;
}

/** The side of an interval that a one-sided alternative leaves open is the end of [0, 1]. */
function sided(bounds: Bounds, alternative: Alternative): Bounds {
  if (alternative === "greater") return [bounds[0], 1];
  if (alternative === "less") return [0, bounds[1]];
  return bounds;
}

/**
 * Interval for one proportion: `"wilson"` (score; the default), `"clopper-pearson"` (exact, never under-covers),
 * `"jeffreys"` (posterior of a Beta(½, ½) prior) or `"agresti-coull"` (not clipped to [0, 1]).
 * @param proportion  successes x among n units
 * @param options     method; level, default 0.95; alternative, default two-sided
 * @returns value = x/n and interval, fractions
 * @throws ExperimentError `negative_count`, `insufficient_data` or `out_of_range` at ["proportion", field];
 *         `unknown_name` at ["options", "method"]; `unknown_key` at ["options", …]; `out_of_range` at ["options", "level"]
 * @source Brown, Cai & DasGupta (2001), Statistical Science 16
 * @checked test/reference/proportions.json — mpmath 1.2.1, statsmodels 0.13.5
 * @example
 * proportionInterval({ x: 0, n: 10 }).interval; // [0, 0.2775]
 */
export function proportionInterval(
  proportion: Proportion,
  options: EstimateOptions & { readonly method?: ProportionIntervalMethod } = {},
): ProportionInterval {
  checkOptions(options, proportionIntervalFields);
  checkProportion(proportion, ["proportion"]);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const { method = "wilson" } = options;
  const bounds = proportionIntervals[method](proportion, outside(level, alternative));
  return { method, value: proportion.x / proportion.n, interval: sided(bounds, alternative), level };
}
