import type { Attributes } from "../core/condition.js";
import type { Definition, VariantDefinition } from "../core/definition.js";
import type { Json, JsonOf } from "../core/json.js";
import { errorOf, within } from "../errors/index.js";
import type { Fields, Shape } from "../shapes/index.js";
import { Checks, isRecord, type Loose } from "./checks.js";
import {
  type BesideFactors,
  type CombinationKey,
  definitionFrom,
  type ExperimentInput,
  type ExperimentParts,
  type FactorialDefinition,
  type FactorialInput,
  type Levelled,
} from "./define-experiment.js";
import { checkDefinition, checkShape } from "./definition-problems.js";
import { experimentFields } from "./definition-shape.js";
import type { Design } from "./designs/design.js";
import { withCombinations } from "./designs/expand-factors.js";
import type { Combination, Factors } from "./designs/factors.js";
import { frozenJson } from "./frozen-json.js";
import { movedRanges } from "./moved-ranges.js";

/** What stays from version to version: with another key or unit it is another experiment. */
type Lasting = "key" | "unit" | "version";
/** Parts that an experiment may be without. */
type Removable =
  | "attributes"
  | "segments"
  | "audience"
  | "rules"
  | "ruleOrder"
  | "layer"
  | "prerequisites"
  | "schedule"
  | "status"
  | "rollout"
  | "overrides";

type Changed<Input> = {
  readonly [K in Exclude<keyof Input, Lasting | Removable>]?: Input[K];
} & {
  readonly [K in Extract<keyof Input, Removable>]?: Input[K] | null;
};

/**
 * What the next version of an experiment changes: any part of what `defineExperiment` takes but its key and unit, whole;
 * null takes a part away. `variants` are all variants of the next version with their payloads, not only the new ones.
 */
export type VersionChanges<
  T extends { readonly [variant: string]: unknown } = { readonly [variant: string]: Json },
  A extends Attributes = Attributes,
> = Changed<ExperimentInput<T, A>>;

/** As {@link VersionChanges}, for other factors or another design. */
export type FactorialChanges<F extends Factors = Factors, A extends Attributes = Attributes> = Changed<
  FactorialInput<F, A>
>;

const lasting = ["$schema", "format", "hash", "key", "unit", "version", "ranges"];
const removable: ReadonlySet<string> = new Set<Removable>([
  "attributes",
  "segments",
  "audience",
  "rules",
  "ruleOrder",
  "layer",
  "prerequisites",
  "schedule",
  "status",
  "rollout",
  "overrides",
]);
const changeable: Fields = Object.fromEntries(
  Object.entries(experimentFields)
    .filter(([key]) => !lasting.includes(key))
    .map(([key, shape]): [string, Shape] =>
      removable.has(key)
        ? [key, { kind: "either", of: [shape, { kind: "null" }], optional: true }]
        : [key, { ...shape, optional: true }],
    ),
);

/** Variants that stay keep their order, new ones follow. */
function inOrder(
  variants: readonly VariantDefinition[],
  before: Definition<string, unknown>,
): readonly VariantDefinition[] {
  const place = new Map(before.variants.map(({ key }, at) => [key, at]));
  const placeOf = ({ key }: VariantDefinition) => place.get(key) ?? place.size;
  return [...variants].sort((a, b) => placeOf(a) - placeOf(b));
}

/**
 * The next version of an experiment, whatever changes, moving as few units as can be: a unit changes its variant only if
 * that variant shrinks or ends, and exactly the difference moves. A salt of its own would move them all, so it stays
 * unless it is changed here. With other `factors` or another `design`, combinations that there were before keep their units
 * as far as shares allow.
 * @param definition  the present version
 * @param changes     what is to be different; what it leaves out stays. Shares without `allocation`: as they were, or
 *   equal when there are other variants
 * @returns the next version, `version` one higher: plain JSON, deeply frozen
 * @throws ExperimentError with all problems, as `defineExperiment`; `unknown_key` for `key`, `unit`, `version` and
 *   `ranges`, which are not for changing; those of `definition` itself are at paths that begin with "definition"
 * @example
 * const two = defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Try" } });
 * const three = nextVersion(two, { variants: { control: "Buy", b: "Try", c: "Ask" }, coverage: 0.5 });
 * [three.version, three.coverage, three.variants.length]; // [2, 0.5, 3]
 */
export function nextVersion<
  V extends string,
  P,
  K extends string = string,
  U extends string = string,
  const T extends { readonly [variant: string]: unknown } = { readonly [variant in V]: P },
  const F extends Factors = never,
  const A extends Attributes = Attributes,
  const C extends string = string,
>(
  definition: Definition<V, P, K, U>,
  changes: Changed<ExperimentParts<keyof T & string, A, string, string, string, C>> & {
    readonly variants?: T & JsonOf<T>;
    readonly factors?: F & Levelled<F>;
    readonly design?: Design<F>;
  } & ([F] extends [never] ? unknown : BesideFactors),
): [F] extends [never]
  ? Definition<keyof T & string, T[keyof T], K, U>
  : FactorialDefinition<Combination<NoInfer<F>>, K, U, string, CombinationKey<NoInfer<F>>>;
export function nextVersion(definition: Definition<string, unknown>, changes: unknown): Definition {
  const checks = new Checks();
  const copy = frozenJson(withCombinations(changes, checks), checks);
  checkShape(copy, { kind: "object", has: changeable }, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  within(["definition"], () => {
    const own = new Checks();
    checkDefinition(frozenJson(definition, own), own);
    if (own.problems.length > 0) throw errorOf(own.problems);
  });
  const given: Loose = isRecord(copy) ? copy : {};
  const kept = Object.entries(definition).filter(([key]) => key !== "ranges" && given[key] === undefined);
  const changed = Object.entries(given).filter(([, value]) => value !== null);
  const input = Object.fromEntries([...kept, ...changed]);
  const next = definitionFrom({ ...input, version: definition.version + 1 }, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  const variants = inOrder(next.variants, definition);
  const keys = variants.map(({ key }) => key);
  const alike =
    keys.length === definition.variants.length && definition.variants.every(({ key }, i) => key === keys[i]);
  const ranges =
    alike && given.allocation === undefined
      ? definition.ranges
      : movedRanges(definition.ranges, next.ranges, keys);
  return Object.freeze({ ...next, variants: Object.freeze(variants), ranges: Object.freeze(ranges) });
}
