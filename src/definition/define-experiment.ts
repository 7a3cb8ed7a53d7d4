import { canonicalEntries } from "../core/code-point-order.js";
import type { Attributes, Condition } from "../core/condition.js";
import type {
  Definition,
  LayerSlot,
  Prerequisite,
  Rule,
  Schedule,
  VariantDefinition,
} from "../core/definition.js";
import type { Json, JsonOf } from "../core/json.js";
import type { Plan } from "../core/plan.js";
import { conflicting_keys, errorOf, missing_control, missing_value } from "../errors/index.js";
import type { KnownMetric } from "../metrics/index.js";
import type { Fields } from "../shapes/index.js";
import type { Correction } from "../stats/corrections/correction-names.js";
import { rangesOf } from "./allocation.js";
import { Checks, isRecord, type Loose } from "./checks.js";
import { checkMeaning, checkShape } from "./definition-problems.js";
import { experimentFields } from "./definition-shape.js";
import type { Design } from "./designs/design.js";
import { withCombinations } from "./designs/expand-factors.js";
import type { Combination, Factors } from "./designs/factors.js";
import { fractionsOf } from "./fractions.js";
import { frozenJson } from "./frozen-json.js";

type WithOptionalRole<M> = M extends unknown
  ? Omit<M, "role"> & { readonly role?: KnownMetric["role"] }
  : never;
type RuleInput<V extends string, A extends Attributes> = Omit<Rule<V>, "when" | "holdback"> & {
  readonly when: Condition<A>;
  readonly holdback?: number;
};

/** What `defineExperiment` takes; the same as JSON is an experiment file. */
export interface ExperimentInput<
  T extends { readonly [variant: string]: unknown } = { readonly [variant: string]: Json },
  A extends Attributes = Attributes,
> {
  readonly key: string;
  /** Name of the attribute that identifies the unit, e.g. `"userId"`. */
  readonly unit: string;
  /** Each variant's payload, by its key, in the order in which points are laid out. */
  readonly variants: T & JsonOf<T>;
  /** Default: the variant named `"control"`. */
  readonly control?: NoInfer<keyof T & string>;
  /** Fractions that sum to 1 (within 1e-9); default equal. */
  readonly allocation?: { readonly [V in keyof NoInfer<T>]: number };
  /** Fraction of the audience enrolled, in [0, 1]; default 1. */
  readonly coverage?: number;
  /** A metric's role is `"goal"` unless said otherwise. */
  readonly metrics?: readonly WithOptionalRole<KnownMetric>[];
  /** What units are hashed with; default the key. */
  readonly salt?: string;
  /** Default 1. */
  readonly version?: number;
  /** Default `"fixed"`, a test; another word names the bandit policy that allocates. */
  readonly policy?: string;
  /** Default level 0.95, macro `"holm"`, micro `"benjamini-hochberg"`. */
  readonly plan?: Omit<Plan, "level" | "macro" | "micro"> & {
    readonly level?: number;
    readonly macro?: Correction;
    readonly micro?: Correction;
  };
  /** The attributes that conditions may name, with their types. */
  readonly attributes?: A;
  readonly segments?: { readonly [name: string]: Condition<NoInfer<A>> };
  readonly audience?: Condition<NoInfer<A>>;
  /** A rule's holdback is 0.1 unless said otherwise. */
  readonly rules?: readonly RuleInput<NoInfer<keyof T & string>, NoInfer<A>>[];
  readonly ruleOrder?: "disjoint" | "first";
  readonly layer?: LayerSlot;
  readonly prerequisites?: readonly Prerequisite[];
  readonly schedule?: Schedule;
  readonly status?: "draft" | "running" | "paused" | "stopped";
  readonly rollout?: NoInfer<keyof T & string>;
  readonly overrides?: readonly { readonly unitId: string; readonly variant: NoInfer<keyof T & string> }[];
}

/** What `defineExperiment` takes for a multivariate experiment: factors (every combination) or a design of `essai/designs`. */
export type FactorialInput<F extends Factors = Factors, A extends Attributes = Attributes> = Omit<
  ExperimentInput<{ readonly [variant: string]: Json }, A>,
  "variants"
> &
  (
    | {
        /** Levels of each factor, the baseline first; a variant for every combination, such as `"cta=Buy,hero=A"`. */
        readonly factors: F;
        readonly design?: never;
      }
    | {
        /** Chosen combinations: a fraction, an array, an optimal design. */
        readonly design: Design<F>;
        readonly factors?: never;
      }
  );

/** The definition of a multivariate experiment: its factors are there. */
export type FactorialDefinition<P = Json> = Definition<string, P> & Required<Pick<Definition, "factors">>;

/**
 * Defines a multivariate experiment: a variant for every combination of the factors' levels, or for those that a design
 * chose. The payload is the combination, e.g. `{ hero: "A", cta: "Buy" }`; control is the first combination unless said
 * otherwise.
 * @param input  the experiment, with `factors` or `design` in place of `variants`
 * @returns the definition, which carries `factors` and how they were combined (`design`)
 * @throws ExperimentError with all problems, as for variants, and `bad_factor_name`, `too_few_levels`, `duplicate_level`,
 *   `bad_level` at ["factors", name, …], `too_many_runs` at ["factors"]
 */
export function defineExperiment<const F extends Factors, const A extends Attributes = Attributes>(
  input: FactorialInput<F, A>,
): FactorialDefinition<Combination<F>>;
/**
 * Defines an experiment: checks everything about it at once and lays its variants out over the points.
 * @param input  the experiment; JSON values only
 * @returns the definition: plain JSON, deeply frozen, a copy that shares nothing with the input
 * @throws ExperimentError with all problems: `missing_value`, `wrong_type`, `not_json`, `unknown_key`, `unknown_name`,
 *   `invalid_key`, `integer_like_key`, `duplicate_key`, `too_few_variants`, `missing_control`, `unknown_variant`,
 *   `allocation_sum`, `out_of_range`, and those of conditions and rules
 */
export function defineExperiment<
  const T extends { readonly [variant: string]: unknown },
  const A extends Attributes = Attributes,
>(input: ExperimentInput<T, A>): Definition<keyof T & string, T[keyof T]>;
export function defineExperiment(input: unknown): Definition {
  const checks = new Checks();
  const definition = definitionFrom(input, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return definition;
}

/**
 * The definition that an experiment's input describes, defaults filled in.
 * @param input   anything; `variants` as an object of payloads or as a list of `{key, payload}`, or in their place
 *                `factors` as an object of levels, or a design
 * @param checks  receives every problem
 * @param fields  the keys that the input may have; those that are not part of a definition are left out of it
 * @returns a frozen object, a valid {@link Definition} if no problem was reported
 */
export function definitionFrom(
  input: unknown,
  checks: Checks,
  fields: Fields = experimentFields,
): Definition {
  const copy = frozenJson(withCombinations(input, checks), checks);
  if (copy === null && checks.problems.length > 0) return {} as Definition;
  checkShape(copy, { kind: "object", has: fields }, checks);
  if (!isRecord(copy) || !checks.sound("format")) return {} as Definition;
  const { allocation, $schema: _, data: __, ...given } = copy as Loose;
  const byName = isRecord(given.variants);
  const variants = byName
    ? canonicalEntries(given.variants as Loose).map(([key, payload]) => Object.freeze({ key, payload }))
    : given.variants;
  if (variants === undefined)
    checks.report({ missing_value }, ["variants"], undefined, { expected: { type: "object" } });
  if (given.variants !== undefined && isRecord(given.factors))
    checks.report({ conflicting_keys }, ["factors"], given.factors, { other: "variants" });
  if (allocation !== undefined && given.ranges !== undefined)
    checks.report({ conflicting_keys }, ["allocation"], allocation, { other: "ranges" });
  const known = byName || checks.sound("variants");
  const keys = known ? (variants as readonly VariantDefinition[]).map(({ key }) => key) : [];
  const control = given.control ?? (keys.includes("control") ? "control" : undefined);
  if (known && control === undefined) checks.report({ missing_control }, ["control"], undefined);
  const definition = Object.freeze({
    format: "essai.experiment/1",
    version: 1,
    salt: given.key,
    hash: "murmur3-1",
    coverage: 1,
    policy: "fixed",
    ranges: Object.freeze(rangesOf(fractionsOf(allocation as never, keys, checks))),
    ...given,
    control,
    ...(variants === undefined ? {} : { variants: Object.freeze(variants) }),
    metrics: withDefaults(given.metrics ?? [], { role: "goal" }),
    plan: isRecord(given.plan ?? {})
      ? Object.freeze({ level: 0.95, macro: "holm", micro: "benjamini-hochberg", ...(given.plan as Loose) })
      : given.plan,
    ...(given.rules === undefined ? {} : { rules: withDefaults(given.rules, { holdback: 0.1 }) }),
  }) as unknown as Definition;
  checkMeaning(definition, checks, byName ? (i) => ["variants", keys[i] as string] : undefined);
  return definition;
}

function withDefaults(list: unknown, defaults: Loose): unknown {
  if (!Array.isArray(list)) return list;
  return Object.freeze(list.map((each) => (isRecord(each) ? Object.freeze({ ...defaults, ...each }) : each)));
}
