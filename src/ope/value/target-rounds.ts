import {
  type ErrorEntry,
  type ErrorPath,
  errorOf,
  missing_value,
  type NumberRange,
  numberProblem,
  type Problem,
  problem,
  requireList,
  requireNumber,
  wrong_length,
  wrong_type,
} from "../../errors/index.js";
import { checkFields, type FieldsFor } from "../../shapes/index.js";

/**
 * A log's rounds as columns of equal length, each round with what the policy in question would have done: all that its
 * value needs.
 */
export interface TargetRounds {
  /** In the reward's unit. */
  readonly rewards: ArrayLike<number>;
  /** Probability with which the log chose its action, in (0, 1]. */
  readonly propensities: ArrayLike<number>;
  /** Probability with which the policy would have chosen the same action, in [0, 1]. */
  readonly targets: ArrayLike<number>;
  /** What a model predicts for the logged action; needed by estimators that correct a model. */
  readonly predicted?: ArrayLike<number>;
  /** What the model expects of the policy in this round: Σ over actions of the policy's probability × prediction. */
  readonly expected?: ArrayLike<number>;
  /** Whom each round belongs to; rounds of one unit are not independent. Default: every round stands for itself. */
  readonly units?: ArrayLike<string | number>;
}

const list = { kind: "anything" } as const;
const optionalList = { kind: "anything", optional: true } as const;
const roundsFields = {
  rewards: list,
  propensities: list,
  targets: list,
  predicted: optionalList,
  expected: optionalList,
  units: optionalList,
} as const satisfies FieldsFor<TargetRounds>;

const MOST_PROBLEMS = 20;
/** What rounding may add to a probability of 1. */
export const ROUNDING = 1e-9;

function columnProblems(values: ArrayLike<unknown>, path: ErrorPath, range: NumberRange): Problem[] {
  const found: Problem[] = [];
  const atMost = range.atMost === undefined ? {} : { atMost: range.atMost + ROUNDING };
  for (let i = 0; i < values.length && found.length < MOST_PROBLEMS; i++) {
    // Asked again with the stated range only where it fails the tolerant one.
    const wrong = numberProblem(values[i], [...path, i], { ...range, ...atMost });
    if (wrong) found.push(numberProblem(values[i], [...path, i], range) ?? wrong);
  }
  return found;
}

/** Whether every value is a number of a range, at the speed of a loop. */
function fits(values: ArrayLike<unknown>, low: number, high: number, open: boolean): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== "number" || !(value >= low && value <= high) || (open && value === low))
      return false;
  }
  return true;
}

const largest = Number.MAX_VALUE;

/**
 * Checks columns that a caller passed.
 * @param rounds  anything
 * @param range   what rewards can be, where that is known
 * @throws ExperimentError `missing_value`, `wrong_type`, `unknown_key`; `wrong_length` at [column]; `out_of_range` at
 *         ["rounds", "rewards", "length"]; `not_finite`, `out_of_range` at [column, i], within ["rounds"]
 */
export function requireRounds(rounds: TargetRounds, [low, high]: readonly [number, number]): void {
  checkFields(rounds, roundsFields, ["rounds"]);
  const { rewards, units } = rounds;
  requireList(rewards, ["rounds", "rewards"]);
  const n = rewards.length;
  const bounded = Number.isFinite(low) ? { atLeast: low } : {};
  const columns: readonly [keyof TargetRounds, number, number, boolean, NumberRange][] = [
    [
      "rewards",
      Math.max(low, -largest),
      Math.min(high, largest),
      false,
      { ...bounded, ...(Number.isFinite(high) ? { atMost: high } : {}) },
    ],
    ["propensities", 0, 1 + ROUNDING, true, { above: 0, atMost: 1 }],
    ["targets", 0, 1 + ROUNDING, false, { atLeast: 0, atMost: 1 }],
    ["predicted", -largest, largest, false, {}],
    ["expected", -largest, largest, false, {}],
  ];
  const problems: Problem[] = [];
  for (const [name, least, most, open, range] of columns) {
    const values = rounds[name];
    if (values === undefined) continue;
    const path = ["rounds", name] as const;
    requireList(values, path);
    if (values.length !== n)
      problems.push(
        problem({ wrong_length }, path, values.length, { expected: { length: n }, other: "rewards" }),
      );
    else if (!fits(values, least, most, open)) problems.push(...columnProblems(values, path, range));
  }
  if (units !== undefined) {
    requireList(units, ["rounds", "units"]);
    if (units.length !== n)
      problems.push(
        problem({ wrong_length }, ["rounds", "units"], units.length, {
          expected: { length: n },
          other: "rewards",
        }),
      );
    for (let i = 0; i < units.length && problems.length < MOST_PROBLEMS; i++) {
      const unit: unknown = units[i];
      if (typeof unit === "string" || typeof unit === "number") continue;
      const entry: ErrorEntry = unit === undefined ? { missing_value } : { wrong_type };
      problems.push(problem(entry, ["rounds", "units", i], unit, { expected: { type: ["text", "number"] } }));
    }
  }
  if (problems.length > 0) throw errorOf(problems.slice(0, MOST_PROBLEMS));
  if (n < 2) requireNumber(n, ["rounds", "rewards", "length"], { atLeast: 2 });
}
