import { canonicalEntries } from "../core/code-point-order.js";
import type { Definition } from "../core/definition.js";
import type { JsonOf } from "../core/json.js";
import { errorOf, within } from "../errors/index.js";
import type { FieldsFor } from "../shapes/index.js";
import { rangesOf } from "./allocation.js";
import { Checks } from "./checks.js";
import { checkDefinition, checkShape } from "./definition-problems.js";
import { fractionsOf } from "./fractions.js";
import { frozenJson } from "./frozen-json.js";
import { movedRanges } from "./moved-ranges.js";

/** What the next version of an experiment changes. */
export interface Reallocation<
  V extends string = string,
  T extends { readonly [variant: string]: unknown } = { readonly [variant: string]: unknown },
> {
  /** Fractions of all variants of the next version, summing to 1; default: as they were, or equal when variants change. */
  readonly allocation?: { readonly [variant in V | keyof NoInfer<T>]?: number };
  /** Payloads of variants that are new, by key. */
  readonly add?: T & JsonOf<T>;
  /** Keys of variants that end. */
  readonly remove?: readonly V[];
  /** Fraction of the audience enrolled. */
  readonly coverage?: number;
}

const fraction = { kind: "number", atLeast: 0, atMost: 1, optional: true } as const;
const reallocationFields = {
  allocation: { kind: "map", of: fraction, optional: true },
  add: { kind: "map", of: { kind: "json" }, optional: true },
  remove: { kind: "list", of: { kind: "text" }, optional: true },
  coverage: fraction,
} as const satisfies FieldsFor<Reallocation>;
const reallocationShape = { kind: "object", has: reallocationFields } as const;

/**
 * The next version of an experiment, moving as few units as can be: a unit changes its variant only if that variant
 * shrinks or ends, and exactly the difference moves. Changing the coverage changes nobody's variant: units come in or
 * drop out.
 * @param definition  the present version
 * @param changes     what is to be different
 * @returns the next version, `version` one higher, salt unchanged
 * @throws ExperimentError with all problems, as `defineExperiment`; `missing_value` when a new variant is given no
 *   fraction; those of `definition` itself are at paths that begin with "definition"
 */
export function reallocate<
  V extends string,
  P,
  // biome-ignore lint/complexity/noBannedTypes: no variants added, no keys
  const T extends { readonly [variant: string]: unknown } = {},
  K extends string = string,
>(
  definition: Definition<V, P, K>,
  changes: Reallocation<NoInfer<V>, T>,
): Definition<V | (keyof T & string), P | T[keyof T], K> {
  const checks = new Checks();
  const copy = frozenJson(changes, checks);
  if (!checkShape(copy, reallocationShape, checks) || checks.problems.length > 0)
    throw errorOf(checks.problems);
  within(["definition"], () => {
    const own = new Checks();
    checkDefinition(frozenJson(definition, own), own);
    if (own.problems.length > 0) throw errorOf(own.problems);
  });
  const { allocation, add = {}, remove = [], coverage } = copy as Reallocation;
  const variants = [
    ...definition.variants.filter(({ key }) => !remove.includes(key)),
    ...canonicalEntries(add).map(([key, payload]) => ({ key, payload })),
  ];
  const present = new Set<string>(definition.variants.map((each) => each.key));
  remove.forEach((key, i) => {
    checks.variant(key, ["remove", i], present);
  });
  const keys = variants.map(({ key }) => key);
  const changed = remove.length > 0 || keys.length > definition.variants.length;
  const ranges =
    allocation === undefined && !changed
      ? definition.ranges
      : movedRanges(
          definition.ranges,
          rangesOf(fractionsOf(allocation as Readonly<Record<string, number>> | undefined, keys, checks)),
          keys,
        );
  const { allocation: unknown, ...known } = definition;
  const next = frozenJson(
    {
      ...(allocation === undefined && unknown !== undefined ? definition : known),
      version: definition.version + 1,
      variants,
      ranges,
      coverage: coverage ?? definition.coverage,
    },
    checks,
  );
  checkDefinition(next as never, checks);
  if (checks.problems.length > 0) throw errorOf(checks.problems);
  return next as never;
}
