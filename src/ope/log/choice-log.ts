import type { Json } from "../../core/json.js";
import { ExperimentError, empty_data, missing_value } from "../../errors/index.js";
import type { Choice } from "./choice.js";
import { ChoiceReader, requireIterable } from "./choice-reader.js";
import { ServedShares } from "./served-shares.js";

/** Rounds of a log that say nothing yet, or were never left to chance. */
export interface LeftOut {
  /** Without a reward so far. */
  readonly pending: number;
  /** Kept by units that had them: nothing was drawn. */
  readonly kept: number;
  /** Lines that told a decision again; the last reward that is known counts. */
  readonly repeated: number;
}

/** A log in columns. */
export interface ChoiceLog {
  /** Names of all actions, in order of appearance. */
  readonly actions: readonly string[];
  /** Where each round stood in the log, by row. */
  readonly rows: Int32Array;
  /** Place of each round's action. */
  readonly action: Int32Array;
  readonly rewards: Float64Array;
  readonly propensities: Float64Array;
  /** Probability with which the log chose any of the actions that share the played one's class; absent without classes. */
  readonly marginals: Float64Array | undefined;
  readonly contexts: readonly Json[];
  readonly eligible: readonly (readonly string[] | undefined)[];
  /** Absent where some rounds have none. */
  readonly units: readonly string[] | undefined;
  readonly leftOut: LeftOut;
  /** Whether the shares served deny the logged probabilities. */
  readonly contradicted: boolean;
}

/** Rounds as they are read, column by column: a million objects would cost more than all that is done with them. */
class Columns {
  readonly #rows: number[] = [];
  readonly #action: number[] = [];
  /** NaN while it is not known. */
  readonly #rewards: number[] = [];
  readonly #propensities: number[] = [];
  readonly #marginals: number[] = [];
  readonly #contexts: Json[] = [];
  readonly #eligible: (readonly string[] | undefined)[] = [];
  readonly #units: (string | undefined)[] = [];

  get size(): number {
    return this.#rows.length;
  }

  /** A reward that was known stays, where the decision is told again without one. */
  put(at: number, row: number, place: number, choice: Choice, marginal: number | undefined): void {
    const { reward, propensity, context, eligible, unit } = choice;
    if (marginal !== undefined) this.#marginals[at] = marginal;
    this.#rows[at] = row;
    this.#action[at] = place;
    this.#rewards[at] = reward ?? this.#rewards[at] ?? Number.NaN;
    this.#propensities[at] = propensity;
    this.#contexts[at] = context;
    this.#eligible[at] = eligible;
    this.#units[at] = unit;
  }

  /** The rounds whose reward is known. */
  known() {
    const rewards = this.#rewards;
    const all = !rewards.some(Number.isNaN);
    const of = <T>(list: readonly T[]): readonly T[] =>
      all ? list : list.filter((_, at) => !Number.isNaN(rewards[at]));
    const units = of(this.#units);
    return {
      rows: Int32Array.from(of(this.#rows)),
      action: Int32Array.from(of(this.#action)),
      rewards: Float64Array.from(of(rewards)),
      propensities: Float64Array.from(of(this.#propensities)),
      marginals: this.#marginals.length > 0 ? Float64Array.from(of(this.#marginals)) : undefined,
      contexts: of(this.#contexts),
      eligible: of(this.#eligible),
      units: units.every((unit) => unit !== undefined) ? units : undefined,
    };
  }
}

/** The log's probability of all actions that share the played one's class. */
function shareOfClass(
  { action, actions, probabilities }: Choice,
  classOf: (action: string) => string,
  row: number,
): number {
  if (!actions || !probabilities)
    throw new ExperimentError({ missing_value }, ["log", row, "probabilities"], undefined, {
      expected: { type: "object" },
    });
  const own = classOf(action);
  let share = 0;
  for (const [k, name] of actions.entries()) if (classOf(name) === own) share += probabilities[k] ?? 0;
  return Math.min(1, share);
}

/**
 * Reads a log.
 * @param log    rounds in any order and form
 * @param first  names of actions that come first
 * @param classOf  what of an action reaches the reward; absent: all of it
 * @throws ExperimentError what keeps rows from being rounds, at ["log", i, …], twenty at most; `empty_data` at ["log"] where no
 *         round has a reward; `missing_value` at ["log", i, "probabilities"] of a round that has none, where there are classes
 */
export function choiceLog(
  log: unknown,
  first: readonly string[],
  classOf?: (action: string) => string,
): ChoiceLog {
  requireIterable(log);
  const reader = new ChoiceReader();
  const served = new ServedShares();
  const places = new Map<string, number>();
  const byId = new Map<string, number>();
  const columns = new Columns();
  let [i, repeated, kept] = [0, 0, 0];
  const placeOf = (name: string): number => {
    let place = places.get(name);
    if (place === undefined) places.set(name, (place = places.size));
    return place;
  };
  const marginalOf = (choice: Choice, row: number): number | undefined =>
    classOf && shareOfClass(choice, classOf, row);
  first.forEach(placeOf);
  for (const row of log) {
    const choice = reader.read(row, i++);
    if (!choice) continue;
    const { id, action, actions } = choice;
    const earlier = id === undefined ? undefined : byId.get(id);
    if (earlier !== undefined) {
      repeated += 1;
      columns.put(earlier, i - 1, placeOf(action), choice, marginalOf(choice, i - 1));
      continue;
    }
    if (choice.kept) {
      kept += 1;
      continue;
    }
    if (id !== undefined) byId.set(id, columns.size);
    columns.put(columns.size, i - 1, placeOf(action), choice, marginalOf(choice, i - 1));
    if (!actions) continue;
    served.add(choice);
    for (const name of actions) placeOf(name);
  }
  reader.end();
  const read = columns.known();
  if (read.rewards.length === 0) throw new ExperimentError({ empty_data }, ["log"], 0);
  return {
    ...read,
    actions: [...places.keys()],
    leftOut: { pending: columns.size - read.rewards.length, kept, repeated },
    contradicted: served.contradicted,
  };
}
