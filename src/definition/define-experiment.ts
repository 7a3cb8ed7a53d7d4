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
import type { KnownPolicy } from "../core/policy-name.js";
import { conflicting_keys, errorOf, missing_control, missing_value, unknown_name } from "../errors/index.js";
import type { KnownMetric, MetricLines } from "../metrics/index.js";
import type { Fields } from "../shapes/index.js";
import type { Correction, DecisionCorrection } from "../stats/corrections/correction-names.js";
import { rangesOf } from "./allocation.js";
import { Checks, isRecord, type Loose } from "./checks.js";
import { checkMeaning, checkShape } from "./definition-problems.js";
import { experimentFields } from "./definition-shape.js";
import type { Design } from "./designs/design.js";
import { withCombinations } from "./designs/expand-factors.js";
import type { Combination, Factors } from "./designs/factors.js";
import { fractionsOf } from "./fractions.js";
import { frozenJson } from "./frozen-json.js";
import { withLines } from "./lines.js";

/** A metric as a person writes it: its role may be left out, and one that adds up events may ask for its lines. */
type WithOptionalRole<M> = M extends { readonly type: infer T }
  ? Omit<M, "role"> & { readonly role?: KnownMetric["role"] } & (T extends "conversion" | "mean" | "count"
        ? { readonly by?: MetricLines }
        : unknown)
  : never;
type RuleInput<V extends string, A extends Attributes> = Omit<Rule<V>, "when" | "holdback"> & {
  readonly when: Condition<A>;
  readonly holdback?: number;
};

/** Asks for control and for a second variant, in words that the compiler prints. */
type Sound<T, C extends string> = string extends keyof T
  ? unknown
  : { [V in keyof T]: Exclude<keyof T, V> }[keyof T] extends never
    ? { readonly "a second variant": unknown }
    : { readonly [V in C]: unknown };

/** What an experiment is beside its variants or factors. */
export interface ExperimentParts<
  V extends string = string,
  A extends Attributes = Attributes,
  K extends string = string,
  U extends string = string,
  O extends string = string,
  C extends string = V,
> {
  readonly key: K;
  /** Name of the attribute that identifies the unit, e.g. `"userId"`. */
  readonly unit: U;
  /** Default: the variant named `"control"`; of a multivariate experiment the first combination. */
  readonly control?: C;
  /** Fractions that sum to 1 (within 1e-9); default equal. `"unknown"` for a past test whose shares nobody recorded. */
  readonly allocation?: { readonly [W in NoInfer<V>]: number } | "unknown";
  /** Fraction of the audience enrolled, in [0, 1]; default 1. */
  readonly coverage?: number;
  /** A metric's role is `"goal"` unless said otherwise. */
  readonly metrics?: readonly WithOptionalRole<KnownMetric>[];
  /** What units are hashed with; default the key. */
  readonly salt?: string;
  /** Default 1. */
  readonly version?: number;
  /** Default `"fixed"`, a test; another word names the bandit policy that allocates: one of your own as `"mine" as string`. */
  readonly policy?: O & KnownPolicy<O>;
  /** Default level 0.95, macro `"holm"` (`"none"` where the method is `"bayes"`), micro `"benjamini-hochberg"`. */
  readonly plan?: Omit<Plan, "level" | "macro" | "micro"> & {
    readonly level?: number;
    readonly macro?: DecisionCorrection;
    readonly micro?: Correction;
  };
  /** The attributes that conditions may name, with their types. */
  readonly attributes?: A;
  readonly segments?: { readonly [name: string]: Condition<NoInfer<A>> };
  readonly audience?: Condition<NoInfer<A>>;
  /** A rule's holdback is 0.1 unless said otherwise. */
  readonly rules?: readonly RuleInput<NoInfer<V>, NoInfer<A>>[];
  readonly ruleOrder?: "disjoint" | "first";
  readonly layer?: LayerSlot;
  readonly prerequisites?: readonly Prerequisite[];
  readonly schedule?: Schedule;
  readonly status?: "draft" | "running" | "paused" | "stopped";
  readonly rollout?: NoInfer<V>;
  readonly overrides?: readonly { readonly unitId: string; readonly variant: NoInfer<V> }[];
}

/** What `defineExperiment` takes; the same as JSON is an experiment file. */
export interface ExperimentInput<
  T extends { readonly [variant: string]: unknown } = { readonly [variant: string]: Json },
  A extends Attributes = Attributes,
  K extends string = string,
  U extends string = string,
  O extends string = string,
> extends ExperimentParts<keyof T & string, A, K, U, O> {
  /** Each variant's payload, by its key, in the order in which points are laid out. */
  readonly variants: T & JsonOf<T>;
}

/** Asks for a second level of every factor. */
export type Levelled<F extends Factors> = {
  readonly [N in keyof F]: F[N] extends readonly [] | readonly [unknown]
    ? { readonly "a second level": unknown }
    : unknown;
};

/** What `defineExperiment` takes for a multivariate experiment: factors (every combination) or a design of `essai/designs`. */
export type FactorialInput<
  F extends Factors = Factors,
  A extends Attributes = Attributes,
  K extends string = string,
  U extends string = string,
  O extends string = string,
> = ExperimentParts<string, A, K, U, O> & { readonly variants?: never } & (
    | {
        /** Levels of each factor, the baseline first; a variant for every combination, such as `"cta=Buy,hero=A"`. */
        readonly factors: F & Levelled<F>;
        readonly design?: never;
      }
    | {
        /** Chosen combinations: a fraction, an array, an optimal design. */
        readonly design: Design<F>;
        readonly factors?: never;
      }
  );

/** Asks for variants, unless there are factors. */
type Whole<F> = [F] extends [never] ? { readonly variants: unknown } : BesideFactors;

/** Refuses variants where factors make them, in words that the compiler prints. */
export type BesideFactors = { readonly variants?: "not beside factors" };

/** `"hero=video"`, for every level of every factor. */
type LevelKey<F extends Factors> = {
  [N in keyof F & string]: `${N}=${F[N][number]}`;
}[keyof F & string];

/**
 * Keys of a multivariate experiment's variants: levels in the factors' canonical order, `"cta=Buy,hero=A"`. The compiler
 * knows how they begin and end.
 */
export type CombinationKey<F extends Factors> = string extends keyof F
  ? string
  : `${LevelKey<F>}${string}` & `${string}${LevelKey<F>}`;

/** The definition of a multivariate experiment: its factors are there. */
export type FactorialDefinition<
  P = Json,
  K extends string = string,
  U extends string = string,
  O extends string = string,
  V extends string = string,
> = Definition<V, P, K, U, O> & Required<Pick<Definition, "factors">>;

/**
 * Defines an experiment: checks everything about it at once and lays its variants out over the points. With `factors`, or a
 * `design` of `essai/designs`, in place of `variants` it is a multivariate one: a variant for every combination of the
 * factors' levels, or for those that the design chose. A variant's payload is then its combination, e.g.
 * `{ hero: "A", cta: "Buy" }`; control is the first combination unless said otherwise.
 * @param input  the experiment; JSON values only
 * @returns the definition: plain JSON, deeply frozen, a copy that shares nothing with the input; a multivariate one carries
 *   `factors` and how they were combined (`design`)
 * @throws ExperimentError with all problems: `missing_value`, `wrong_type`, `not_json`, `unknown_key`, `unknown_name`,
 *   `invalid_key`, `integer_like_key`, `duplicate_key`, `too_few_variants`, `missing_control`, `unknown_variant`,
 *   `allocation_sum`, `out_of_range`, and those of conditions and rules; `bad_factor_name`, `too_few_levels`,
 *   `duplicate_level`, `bad_level` at ["factors", name, …], `too_many_runs` at ["factors"]
 */
export function defineExperiment<
  const T extends { readonly [variant: string]: unknown } = { readonly [variant: string]: null },
  const F extends Factors = never,
  const A extends Attributes = Attributes,
  const K extends string = string,
  const U extends string = string,
  const O extends string = "fixed",
  const C extends string = "control",
>(
  // One signature, so that the compiler names the key that is wrong and not an overload.
  input: ExperimentParts<keyof T & string, A, K, U, O, C> & {
    readonly variants?: T & JsonOf<T> & Sound<T, NoInfer<C>>;
    readonly factors?: F & Levelled<F>;
    readonly design?: Design<F>;
  } & Whole<F>,
): [F] extends [never]
  ? Definition<keyof T & string, T[keyof T], K, U, O>
  : FactorialDefinition<Combination<NoInfer<F>>, K, U, O, CombinationKey<NoInfer<F>>>;
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
  const unknown = allocation === "unknown";
  const { status = "stopped" } = given;
  if (unknown && status !== "stopped")
    checks.report({ unknown_name }, ["status"], status, { known: ["stopped"] });
  if (!unknown && allocation !== undefined && given.ranges !== undefined)
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
    ranges: Object.freeze(rangesOf(fractionsOf(unknown ? undefined : (allocation as never), keys, checks))),
    ...given,
    ...(unknown ? { allocation, status } : {}),
    control,
    ...(variants === undefined ? {} : { variants: Object.freeze(variants) }),
    metrics: withDefaults(checks.sound("metrics") ? withLines(given.metrics ?? [], checks) : given.metrics, {
      role: "goal",
    }),
    plan: planOf(given.plan ?? {}),
    ...(given.rules === undefined ? {} : { rules: withDefaults(given.rules, { holdback: 0.1 }) }),
  }) as unknown as Definition;
  checkMeaning(definition, checks, byName ? (i) => ["variants", keys[i] as string] : undefined);
  return definition;
}

/** A plan with its defaults; beliefs are not corrected. */
function planOf(plan: unknown): unknown {
  if (!isRecord(plan)) return plan;
  const macro = plan.method === "bayes" ? "none" : "holm";
  return Object.freeze({ level: 0.95, macro, micro: "benjamini-hochberg", ...plan });
}

function withDefaults(list: unknown, defaults: Loose): unknown {
  if (!Array.isArray(list)) return list;
  return Object.freeze(list.map((each) => (isRecord(each) ? Object.freeze({ ...defaults, ...each }) : each)));
}
