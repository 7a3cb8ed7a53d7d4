import type { Behaviours } from "./behaviours.js";

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
