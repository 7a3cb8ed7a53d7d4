import {
  ExperimentError,
  missing_value,
  requireNumber,
  requireWord,
  unknown_key,
} from "../../errors/index.js";
import { scoresOf } from "./contributions.js";
import { type ValueEstimatorName, valueEstimators } from "./estimators/index.js";
import type { ValueEstimator } from "./estimators/value-estimator.js";
import { requireRounds, type TargetRounds } from "./target-rounds.js";
import { Valuation } from "./valuation.js";
import type { PolicyValue } from "./value-estimate.js";
import {
  type AskedEstimator,
  checkedValueOptions,
  fullValueOptions,
  type ValueOptions,
} from "./value-options.js";

function requirePredictions(rounds: TargetRounds, asked: readonly AskedEstimator[]): void {
  for (const { estimator } of asked)
    for (const column of ["expected", "predicted"] as const) {
      const needed =
        estimator.model === "corrected" || (estimator.model === "alone" && column === "expected");
      if (needed && rounds[column] === undefined)
        throw new ExperimentError({ missing_value }, ["rounds", column], undefined, {
          expected: { type: "list" },
        });
    }
}

/**
 * What a policy is worth on a log of another one, from columns: the general form of `evaluatePolicy`, for predictions of
 * one's own. `mips` is `ips`: its columns are probabilities of what of an action reaches the reward. `mrdr` is `dr` with predictions that were fitted for it. `standardError` is that of the mean of independent
 * rounds (of units, where they are given), for self-normalized estimators by linearization. A setting that an estimator chooses
 * itself has the smallest estimated mean squared error, and the bias that it may have is part of the standard error; that of a
 * given one is not (flag `weights_held_down`), nor is that of a model alone (`model_only`).
 * @param rounds   rewards, propensities, the policy's probabilities of the logged actions, predictions
 * @param options  estimators, level, alternative, least effective sample size, support of rewards; random and replicates
 *                 for bootstrap intervals
 * @returns the overlap, and for every estimator value and gain over the log. `undefined` with the reason, and the number that
 *          was not believed as `value`, where the effective sample size is below `leastEffective` or the weights do not average 1
 *          (by more than .05 and four standard errors); `degenerate` where nothing varies
 * @throws ExperimentError at ["rounds", column, i] `not_finite`, `out_of_range` (a propensity of 0, a reward outside its
 *         support); `wrong_length`; `missing_value` for predictions that an estimator needs; `out_of_range` at ["rounds", "rewards", "length"] for fewer than two; within ["options"]
 *         `unknown_name`, `unknown_key`, `out_of_range`
 * @source the estimators' own, in src/ope/value/estimators; choice of settings: Su et al. (2020), ICML
 * @checked test/ope/reference.test.ts — Open Bandit Pipeline 0.5.5
 * @example
 * // The log tossed a coin; the policy always sends the mail, which was what happened in rounds 1 and 3.
 * const columns = { rewards: [1, 0, 0, 0], propensities: [0.5, 0.5, 0.5, 0.5], targets: [1, 0, 1, 0] };
 * const { estimates } = policyValue(columns, { estimators: ["snips"], leastEffective: 2 });
 * estimates[0]?.value.value; // 0.5
 */
export function policyValue(rounds: TargetRounds, options: ValueOptions = {}): PolicyValue {
  const modelled = rounds?.predicted !== undefined && rounds.expected !== undefined;
  const full = checkedValueOptions(options, modelled);
  requireRounds(rounds, full.support);
  requirePredictions(rounds, full.asked);
  const valuation = new Valuation(rounds, full);
  const { logged, overlap } = valuation;
  return { logged, overlap, estimates: full.asked.map((asked) => valuation.estimate(asked)) };
}

/**
 * Each round's part of an estimate; their mean is the estimate. For comparing policies round by round, and for checks by
 * hand.
 * @param rounds     as `policyValue` takes them
 * @param estimator  its name
 * @param setting    the number that it may be told (clip, threshold, shrinkage, bend); default: as in `policyValue`
 * @returns one number per round, in the reward's unit
 * @throws ExperimentError as `policyValue`; `unknown_name` at ["estimator"]; `out_of_range` at ["setting"], `unknown_key`
 *         where the estimator has none
 */
export function roundValues(
  rounds: TargetRounds,
  estimator: ValueEstimatorName,
  setting?: number,
): Float64Array {
  requireWord(estimator, ["estimator"], Object.keys(valueEstimators));
  const own: ValueEstimator = valueEstimators[estimator];
  if (setting !== undefined && !own.setting)
    throw new ExperimentError({ unknown_key }, ["setting"], setting, { known: [] });
  if (setting !== undefined) requireNumber(setting, ["setting"], own.setting?.range);
  const full = fullValueOptions({}, true);
  requireRounds(rounds, full.support);
  const asked: AskedEstimator = { name: estimator, estimator: own, given: own.setting && setting };
  requirePredictions(rounds, [asked]);
  const valuation = new Valuation(rounds, full);
  return scoresOf(valuation.parts(own, valuation.settingOf(asked).setting));
}
