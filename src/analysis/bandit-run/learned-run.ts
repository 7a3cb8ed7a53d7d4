import { contextEncoder } from "../../bandits/encoders/index.js";
import type { ContextFeature } from "../../bandits/index.js";
import type { Json } from "../../core/json.js";
import { square } from "../../core/powers.js";
import { contradictedReason } from "../../ope/adaptive/index.js";
import { learnedValue, RidgeLearner } from "../../ope/learning/index.js";
import type { BanditLog, LogRow } from "../../rounds/index.js";
import type { LearnedRun, ServedCheck } from "./run.js";

/** Stretches of the log, after each of which the policy is learned anew. */
const batches = 10;
/** Rewards below which nothing is learned. */
const leastRewards = 200;
const leastEffective = 50;
const mostLevels = 20;
/** Numbers that a context may become. */
const mostPlaces = 32;

/** What the values of one field are like. */
class Field {
  numbers = 0;
  sum = 0;
  squares = 0;
  readonly levels = new Set<string>();
  #last: unknown;

  /** @returns whether it can be one of a policy's features */
  add(value: unknown): boolean {
    if (typeof value === "number") {
      this.numbers += 1;
      this.sum += value;
      this.squares += value * value;
    } else if (typeof value === "string" || typeof value === "boolean") {
      if (value !== this.#last) this.levels.add(String(value));
      this.#last = value;
    } else return false;
    return this.levels.size <= mostLevels;
  }
}

/** A feature of each field that all rows have: a category of at most twenty levels, or a number. */
function featuresOf(rows: readonly LogRow[]): readonly (ContextFeature & { readonly field: string })[] {
  const fields = new Map(Object.keys(Object(rows[0]?.context)).map((name) => [name, new Field()]));
  for (const { context } of rows) {
    const values: Readonly<Record<string, unknown>> = Object(context);
    for (const [name, field] of fields) if (!field.add(values[name])) fields.delete(name);
  }
  let places = 1;
  const features: (ContextFeature & { readonly field: string })[] = [];
  const count = rows.length;
  for (const [field, { numbers, sum, squares, levels }] of fields) {
    const [mean, size] = [sum / count, numbers > 0 ? 1 : levels.size];
    const sd = Math.sqrt(Math.max(0, squares / count - square(mean)));
    const isNumber = numbers === count && sd > 0;
    const isCategory = numbers === 0 && levels.size >= 2 && levels.size <= mostLevels;
    if (!(isNumber || isCategory) || places + size > mostPlaces) continue;
    places += size;
    features.push(
      isNumber
        ? { kind: "numeric", field, mean, sd }
        : { kind: "categorical", field, levels: [...levels].sort() },
    );
  }
  return features;
}

/** Numbers the contexts of rows: alike where all features are. */
function contextsOf(rows: readonly LogRow[], fields: readonly string[]) {
  const places = new Map<string, number>();
  const examples: Json[] = [];
  const of = new Int32Array(rows.length);
  let i = 0;
  for (const { context } of rows) {
    const values: Readonly<Record<string, unknown>> = Object(context);
    let key = "";
    for (const field of fields) {
      const value = String(values[field]);
      key += `${value.length} ${value}`;
    }
    let place = places.get(key);
    if (place === undefined) {
      places.set(key, (place = places.size));
      examples.push(context);
    }
    of[i] = place;
    i += 1;
  }
  return { of, examples };
}

/** Rows as columns, in one pass. */
function columnsOf(rows: readonly LogRow[]) {
  const [action, units] = [new Int32Array(rows.length), new Int32Array(rows.length)];
  const [rewards, propensities] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  let i = 0;
  for (const { arm, unit, reward, propensity } of rows) {
    action[i] = arm;
    units[i] = unit;
    rewards[i] = reward ?? 0;
    propensities[i++] = propensity;
  }
  return { action, units, rewards, propensities };
}

/**
 * Whether a policy learned from the contexts of a log earns more than the best single arm. It is learned and judged as
 * `learnPolicy` does.
 * @returns undefined where contexts say nothing that all decisions have, or there are too few rewards
 */
export function learnedRun(
  { arms, rows }: BanditLog,
  level: number,
  served: ServedCheck,
): LearnedRun | undefined {
  const known = rows.filter(({ reward }) => reward !== null);
  if (known.length < leastRewards) return undefined;
  const features = featuresOf(known);
  if (features.length === 0) return undefined;
  const encoder = contextEncoder(features);
  const fields = features.map(({ field }) => field);
  const contexts = contextsOf(known, fields);
  const vectors = new Map(contexts.examples.map((context, i) => [i, encoder.encode(context).slice()]));
  const rounds = {
    actions: arms.length,
    ...columnsOf(known),
    vector: (round: number) => known[round]?.vector,
    size: encoder.size,
    contexts: contexts.examples.length,
    contextOf: (round: number) => contexts.of[round] ?? 0,
    encode: (context: number) => vectors.get(context) ?? new Float64Array(encoder.size),
  };
  const { value, overSingle, single, differs } = learnedValue(rounds, new RidgeLearner(rounds), {
    ...{ level, batches, least: leastEffective },
  });
  const told = (estimate: LearnedRun["value"]): LearnedRun["value"] =>
    served.status === "failed"
      ? { status: "undefined", method: estimate.method, reason: contradictedReason, level }
      : estimate;
  return {
    fields,
    single: arms[single]?.key ?? "",
    differs,
    value: told(value),
    overSingle: told(overSingle),
  };
}
