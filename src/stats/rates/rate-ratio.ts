import type { Estimate, EstimateOptions } from "../../core/estimate.js";
import { betaQuantile, betaSurvivalQuantile } from "../../distributions/index.js";
import { type ErrorPath, requireNumber, requireObject } from "../../errors/index.js";
import { requireUnits } from "../inference/check-arms.js";
import { checkOptions } from "../inference/check-options.js";
import { estimateFields } from "../inference/estimate-fields.js";
import { readAlternative, readLevel } from "../inference/read-options.js";
import { interval, outside } from "../inference/tail.js";
import { requireCount } from "../moments/require-count.js";
import { conditionalPValue, conditionalTails } from "../tables/conditional-tails.js";

/** Events counted over an exposure (units, hours, impressions). */
export interface Rate {
  readonly events: number;
  readonly exposure: number;
}

/** Refuses what is not events over an exposure. */
export function checkRate(rate: Rate, path: ErrorPath): void {
  requireObject(rate, path);
  requireCount(rate.events, [...path, "events"]);
  requireNumber(rate.exposure, [...path, "exposure"], { above: 0 });
}

/**
 * Ratio of two Poisson rates, treatment over control: exact given the total of events. Events must be independent;
 * for counts of users who come back use `welch` or `ratioDifference` over users.
 * @param control    events (integer ≥ 0) over an exposure (positive, the same unit in both arms)
 * @param treatment  the same of the other arm
 * @param options    level, default 0.95; alternative of the ratio against 1, default two-sided
 * @returns Estimate: value is the ratio (1 is no effect); pValue adds the splits no likelier than the observed one;
 *          interval is Clopper & Pearson's; standardError by the delta method, with one event
 *          in place of none in treatment. `unbounded`, with the `lower` bound, without an event in control
 * @throws ExperimentError `negative_count` at [arm, "events"]; `out_of_range` at [arm, "exposure"];
 *         `insufficient_data` at ["events"] without any event; `out_of_range` at ["options", "level"]
 * @source Przyborowski & Wilenski (1940), Biometrika 31; Lehmann & Romano (2005), Testing Statistical Hypotheses
 * @checked test/reference/rates.json — mpmath 1.2.1, R 4.2.2 poisson.test
 * @example
 * rateRatio({ events: 15, exposure: 100 }, { events: 28, exposure: 110 }).value; // 1.697
 */
export function rateRatio(control: Rate, treatment: Rate, options: EstimateOptions = {}): Estimate {
  checkOptions(options, estimateFields);
  checkRate(control, ["control"]);
  checkRate(treatment, ["treatment"]);
  const level = readLevel(options);
  const alternative = readAlternative(options);
  const method = "exact-poisson";
  const [x, y] = [treatment.events, control.events];
  const n = x + y;
  requireUnits(n, ["events"], 1);
  const odds = treatment.exposure / control.exposure;
  const mode = Math.min(n, Math.floor(((n + 1) * odds) / (1 + odds)));
  const tails = conditionalTails(0, n, mode, (k) => ((n - k) / (k + 1)) * odds, x);
  const pValue = conditionalPValue(tails, alternative, false);
  const tail = outside(level, alternative);
  // A bound is odds of a share; share and complement come from their own tails, so that neither is rounded away.
  const bound = (share: number, rest: number) => share / rest / odds;
  const lower = x === 0 ? 0 : bound(betaQuantile(tail, x, y + 1), betaSurvivalQuantile(tail, y + 1, x));
  if (y === 0)
    return {
      status: "unbounded",
      method,
      reason: "no event in the control, so the ratio has no upper bound",
      level,
      pValue,
      lower: alternative === "less" ? 0 : lower,
    };
  const seen = Math.max(1, x);
  const upper = bound(betaSurvivalQuantile(tail, x + 1, y), betaQuantile(tail, y, x + 1));
  return {
    status: "ok",
    method,
    value: x / y / odds,
    standardError: Math.sqrt((seen / y / y) * (1 + seen / y)) / odds,
    interval: alternative === "less" ? [0, upper] : interval(lower, upper, alternative),
    level,
    pValue,
  };
}
