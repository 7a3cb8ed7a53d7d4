import {
  type ErrorPath,
  errorOf,
  mixed_experiments,
  type NumberRange,
  nearName,
  numberProblem,
  type Problem,
  probabilities_sum,
  problem,
  propensity_mismatch,
  refuseType,
  unknown_action,
  wrong_length,
} from "../../errors/index.js";
import { armOf, asRound, type BanditRound, isRound, roundShape } from "../../rounds/index.js";
import { isPlainObject, shapeProblems } from "../../shapes/index.js";
import type { Choice } from "./choice.js";
import { choiceFields, type LoggedChoice } from "./logged-choice.js";

const MOST_PROBLEMS = 20;
const propensityRange = { above: 0, atMost: 1 } as const;
const chanceRange = { atLeast: 0, atMost: 1 } as const;

/** Whether a row is a plain choice, but for its probabilities, in a fraction of what telling the rest would cost. */
function isChoice(row: unknown): row is LoggedChoice {
  if (!isPlainObject(row)) return false;
  for (const key in row) if (!known.has(key)) return false;
  const { action, reward, propensity, unit } = row;
  return (
    typeof action === "string" &&
    action !== "" &&
    (reward === null || Number.isFinite(reward)) &&
    typeof propensity === "number" &&
    propensity > 0 &&
    propensity <= 1 &&
    (unit === undefined || (typeof unit === "string" && unit !== ""))
  );
}

const known: ReadonlySet<string> = new Set(Object.keys(choiceFields));

/** Probabilities by name, taken apart. */
interface Vector {
  readonly actions: readonly string[];
  readonly probabilities: readonly number[];
}

/** Whether probabilities by name are those of a vector, in its order. */
function isVector(given: Readonly<Record<string, unknown>>, { actions, probabilities }: Vector): boolean {
  let k = 0;
  for (const name in given) {
    if (name !== actions[k] || given[name] !== probabilities[k]) return false;
    k += 1;
  }
  return k === actions.length;
}

const isRoundLike = (row: unknown): row is BanditRound =>
  isRound(row as BanditRound) || shapeProblems(row, roundShape).length === 0;

/** Reads rounds of any form one by one, and collects what is wrong with them. */
export class ChoiceReader {
  readonly #problems: Problem[] = [];
  /** The last row's probabilities: those of one state are alike, and mostly follow each other. */
  #last: Vector | undefined;
  #experiment: string | undefined;

  /** @returns the round; undefined where it is refused */
  read(row: unknown, i: number): Choice | undefined {
    const before = this.#problems.length;
    const ofRound = isPlainObject(row) && ("decision" in row || isPlainObject(row.action));
    const choice = ofRound ? this.#round(asRound(row), i) : this.#plain(row, i);
    if (this.#problems.length >= MOST_PROBLEMS) this.end();
    return this.#problems.length > before ? undefined : choice;
  }

  /** @throws ExperimentError with what was wrong so far */
  end(): void {
    if (this.#problems.length > 0) throw errorOf(this.#problems.slice(0, MOST_PROBLEMS));
  }

  #plain(row: unknown, i: number): Choice | undefined {
    const chances = isChoice(row) ? this.#apart(row.probabilities) : null;
    if (!isChoice(row) || chances === null) {
      this.#problems.push(...shapeProblems(row, { kind: "object", has: choiceFields }, ["log", i]));
      return undefined;
    }
    const read: Choice = {
      action: row.action,
      reward: row.reward,
      propensity: row.propensity,
      context: row.context ?? null,
      unit: row.unit,
      id: undefined,
      kept: false,
      at: undefined,
      actions: chances?.actions,
      probabilities: chances?.probabilities,
      eligible: undefined,
    };
    if (chances) this.#vector(read, ["log", i]);
    return read;
  }

  /** @returns undefined where there are none, null for what are no probabilities */
  #apart(given: LoggedChoice["probabilities"]): Vector | undefined | null {
    if (given === undefined) return undefined;
    if (!isPlainObject(given)) return null;
    const last = this.#last;
    if (last && isVector(given, last)) return last;
    const probabilities = Object.values(given);
    if (!probabilities.every((each) => typeof each === "number" && each >= 0 && each <= 1)) return null;
    this.#last = { actions: Object.keys(given), probabilities };
    return this.#last;
  }

  #round(row: unknown, i: number): Choice | undefined {
    if (!isRoundLike(row)) {
      this.#problems.push(...shapeProblems(row, roundShape, ["log", i]));
      return undefined;
    }
    const round = row;
    const { decision, reward } = round;
    const { experiment, id, unitId, context = null, reason, eligible, actions, probabilities, at } = decision;
    const path = ["log", i, "decision"];
    this.#experiment ??= experiment;
    if (experiment !== this.#experiment)
      this.#problems.push(
        problem({ mixed_experiments }, [...path, "experiment"], experiment, { other: this.#experiment }),
      );
    const read: Choice = {
      action: armOf(round),
      reward: reward ?? null,
      propensity: decision.propensity,
      context,
      unit: unitId,
      id,
      kept: reason === "sticky",
      at,
      actions: probabilities && actions,
      probabilities,
      eligible,
    };
    this.#chance(read.propensity, [...path, "propensity"], propensityRange);
    this.#vector(read, path);
    return read;
  }

  #chance(value: number, path: ErrorPath, range: NumberRange): void {
    const found = numberProblem(value, path, range);
    // A little above 1 is rounding.
    if (found && !(value > 1 && value <= 1 + 1e-9)) this.#problems.push(found);
  }

  #vector({ action, actions, probabilities, propensity }: Choice, path: ErrorPath): void {
    if (!probabilities || !actions) return;
    const at = [...path, "probabilities"];
    if (probabilities.length !== actions.length) {
      const expected = { length: actions.length };
      this.#problems.push(
        problem({ wrong_length }, at, probabilities.length, { expected, other: "actions" }),
      );
      return;
    }
    let sum = 0;
    for (let k = 0; k < probabilities.length; k++) {
      const each = probabilities[k] as number;
      sum += each;
      if (!(each >= 0 && each <= 1)) this.#chance(each, [...at, k], chanceRange);
    }
    if (!(Math.abs(sum - 1) <= 1e-6)) this.#problems.push(problem({ probabilities_sum }, at, sum));
    const own = actions.indexOf(action);
    if (own < 0)
      this.#problems.push(
        problem({ unknown_action }, [...path, "action"], action, nearName(action, actions)),
      );
    else if (!(Math.abs((probabilities[own] as number) - propensity) <= 1e-9))
      this.#problems.push(
        problem({ propensity_mismatch }, [...path, "propensity"], propensity, { other: probabilities[own] }),
      );
  }
}

/** @throws ExperimentError `missing_value` or `wrong_type` at ["log"] for what cannot be gone through */
export function requireIterable(log: unknown): asserts log is Iterable<unknown> {
  if (typeof log === "string" || typeof Object(log)[Symbol.iterator] !== "function")
    refuseType(log, ["log"], "list");
}
