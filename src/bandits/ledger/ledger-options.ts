import { checkFields, type FieldsFor } from "../../shapes/index.js";
import { orNull } from "../setting-shapes.js";

/** How several rewards of one kind for one decision become one. */
export const combiners = {
  sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  max: (values: readonly number[]) => values.reduce((most, value) => Math.max(most, value)),
  last: (values: readonly number[]) => values[values.length - 1]!,
} as const;

/** What holds for one kind of reward. */
export interface KindOptions {
  /** What a decision without any is worth once its window has closed; null: it is not learned. */
  readonly missing?: number | null;
  /** How several for one decision become one. For yes or no (an open, a conversion) `"max"`. */
  readonly combine?: keyof typeof combiners;
}

/** How the ledger attributes rewards. */
export interface LedgerOptions extends KindOptions {
  /** A reward counts when it happens at most this long after its decision, in hours. */
  readonly windowHours: number;
  /**
   * The kinds of reward, e.g. `{ conversion: { combine: "max" }, revenue: {} }`; default `{ reward: {} }`. `missing` (default
   * 0) and `combine` (default `"sum"`) hold for the kinds that do not say otherwise.
   */
  readonly kinds?: Readonly<Record<string, KindOptions>>;
  /** How many rewards and withdrawals may wait for a decision that has not come yet; default 100,000. */
  readonly mostEarly?: number;
}

export const kindFields = {
  missing: orNull({ kind: "number" }),
  combine: { kind: "word", of: ["sum", "max", "last"], optional: true },
} as const satisfies FieldsFor<KindOptions> & {
  readonly combine: { readonly of: readonly (keyof typeof combiners)[] };
};

/** All the time that JavaScript's dates know, in hours. */
const EVER = 2_400_000_000;

/** The options of a ledger. */
export const ledgerFields = {
  windowHours: { kind: "number", above: 0, atMost: EVER },
  ...kindFields,
  kinds: { kind: "map", of: { kind: "object", has: kindFields }, optional: true },
  mostEarly: { kind: "number", whole: true, atLeast: 0, optional: true },
} as const satisfies FieldsFor<LedgerOptions>;

/** The options with every default written out, checked, and the rule of each kind. */
export function ledgerRules(options: LedgerOptions) {
  checkFields(options, ledgerFields);
  const { windowHours, missing = 0, combine = "sum", kinds = { reward: {} }, mostEarly = 100_000 } = options;
  const rules = new Map(
    Object.entries(kinds).map(([kind, rule]) => [
      kind,
      { missing: rule.missing === undefined ? missing : rule.missing, combine: rule.combine ?? combine },
    ]),
  );
  return { windowHours, missing, combine, kinds, mostEarly, rules };
}
