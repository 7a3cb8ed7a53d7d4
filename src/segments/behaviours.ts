import { instantOf } from "../definition/index.js";
import { ExperimentError, not_a_time, requireArray } from "../errors/index.js";
import { checkFields, type FieldsFor, fitsFields, isPlainObject } from "../shapes/index.js";
import { attributesOf, type Behaviours, dayparts, type UnitHabits } from "./unit-habits.js";

/** A time: a `Date`, milliseconds since 1970, or ISO 8601 text (a bare day is midnight UTC). */
export type ToldTime = Date | number | string;

/** Something that a unit did. */
export interface BehaviourEvent {
  readonly unit: string;
  readonly at: ToldTime;
  /** `"visit"`, `"purchase"`, `"return"`; others count as seen, nothing more. */
  readonly event: string;
  /** Of a purchase or a return. */
  readonly amount?: number;
  readonly channel?: string;
  /** Whether a purchase was at a reduced price. */
  readonly discount?: boolean;
}

const anything = { kind: "anything" } as const;
const eventFields = {
  unit: { kind: "text" },
  at: anything,
  event: { kind: "text" },
  amount: { kind: "number", optional: true },
  channel: { kind: "text", optional: true },
  discount: { kind: "flag", optional: true },
} as const satisfies FieldsFor<BehaviourEvent>;

/** Options of {@link behaviours}. */
export interface BehavioursOptions {
  /** When units met their variant: one time for all, or by unit; only what came strictly before it counts. */
  readonly before: ToldTime | Readonly<Record<string, ToldTime>>;
}

const optionFields = { before: anything } as const satisfies FieldsFor<BehavioursOptions>;

/** What is added up of a unit; times in milliseconds since 1970. */
class Habits implements UnitHabits {
  first = Infinity;
  lastPurchase = -Infinity;
  visits = 0;
  purchases = 0;
  returns = 0;
  discounted = 0;
  amount = 0;
  readonly channels = new Map<string, number>();
  readonly hours = new Map<string, number>();
  constructor(readonly exposure: number) {}
  get channel(): string | null {
    return most(this.channels);
  }
  get daypart(): string | null {
    return most(this.hours);
  }
}

const added = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** The most frequent; of equally frequent ones the first by name, so that the order of events does not matter. */
function most(counts: ReadonlyMap<string, number>): string | null {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0] ?? null;
}

/** @returns milliseconds since 1970 */
export function timeAt(value: unknown, path: readonly (string | number)[]): number {
  const time = instantOf(value);
  if (Number.isNaN(time)) throw new ExperimentError({ not_a_time }, path, value);
  return time;
}

/**
 * What units did before they met their variant, as attributes: recency, frequency and worth of purchases, tenure, visits, returns,
 * discounts, channel and time of day. Nothing that happened at the exposure or after it is looked at, so that the attributes
 * cannot be moved by the variant.
 * @param events   in any order
 * @param options  before: the exposure, one time for all or by unit; units without events are among the result where times are by unit
 * @returns lists of one value per unit, for `attributes` of `discoverSegments` and for covariates; days and amounts as told
 * @throws ExperimentError `not_a_time` at ["events", i, "at"] or ["options", "before", …]; `wrong_type`, `missing_value`,
 *         `unknown_key` at ["events", i, field] and ["options", key]
 * @example
 * const events = [
 *   { unit: "ana", at: "2025-03-01", event: "purchase", amount: 40, channel: "web" },
 *   { unit: "ana", at: "2025-03-09", event: "purchase", amount: 20, channel: "web" },
 *   { unit: "ana", at: "2025-04-02", event: "purchase", amount: 99 },
 * ];
 * const { attributes } = behaviours(events, { before: "2025-03-31" });
 * [attributes.frequency[0], attributes.monetary[0], attributes.recency_days[0]]; // [2, 60, 22]
 */
export function behaviours(events: readonly BehaviourEvent[], options: BehavioursOptions): Behaviours {
  checkFields(options, optionFields, ["options"]);
  requireArray(events, ["events"]);
  const { before } = options;
  const exposures = isPlainObject(before)
    ? new Map(Object.entries(before).map(([unit, time]) => [unit, timeAt(time, ["options", "before", unit])]))
    : undefined;
  const everyone = exposures ? 0 : timeAt(before, ["options", "before"]);
  const habits = new Map<string, Habits>();
  for (const [unit, exposure] of exposures ?? []) habits.set(unit, new Habits(exposure));
  let [later, unexposed] = [0, 0];
  events.forEach((each, i) => {
    if (!fitsFields(each, eventFields)) checkFields(each, eventFields, ["events", i]);
    const time = timeAt(each.at, ["events", i, "at"]);
    const exposure = exposures ? exposures.get(each.unit) : everyone;
    if (exposure === undefined) {
      unexposed++;
      return;
    }
    if (time >= exposure) {
      later++;
      return;
    }
    const own = habits.get(each.unit) ?? new Habits(exposure);
    habits.set(each.unit, own);
    own.first = Math.min(own.first, time);
    if (each.channel !== undefined) added(own.channels, each.channel);
    added(own.hours, dayparts[Math.floor(new Date(time).getUTCHours() / 6)] ?? "night");
    if (each.event === "visit") own.visits++;
    if (each.event === "return") own.returns++;
    if (each.event !== "purchase") return;
    own.purchases++;
    own.amount += each.amount ?? 0;
    own.lastPurchase = Math.max(own.lastPurchase, time);
    if (each.discount) own.discounted++;
  });
  return { ...attributesOf(habits), leftOut: { later, unexposed } };
}
