import { ExperimentError, not_finite, out_of_range } from "../../errors/index.js";

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
}

/** The options with every default written out, checked, and the rule of each kind. */
export function ledgerRules(options: LedgerOptions) {
  const { windowHours, missing = 0, combine = "sum", kinds = { reward: {} } } = options;
  if (!(windowHours > 0 && windowHours < 1 / 0))
    throw new ExperimentError({ out_of_range }, ["windowHours"], windowHours);
  const checked = (rule: KindOptions, path: readonly string[]): Required<KindOptions> => {
    const all = { missing, combine, ...rule };
    if (all.missing !== null && !Number.isFinite(all.missing))
      throw new ExperimentError({ not_finite }, [...path, "missing"], all.missing);
    if (!Object.hasOwn(combiners, all.combine))
      throw new ExperimentError({ out_of_range }, [...path, "combine"], all.combine);
    return all;
  };
  checked({}, []);
  const rules = new Map(Object.entries(kinds).map(([kind, rule]) => [kind, checked(rule, ["kinds", kind])]));
  return { windowHours, missing, combine, kinds, rules };
}
