import { describe, expect, test } from "vitest";
import { RewardLedger, type RewardRecord } from "../../src/bandits/index.js";
import { randomSource, shuffle } from "../../src/random/index.js";
import { fc } from "../properties.js";

const at = (h: number) => new Date(Date.UTC(2026, 10, 21, h)).toISOString();
const decision = { id: "x", action: { variant: "a" }, at: at(0), context: null, stateHash: "s" };
const kinds = { sale: {}, rating: { combine: "last" }, click: { combine: "max", missing: null } } as const;

/** One thing that is delivered; value null: a withdrawal. */
interface Delivery {
  readonly id: string;
  readonly value: number | null;
  readonly hour: number;
  readonly kind: keyof typeof kinds;
  readonly revision: number;
}

// So few values, times, revisions and ids that most deliveries meet one that is equal in some of them.
const delivery: fc.Arbitrary<Delivery> = fc.record({
  id: fc.constantFrom("r", "s"),
  value: fc.oneof(
    { arbitrary: fc.constantFrom(0, 1, 2), weight: 12 },
    { arbitrary: fc.constant(null), weight: 1 },
  ),
  hour: fc.constantFrom(-1, 0, 5, 10, 11),
  kind: fc.constantFrom("sale", "rating", "click"),
  revision: fc.constantFrom(-1, 0, 1, 2),
});

const deliver = (ledger: RewardLedger, { value, hour, ...rest }: Delivery, decisionId: string) =>
  value === null
    ? ledger.withdraw(decisionId, rest.id)
    : ledger.reward({ decisionId, ...rest, value, at: at(hour) } satisfies RewardRecord);

/** What counts of all that was delivered, told as plainly as can be. */
function expected(deliveries: readonly Delivery[]): Record<string, number[]> {
  const counting = ["r", "s"].flatMap((id) => {
    const own = deliveries.filter((each) => each.id === id);
    if (own.some(({ value }) => value === null)) return [];
    let rest = own.filter(({ hour }) => hour <= 10);
    for (const key of [
      (each: Delivery) => each.revision,
      (each: Delivery) => each.hour,
      (each: Delivery) => -(each.value ?? 0),
      (each: Delivery) => ["click", "rating", "sale"].indexOf(each.kind),
    ]) {
      const most = Math.max(...rest.map(key));
      rest = rest.filter((each) => key(each) === most);
    }
    return rest.slice(0, 1);
  });
  const values = (kind: string) =>
    counting
      .filter((each) => each.kind === kind)
      .sort((a, b) => a.hour - b.hour)
      .map(({ value }) => value ?? 0);
  const click = values("click");
  return {
    sale: [values("sale").reduce((sum, each) => sum + each, 0)],
    rating: [values("rating").at(-1) ?? 0],
    click: click.length > 0 ? [Math.max(...click)] : [],
  };
}

const rewards = (ledger: RewardLedger) =>
  Object.fromEntries(
    Object.entries(ledger.settle(new Date(at(20))).outcomes).map(([kind, list]) => [
      kind,
      list.map(({ reward }) => reward),
    ]),
  );

describe("of several records of one reward", () => {
  test("the highest revision counts, then time, value and kind, in 21,000 random deliveries, 3,000 orders of them", () => {
    fc.assert(
      fc.property(fc.array(delivery, { minLength: 2, maxLength: 7 }), fc.string(), (deliveries, seed) => {
        const random = randomSource(seed);
        const counts = expected(deliveries);
        const ledger = new RewardLedger({ windowHours: 10, kinds });
        for (let order = 0; order < 30; order++) {
          // Once each, some again, and the decision anywhere among them.
          const again = deliveries.filter(() => random.next() < 0.3);
          for (const each of shuffle(random, [null, ...deliveries, ...again]))
            if (each) deliver(ledger, each, `x${order}`);
            else ledger.decision({ ...decision, id: `x${order}` });
        }
        for (const [kind, values] of Object.entries(rewards(ledger)))
          expect(values).toEqual(Array.from({ length: 30 }, () => counts[kind] ?? []).flat());
      }),
      { numRuns: 100 },
    );
  });

  test("two revisions that carry one value: the higher one holds against what lies between them", () => {
    const ledger = new RewardLedger({ windowHours: 10 });
    ledger.decision(decision);
    const record = { decisionId: "x", id: "r", at: at(1) };
    ledger.reward({ ...record, value: 5, revision: 1 });
    expect(ledger.reward({ ...record, value: 5, revision: 3 })).toBe(true);
    expect(ledger.reward({ ...record, value: 9, revision: 2 })).toBe(false);
    expect(ledger.settle(new Date(at(20))).outcomes.reward?.[0]?.reward).toBe(5);
  });

  test("one instant in two spellings is one time: `last` and the sum do not depend on what came first", () => {
    for (const order of [0, 1]) {
      const ledger = new RewardLedger({ windowHours: 10, combine: "last" });
      ledger.decision(decision);
      const records = [
        { decisionId: "x", id: "a", value: 1, at: "2026-11-21T03:00:00Z" },
        { decisionId: "x", id: "b", value: 2, at: "2026-11-21T04:00:00+01:00" },
      ];
      for (const each of order ? records.toReversed() : records) ledger.reward(each);
      expect(ledger.settle(new Date(at(20))).outcomes.reward?.[0]?.reward).toBe(2);
    }
  });
});
