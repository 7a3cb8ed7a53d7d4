import type { Alternative, EstimateOptions } from "../../core/estimate.js";
import {
  type ErrorPath,
  errorOf,
  type Problem,
  requireMethod,
  requireNumber,
  within,
} from "../../errors/index.js";
import type { RandomSource } from "../../random/index.js";
import {
  checkFields,
  type Fields,
  type FieldsFor,
  isPlainObject,
  shapeProblems,
} from "../../shapes/index.js";
import { estimateFields } from "../../stats/inference/index.js";
import { type ValueEstimatorChoice, type ValueEstimatorName, valueEstimators } from "./estimators/index.js";
import type { ValueEstimator } from "./estimators/value-estimator.js";

/** How a policy's value is estimated. */
export interface ValueOptions extends EstimateOptions {
  /** Default: `dr` and `snips`; without predictions `snips` and `ips`. */
  readonly estimators?: readonly ValueEstimatorChoice[];
  /** Effective sample size below which there is no estimate; default 50, at least 2. */
  readonly leastEffective?: number;
  /** What a reward can be at least and at most; others are refused. Default: any number. */
  readonly support?: readonly [number, number];
  /** Where chance comes from; given, intervals are percentiles of resampled logs. */
  readonly random?: RandomSource;
  /** Resamples, at least 99; default 1999. */
  readonly replicates?: number;
}

/** Names of the estimators of a policy's value. */
export const valueEstimatorNames = Object.keys(valueEstimators) as readonly ValueEstimatorName[];

const choiceFields = Object.fromEntries(
  valueEstimatorNames.map((name) => {
    const { setting }: ValueEstimator = valueEstimators[name];
    const fields: Fields = setting
      ? { [setting.name]: { kind: "number", ...setting.range, optional: true } }
      : {};
    return [name, fields];
  }),
);

/**
 * What keeps a value from being an estimator that can be asked for.
 * @param choice  anything
 * @param path    where it stands
 */
const choiceProblems = (choice: unknown, path: ErrorPath): Problem[] =>
  shapeProblems(
    choice,
    isPlainObject(choice)
      ? { kind: "choice", by: "name", of: choiceFields }
      : { kind: "word", of: valueEstimatorNames },
    path,
  );

export const valueFields = {
  ...estimateFields,
  estimators: { kind: "list", of: { kind: "anything" }, atLeast: 1, optional: true },
  leastEffective: { kind: "number", atLeast: 2, optional: true },
  support: { kind: "tuple", of: [{ kind: "number" }, { kind: "number" }], optional: true },
  random: { kind: "anything", optional: true },
  replicates: { kind: "number", whole: true, atLeast: 99, optional: true },
} as const satisfies FieldsFor<ValueOptions>;

/** An estimator that was asked for; its setting where it was given. */
export interface AskedEstimator {
  readonly name: ValueEstimatorName;
  readonly estimator: ValueEstimator;
  readonly given: number | undefined;
}

/** Options with their defaults. */
export interface FullValueOptions {
  readonly asked: readonly AskedEstimator[];
  readonly level: number;
  readonly alternative: Alternative;
  readonly leastEffective: number;
  readonly support: readonly [number, number];
  readonly random: RandomSource | undefined;
  readonly replicates: number;
}

const askedOf = (choice: ValueEstimatorChoice): AskedEstimator => {
  const { name, ...rest } = typeof choice === "string" ? { name: choice } : choice;
  const [given] = Object.values(rest);
  return { name, estimator: valueEstimators[name], given };
};

/**
 * @param options   of the right shape, but for the estimators
 * @param modelled  whether there are predictions to correct
 * @throws ExperimentError for what is wrong with the options, at [key]
 */
export function fullValueOptions(options: ValueOptions, modelled: boolean): FullValueOptions {
  const { level = 0.95, alternative = "two-sided", leastEffective = 50, replicates = 1999 } = options;
  const { estimators = modelled ? ["dr", "snips"] : ["snips", "ips"], random } = options;
  const { support = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] } = options;
  if (options.support) requireNumber(support[1], ["support", 1], { above: support[0] });
  if (random !== undefined) requireMethod(random, ["random"], "next");
  const problems = estimators.flatMap((choice, i) => choiceProblems(choice, ["estimators", i]));
  if (problems.length > 0) throw errorOf(problems);
  const asked = estimators.map(askedOf);
  return { asked, level, alternative, leastEffective, support, random, replicates };
}

/** Checks the options of a call of their own. */
export function checkedValueOptions(options: ValueOptions, modelled: boolean): FullValueOptions {
  checkFields(options, valueFields, ["options"]);
  return within(["options"], () => fullValueOptions(options, modelled));
}
