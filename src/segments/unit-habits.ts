/** What was known of units before they met their variant, as lists in the order of `units`. */
export interface Behaviours {
  readonly units: readonly string[];
  readonly attributes: {
    /** Days since the last purchase; null without one. */
    readonly recency_days: readonly (number | null)[];
    /** Purchases, and what they were worth together. */
    readonly frequency: readonly number[];
    readonly monetary: readonly number[];
    /** Worth of a purchase; null without one. */
    readonly average_order: readonly (number | null)[];
    /** Days since anything was first seen of the unit; null where nothing was. */
    readonly tenure_days: readonly (number | null)[];
    readonly visits: readonly number[];
    /** Returns per purchase, purchases at a reduced price per purchase; null without one. */
    readonly return_share: readonly (number | null)[];
    readonly discount_share: readonly (number | null)[];
    /** Where, and in which six hours of the day (UTC), most was seen; null where nothing was. */
    readonly main_channel: readonly (string | null)[];
    readonly main_daypart: readonly (string | null)[];
  };
  /** Events at the exposure or later, and of units without one. */
  readonly leftOut: { readonly later: number; readonly unexposed: number };
}

/** What a unit did before its exposure, added up; times in milliseconds since 1970. */
export interface UnitHabits {
  readonly exposure: number;
  /** When anything was first seen; Infinity where nothing was. */
  readonly first: number;
  readonly lastPurchase: number;
  readonly visits: number;
  readonly purchases: number;
  readonly returns: number;
  readonly discounted: number;
  readonly amount: number;
  readonly channel: string | null;
  readonly daypart: string | null;
}

const day = 86_400_000;
/** Six hours each, from midnight UTC. */
export const dayparts = ["night", "morning", "afternoon", "evening"] as const;

/** Units in the order of their names, and their attributes. */
export function attributesOf(
  habits: ReadonlyMap<string, UnitHabits>,
): Pick<Behaviours, "units" | "attributes"> {
  const sorted = [...habits].sort(([a], [b]) => (a < b ? -1 : 1));
  const of = <T>(read: (own: UnitHabits) => T) => sorted.map(([, own]) => read(own));
  const perPurchase = (count: (own: UnitHabits) => number) =>
    of((own) => (own.purchases > 0 ? count(own) / own.purchases : null));
  return {
    units: sorted.map(([unit]) => unit),
    attributes: {
      recency_days: of(({ purchases, exposure, lastPurchase }) =>
        purchases > 0 ? (exposure - lastPurchase) / day : null,
      ),
      frequency: of(({ purchases }) => purchases),
      monetary: of(({ amount }) => amount),
      average_order: perPurchase(({ amount }) => amount),
      tenure_days: of(({ exposure, first }) => (first < Infinity ? (exposure - first) / day : null)),
      visits: of(({ visits }) => visits),
      return_share: perPurchase(({ returns }) => returns),
      discount_share: perPurchase(({ discounted }) => discounted),
      main_channel: of(({ channel }) => channel),
      main_daypart: of(({ daypart }) => daypart),
    },
  };
}
