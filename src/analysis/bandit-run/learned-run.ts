import { contextEncoder } from "../../bandits/encoders/index.js";
import type { ContextFeature } from "../../bandits/index.js";
import type { Json } from "../../core/json.js";
import { square } from "../../core/powers.js";
import { contradictedReason } from "../../ope/adaptive/index.js";
import { learnedValue, RidgeLearner } from "../../ope/learning/index.js";
import type { BanditLog, LogRows } from "../../rounds/index.js";
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

/** A feature of each field that all contexts have: a category of at most twenty levels, or a number. */
function featuresOf(contexts: readonly Json[]): readonly (ContextFeature & { readonly field: string })[] {
  const fields = new Map(Object.keys(Object(contexts[0])).map((name) => [name, new Field()]));
  for (const context of contexts) {
    const values: Readonly<Record<string, unknown>> = Object(context);
    for (const [name, field] of fields) if (!field.add(values[name])) fields.delete(name);
  }
  let places = 1;
  const features: (ContextFeature & { readonly field: string })[] = [];
  const count = contexts.length;
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

/** A context's features as one key, alike where all features are: of categories a number, which costs a tenth of a text. */
function keyOf(features: readonly (ContextFeature & { readonly field: string })[]) {
  const categories = features.flatMap((feature) =>
    feature.kind === "categorical"
      ? [{ field: feature.field, places: new Map(feature.levels.map((level, i) => [level, i])) }]
      : [],
  );
  const numbers = features.flatMap(({ kind, field }) => (kind === "numeric" ? [field] : []));
  return (values: Readonly<Record<string, unknown>>): number | string => {
    let key = 0;
    for (const { field, places } of categories)
      key = key * places.size + (places.get(String(values[field])) ?? 0);
    if (numbers.length === 0) return key;
    return numbers.reduce((text, field) => `${text} ${values[field]}`, `${key}`);
  };
}

/** Numbers contexts: alike where all features are. */
function numbered(contexts: readonly Json[], key: ReturnType<typeof keyOf>) {
  const places = new Map<number | string, number>();
  const examples: Json[] = [];
  const of = new Int32Array(contexts.length);
  let i = 0;
  for (const context of contexts) {
    const own = key(Object(context));
    let place = places.get(own);
    if (place === undefined) {
      places.set(own, (place = places.size));
      examples.push(context);
    }
    of[i] = place;
    i += 1;
  }
  return { of, examples };
}

/** The rows whose reward is known; all of them as they are where none is pending. */
function knownOf(rows: LogRows) {
  const { length, arm, unit, reward, propensity, vector, context } = rows;
  const known: number[] = [];
  for (let i = 0; i < length; i++) if (!Number.isNaN(reward[i])) known.push(i);
  if (known.length === length) return rows;
  const numbers = (column: ArrayLike<number>) => Float64Array.from(known, (i) => column[i] ?? Number.NaN);
  return {
    length: known.length,
    ...{ arm: numbers(arm), unit: numbers(unit), reward: numbers(reward), propensity: numbers(propensity) },
    ...{ vector: known.map((i) => vector[i]), context: known.map((i) => context[i] ?? null) },
  };
}

/**
 * Whether a policy learned from the contexts of a log earns more than the best single arm. It is learned and judged as
 * `learnPolicy` does.
 * @param units    how many units the rows have
 * @returns undefined where contexts say nothing that all decisions have, or there are too few rewards
 */
export function learnedRun(
  { arms, rows }: BanditLog,
  level: number,
  served: ServedCheck,
  units: number,
): LearnedRun | undefined {
  const known = knownOf(rows);
  if (known.length < leastRewards) return undefined;
  const features = featuresOf(known.context);
  if (features.length === 0) return undefined;
  const encoder = contextEncoder(features);
  const { of, examples } = numbered(known.context, keyOf(features));
  const encoded = examples.map((context) => encoder.encode(context).slice());
  const rounds = {
    actions: arms.length,
    ...{ action: known.arm, rewards: known.reward, propensities: known.propensity },
    units: units < rows.length ? known.unit : undefined,
    vector: (round: number) => known.vector[round],
    size: encoder.size,
    contexts: examples.length,
    contextOf: (round: number) => of[round] ?? 0,
    encode: (context: number) => encoded[context] ?? new Float64Array(encoder.size),
  };
  const { value, overSingle, single, differs } = learnedValue(rounds, new RidgeLearner(rounds), {
    ...{ level, batches, least: leastEffective },
  });
  const told = (estimate: LearnedRun["value"]): LearnedRun["value"] =>
    served.status === "failed"
      ? { status: "undefined", method: estimate.method, reason: contradictedReason, level }
      : estimate;
  return {
    fields: features.map(({ field }) => field),
    single: arms[single]?.key ?? "",
    differs,
    value: told(value),
    overSingle: told(overSingle),
  };
}
