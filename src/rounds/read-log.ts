import type { Definition } from "../core/definition.js";
import {
  duplicate_key,
  type ErrorPath,
  ExperimentError,
  empty_data,
  errorOf,
  invalid_instant,
  missing_value,
  mixed_experiments,
  type NumberRange,
  nearName,
  not_decided,
  numberProblem,
  type Problem,
  probabilities_sum,
  problem,
  propensity_mismatch,
  refuseType,
  unknown_action,
  wrong_length,
} from "../errors/index.js";
import { shapeProblems } from "../shapes/index.js";
import { actionIndex } from "./action-index.js";
import { actionOf } from "./action-of.js";
import { asRound } from "./as-round.js";
import type { BanditRound, FlatRound } from "./bandit-round.js";
import type { LoggedDecision } from "./decision.js";
import { isRound } from "./is-round.js";
import { type LogRows, RowWriter } from "./log-rows.js";
import { recordedTime } from "./recorded-time.js";
import { roundShape } from "./round-shape.js";

/** An action and the key of its arm. */
export interface LogArm {
  readonly key: string;
  readonly action: Readonly<Record<string, string>>;
}

/** A log made sound: one row per decision, earliest first. */
export interface BanditLog {
  readonly arms: readonly LogArm[];
  readonly rows: LogRows;
  readonly policies: readonly string[];
  readonly repeated: number;
}

const mostProblems = 20;

/** An action in words, for messages. */
const told = (action: Readonly<Record<string, string>>) => Object.values(action).join(", ");

/** Arms of the definition, then those that came later. */
function knownArms(definition: Definition, later: readonly LogArm[]): LogArm[] {
  const arms = definition.variants.map(
    (variant): LogArm => ({ key: variant.key, action: actionOf(variant, definition) }),
  );
  const known = new Set(arms.map(({ key }) => key));
  return [...arms, ...later.filter(({ key }) => !known.has(key))];
}

/** Finds the arm of a decision; where it names its variant, or there is one factor, without spelling the levels out. */
function armFinder(arms: readonly LogArm[], index: ReadonlyMap<string, number>) {
  const anyOf = actionIndex(arms);
  const factors = Object.keys(arms[0]?.action ?? {});
  const [factor = ""] = factors;
  const byLevel =
    factors.length === 1 ? new Map(arms.map(({ action }, i) => [action[factor], i] as const)) : undefined;
  return ({ action, variant }: LoggedDecision): number => {
    const keys = Object.keys(action);
    if (keys.length !== factors.length) return -1;
    if (byLevel) return byLevel.get(action[factor]) ?? -1;
    const named = variant === undefined ? undefined : index.get(variant);
    const own = named === undefined ? undefined : arms[named]?.action;
    return own && factors.every((each) => own[each] === action[each]) ? (named ?? -1) : anyOf(action);
  };
}

/** Puts a decision's vector into the order of the arms. Vectors of one state are one array, and stay one. */
class Vectors {
  readonly #places = new Map<string, readonly number[]>();
  readonly #known = new WeakMap<
    readonly number[],
    readonly [of: readonly string[], vector: readonly number[]]
  >();
  readonly #index: ReadonlyMap<string, number>;
  /** Neighbours in a log mostly share theirs. */
  #last: readonly [readonly number[], readonly string[], readonly number[]] | undefined;

  constructor(index: ReadonlyMap<string, number>) {
    this.#index = index;
  }

  /** @returns its problem when an action is not an arm, or appears twice */
  placed(
    actions: readonly string[],
    probabilities: readonly number[],
    i: number,
  ): readonly number[] | Problem {
    if (probabilities === this.#last?.[0] && actions === this.#last[1]) return this.#last[2];
    const vector = this.#placed(actions, probabilities, ["log", i, "decision", "actions"]);
    if (!("code" in vector)) this.#last = [probabilities, actions, vector];
    return vector;
  }

  #placed(
    actions: readonly string[],
    probabilities: readonly number[],
    path: ErrorPath,
  ): readonly number[] | Problem {
    const known = this.#known.get(probabilities);
    if (known?.[0] === actions) return known[1];
    const key = actions.join("\n");
    let places = this.#places.get(key);
    if (!places) {
      places = actions.map((action) => this.#index.get(action) ?? -1);
      this.#places.set(key, places);
    }
    if (places.includes(-1))
      return problem({ unknown_action }, path, actions, { known: [...this.#index.keys()] });
    if (new Set(places).size < places.length) return problem({ duplicate_key }, path, actions);
    const vector = new Array<number>(this.#index.size).fill(0);
    for (const [i, place] of places.entries()) vector[place] = probabilities[i] as number;
    this.#known.set(probabilities, [actions, vector]);
    return vector;
  }
}

/** Whether a decision's chances can be what they say, in a fraction of what telling the rest would cost. */
function isSound({ propensity, probabilities, actions }: LoggedDecision): boolean {
  if (!(propensity > 0 && propensity <= 1)) return false;
  if (!probabilities) return true;
  if (probabilities.length !== actions?.length) return false;
  let sum = 0;
  for (const each of probabilities) {
    if (!(each >= 0 && each <= 1)) return false;
    sum += each;
  }
  return Math.abs(sum - 1) <= 1e-6;
}

function decisionProblems(decision: LoggedDecision, path: ErrorPath): Problem[] {
  const { propensity, probabilities, actions } = decision;
  const problems: Problem[] = [];
  const chance = (value: unknown, range: NumberRange, ...place: (string | number)[]) => {
    const found = numberProblem(value, [...path, ...place], range);
    // A little above 1 is rounding.
    if (found && !(typeof value === "number" && value > 1 && value <= 1 + 1e-9)) problems.push(found);
  };
  chance(propensity, { above: 0, atMost: 1 }, "propensity");
  if (!probabilities) return problems;
  if (!actions)
    return [
      ...problems,
      problem({ missing_value }, [...path, "actions"], actions, { expected: { type: "list" } }),
    ];
  if (probabilities.length !== actions.length)
    problems.push(
      problem({ wrong_length }, [...path, "probabilities"], probabilities.length, {
        expected: { length: actions.length },
        other: "actions",
      }),
    );
  let sum = 0;
  for (const [i, each] of probabilities.entries()) {
    chance(each, { atLeast: 0, atMost: 1 }, "probabilities", i);
    sum += each;
  }
  if (problems.length === 0 && Math.abs(sum - 1) > 1e-6)
    problems.push(problem({ probabilities_sum }, [...path, "probabilities"], sum));
  return problems;
}

/**
 * Reads a log of decisions and checks that each can be what it says.
 * @param log         rounds in any order, nested or flat; a decision told again replaces its earlier line, keeping a known reward
 * @param definition  whose variants are the arms
 * @param later       arms that came while the bandit was live
 * @returns one row per decision, earliest first
 * @throws ExperimentError with the first twenty problems: `mixed_experiments`, `unknown_action`, `out_of_range`,
 *         `wrong_length`, `propensity_mismatch`, `not_decided`, `duplicate_key`, `invalid_instant`, `not_finite` at ["log", i, …]; `empty_data` at ["log"]
 */
export function readLog(
  log: Iterable<BanditRound | FlatRound>,
  definition: Definition,
  later: readonly LogArm[] = [],
): BanditLog {
  const arms = knownArms(definition, later);
  const index = new Map(arms.map(({ key }, i) => [key, i] as const));
  const armOf = armFinder(arms, index);
  const known = arms.map(({ key }) => key);
  const vectors = new Vectors(index);
  const rows = new RowWriter(Array.isArray(log) ? log.length : undefined);
  const byId = new Map<string, number>();
  const units = new Map<string, number>();
  const policies = new Set<string>();
  const problems: Problem[] = [];
  let [i, repeated] = [0, 0];
  let [latest, ordered] = [Number.NEGATIVE_INFINITY, true];
  if (typeof Object(log)[Symbol.iterator] !== "function" || typeof log === "string")
    refuseType(log, ["log"], "list");
  for (const row of log) {
    const round = asRound(row);
    const place = i++;
    if (!isRound(round)) {
      const misshapen = shapeProblems(round, roundShape, ["log", place]);
      problems.push(...misshapen);
      if (problems.length >= mostProblems) break;
      if (misshapen.length > 0) continue;
    }
    const at = (...path: string[]): ErrorPath => ["log", place, "decision", ...path];
    const { decision, reward, segment, expected } = round;
    const { id, experiment, unitId, propensity, probabilities, actions, context = null } = decision;
    if (experiment !== definition.key)
      problems.push(problem({ mixed_experiments }, at("experiment"), experiment, { other: definition.key }));
    if (!isSound(decision)) problems.push(...decisionProblems(decision, at()));
    const time = recordedTime(decision.at);
    if (Number.isNaN(time)) problems.push(problem({ invalid_instant }, at("at"), decision.at));
    const arm = armOf(decision);
    if (arm < 0)
      problems.push(
        problem(
          { unknown_action },
          at("action"),
          told(decision.action),
          nearName(told(decision.action), known),
        ),
      );
    else if (decision.variant !== undefined && decision.variant !== arms[arm]?.key)
      problems.push(problem({ not_decided }, at("action"), told(decision.action)));
    const placed = probabilities && actions && vectors.placed(actions, probabilities, place);
    const vector = placed && "code" in placed ? undefined : placed;
    if (placed && "code" in placed) problems.push(placed);
    if (vector && arm >= 0 && Math.abs((vector[arm] as number) - propensity) > 1e-9)
      problems.push(
        problem({ propensity_mismatch }, at("propensity"), propensity, {
          other: vector[arm],
        }),
      );
    if (problems.length >= mostProblems) break;
    if (problems.length > 0) continue;
    const before = byId.get(id);
    if (before !== undefined) repeated += 1;
    if (before !== undefined || time < latest) ordered = false;
    latest = time;
    policies.add(decision.policy);
    let unit = units.get(unitId);
    if (unit === undefined) units.set(unitId, (unit = units.size));
    const own = before ?? rows.length;
    if (before === undefined) byId.set(id, own);
    rows.write(own, {
      arm,
      reward: reward ?? (before === undefined ? null : rows.rewardOf(before)),
      at: time,
      unit,
      propensity,
      vector,
      context,
      segment,
      expected,
    });
  }
  if (problems.length > 0) throw errorOf(problems.slice(0, mostProblems));
  if (rows.length === 0) throw new ExperimentError({ empty_data }, ["log"], 0);
  return { arms, rows: rows.rows(ordered), policies: [...policies], repeated };
}
