import type { Json } from "../../core/json.js";
import { ExperimentError, empty_data } from "../../errors/index.js";
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
  readonly contexts: readonly Json[];
  readonly eligible: readonly (readonly string[] | undefined)[];
  /** Absent where some rounds have none. */
  readonly units: readonly string[] | undefined;
  readonly leftOut: LeftOut;
  /** Whether the shares served deny the logged probabilities. */
  readonly contradicted: boolean;
}

/**
 * Reads a log.
 * @param log    rounds in any order and form
 * @param first  names of actions that come first
 * @throws ExperimentError what keeps rows from being rounds, at ["log", i, …], twenty at most; `empty_data` at ["log"] where no
 *         round has a reward
 */
export function choiceLog(log: unknown, first: readonly string[]): ChoiceLog {
  requireIterable(log);
  const reader = new ChoiceReader();
  const served = new ServedShares();
  const places = new Map<string, number>();
  const byId = new Map<string, number>();
  const choices: Choice[] = [];
  const rows: number[] = [];
  let [i, repeated, kept] = [0, 0, 0];
  const note = (name: string) => {
    if (!places.has(name)) places.set(name, places.size);
  };
  first.forEach(note);
  for (const row of log) {
    const choice = reader.read(row, i++);
    if (!choice) continue;
    const { id } = choice;
    const earlier = id === undefined ? undefined : byId.get(id);
    if (earlier !== undefined) {
      repeated += 1;
      rows[earlier] = i - 1;
      choices[earlier] = { ...choice, reward: choice.reward ?? (choices[earlier]?.reward as number | null) };
      continue;
    }
    if (choice.kept) {
      kept += 1;
      continue;
    }
    if (id !== undefined) byId.set(id, choices.length);
    choices.push(choice);
    rows.push(i - 1);
    served.add(choice);
    note(choice.action);
    for (const name of choice.actions ?? []) note(name);
  }
  reader.end();
  const known = choices.filter(({ reward }) => reward !== null);
  if (known.length === 0) throw new ExperimentError({ empty_data }, ["log"], 0);
  const units = known.map(({ unit }) => unit);
  return {
    actions: [...places.keys()],
    rows: Int32Array.from(rows.filter((_, at) => choices[at]?.reward !== null)),
    action: Int32Array.from(known, ({ action }) => places.get(action) as number),
    rewards: Float64Array.from(known, ({ reward }) => reward ?? 0),
    propensities: Float64Array.from(known, ({ propensity }) => propensity),
    contexts: known.map(({ context }) => context),
    eligible: known.map(({ eligible }) => eligible),
    units: units.every((unit) => unit !== undefined) ? units : undefined,
    leftOut: { pending: choices.length - known.length, kept, repeated },
    contradicted: served.contradicted,
  };
}
