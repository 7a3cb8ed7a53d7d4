import { describe, expect, test } from "vitest";
import {
  addArm,
  type BanditDelta,
  type BanditState,
  bernoulli,
  caps,
  createBandit,
  decide,
  discount,
  linear,
  mergeBandits,
  mergeDelta,
  migrateBandit,
  normal,
  type Outcome,
  pauseArm,
  policies,
  probabilities,
  restoreBandit,
  rewardModels,
  slideWindow,
  takeDelta,
  update,
  windowBandit,
  withConstraints,
  withHistory,
  withSource,
} from "../../src/bandits/index.js";
import { stateFacts } from "../../src/bandits/state/state-facts.js";
import { randomSource } from "../../src/random/index.js";
import { parseBanditState } from "../../src/schema/index.js";
import { errorsOf } from "../errors/errors-of.js";
import { fc } from "../properties.js";
import { definitionOf } from "./definition.js";

const empty = createBandit(definitionOf(3), policies);
const named = (source: string, ...outcomes: Outcome[]) => update(withSource(empty, source), outcomes);
const win = (action: string): Outcome => ({ variant: action, reward: 1 });
const loss = (action: string): Outcome => ({ variant: action, reward: 0 });
const parts = { ...policies, ...rewardModels };
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const now = new Date("2026-11-21T12:00:00Z");

describe("whole states", () => {
  const [east, west] = [named("east", win("a"), loss("b")), named("west", win("b"), win("b"))];

  test("merge when they learned apart, in any order, under different pauses and pacing", () => {
    const here = withConstraints(pauseArm(east, "c"), [caps({ shares: { a: 0.2 } })]);
    const there = withConstraints(west, [caps({ shares: { a: 0.4 } })]);
    const [one, other] = [mergeBandits(here, there), mergeBandits(there, here)];
    expect([one.sums, one.rewards, one.marks]).toEqual([other.sums, other.rewards, other.marks]);
    expect(one.sums).toEqual([
      [1, 0],
      [2, 1],
      [0, 0],
    ]);
    expect(one.setup).toEqual(here.setup);
    expect(other.setup).toEqual(there.setup);
    const third = named("north", win("c"));
    expect(mergeBandits(mergeBandits(east, west), third)).toEqual(
      mergeBandits(east, mergeBandits(west, third)),
    );
  });

  test.each<[string, () => unknown, readonly string[]]>([
    ["with themselves", () => mergeBandits(east, east), ["east"]],
    ["with what they are part of", () => mergeBandits(mergeBandits(east, west), east), ["east"]],
    [
      "with what went on from the same state under another name",
      () => mergeBandits(update(withSource(east, "later"), [win("a")]), update(east, [win("c")])),
      ["east"],
    ],
    [
      "that learned under no name",
      () => mergeBandits(update(empty, [win("a")]), update(empty, [win("b")])),
      [""],
    ],
    [
      "that start from one past",
      () => {
        const begun = withHistory(empty, east);
        return mergeBandits(
          update(withSource(begun, "x"), [win("a")]),
          update(withSource(begun, "y"), [win("b")]),
        );
      },
      [expect.stringContaining("past")],
    ],
    ["restored from one JSON", () => mergeBandits(restoreBandit(json(west), parts), west), ["west"]],
  ])("are refused %s", (_name, act, known) => {
    expect(errorsOf(act)).toMatchObject([{ code: "shared_history", path: ["b"], known }]);
  });

  test("that know nothing merge with anything, and one may have learned under no name", () => {
    expect(mergeBandits(east, empty).sums).toEqual(east.sums);
    const plain = update(empty, [win("c")]);
    expect(mergeBandits(plain, east).sums).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(errorsOf(() => mergeBandits(mergeBandits(plain, east), plain))).toMatchObject([{ known: [""] }]);
  });

  test("of other arms or another reward model are refused; beliefs may differ", () => {
    const of = (arms: number, model = bernoulli()) => createBandit(definitionOf(arms), policies, { model });
    expect(errorsOf(() => mergeBandits(of(2), of(3)))).toMatchObject([
      { code: "bandits_differ", path: ["b"] },
    ]);
    expect(errorsOf(() => mergeBandits(of(2), of(2, normal())))).toMatchObject([
      { code: "other_model", path: ["b", "model"], other: "bernoulli" },
    ]);
    expect(mergeBandits(of(2), of(2, bernoulli({ a: 3 }))).setup.model.settings).toEqual({ a: 1, b: 1 });
  });

  test("where they learned is no part of the hash, and survives JSON", () => {
    const plain = update(empty, [win("a"), loss("b")]);
    expect(stateFacts(east).hash).toBe(stateFacts(plain).hash);
    const request = { unitId: "u", occasion: "1", now };
    expect(decide(east, request)).toEqual(decide(plain, request));
    const merged = mergeDelta(east, takeDelta(west).delta!);
    expect(restoreBandit(parseBanditState(json(merged)), parts).marks).toEqual(merged.marks);
    const harmed: { marks: { pending: { sums: number[][] } } } = JSON.parse(JSON.stringify(east));
    harmed.marks.pending.sums[0]![0] = -1;
    expect(errorsOf(() => restoreBandit(harmed, parts))).toMatchObject([{ code: "out_of_range" }]);
  });
});

describe("deltas", () => {
  const taken = <V extends string, P>(state: BanditState<V, P>) => {
    const { delta, state: next } = takeDelta(state);
    return [json(delta) as BanditDelta, next] as const;
  };

  test("carry what was learned since the last one; nothing where nothing was", () => {
    let east = named("east", win("a"));
    const [first, after] = taken(east);
    expect(first).toMatchObject({
      source: "east",
      sequence: 1,
      rewards: 1,
      sums: [
        [1, 0],
        [0, 0],
        [0, 0],
      ],
    });
    expect(takeDelta(after).delta).toBeNull();
    east = update(after, [loss("c")]);
    expect(taken(east)[0]).toMatchObject({
      sequence: 2,
      rewards: 1,
      sums: [
        [0, 0],
        [0, 0],
        [0, 1],
      ],
    });
    expect(east.sums).toEqual([
      [1, 0],
      [0, 0],
      [0, 1],
    ]);
    expect(errorsOf(() => takeDelta(update(empty, [win("a")])))).toMatchObject([{ code: "no_source" }]);
  });

  test("count once, however often and in whatever order between sources they are delivered", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(11), { maxLength: 40 }), fc.string(), (repeats, seed) => {
        const random = randomSource(seed);
        const deltas = ["east", "west", "north"].map((source) => {
          let worker = withSource(empty, source);
          return Array.from({ length: 4 }, () => {
            worker = update(worker, [{ variant: "abc"[Math.floor(3 * random.next())]!, reward: 1 }]);
            const [delta, next] = taken(worker);
            worker = next;
            return delta;
          });
        });
        const all = deltas.flat();
        let hub = empty;
        const due = deltas.map(() => 0);
        for (const at of [...repeats, ...all.keys()]) {
          const source = Math.floor(at / 4);
          const delta = deltas[source]![at % 4]!;
          if (delta.sequence <= due[source]! + 1) {
            const next = mergeDelta(hub, delta);
            expect(next === hub).toBe(delta.sequence <= due[source]!);
            hub = next;
            due[source] = Math.max(due[source]!, delta.sequence);
          } else {
            const { sequence } = delta;
            expect(errorsOf(() => mergeDelta(hub, delta))).toMatchObject([
              { code: "missing_delta", received: sequence, expected: { atMost: due[source]! + 1 } },
            ]);
          }
        }
        const whole = all.reduce(
          (sums, delta) => sums.map((b, i) => b.map((x, j) => x + delta.sums[i]![j]!)),
          [
            [0, 0],
            [0, 0],
            [0, 0],
          ],
        );
        expect([hub.sums, hub.rewards]).toEqual([whole, 12]);
      }),
      { numRuns: 30 },
    );
  });

  test("let processes that went on from one state join what each learned since, and nothing twice", () => {
    const start = update(empty, [win("a"), win("a"), loss("b")]);
    const [east] = taken(update(withSource(start, "east"), [win("b")]));
    const [west, own] = taken(update(withSource(start, "west"), [loss("a")]));
    const hub = mergeDelta(mergeDelta(start, east), west);
    expect(hub.sums).toEqual([
      [2, 1],
      [1, 1],
      [0, 0],
    ]);
    // A worker may take in what the others learned; its own comes back to it without effect.
    const informed = mergeDelta(own, east);
    expect(informed.sums).toEqual(hub.sums);
    expect(mergeDelta(informed, west)).toBe(informed);
    expect(takeDelta(informed).delta).toBeNull();
  });

  test("of a source that came in whole, or learned under the same name elsewhere, are refused", () => {
    const east = named("east", win("a"));
    const whole = mergeBandits(east, named("west", win("b")));
    const [delta] = taken(update(east, [win("c")]));
    expect(errorsOf(() => mergeDelta(whole, delta))).toMatchObject([
      { code: "shared_history", path: ["delta", "source"], received: "east" },
    ]);
    expect(errorsOf(() => mergeDelta(named("east", loss("a")), delta))).toMatchObject([
      { code: "shared_history" },
    ]);
    // A process that began anew under its old name would be taken for what it delivered before.
    const [again] = taken(named("east", loss("b")));
    expect(errorsOf(() => mergeDelta(mergeDelta(empty, delta), again))).toMatchObject([
      { code: "conflicting_delta", path: ["delta", "sequence"], other: "east" },
    ]);
    expect(errorsOf(() => withSource(mergeDelta(empty, delta), "east"))).toMatchObject([
      { code: "taken_source" },
    ]);
    expect(withSource(east, "east")).toBe(east);
  });

  test("of a bandit with fewer arms merge, of another bandit they do not", () => {
    const [delta] = taken(named("east", win("b")));
    expect(mergeDelta(addArm(empty, { key: "d" }), delta).sums).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
      [0, 0],
    ]);
    const wider = addArm(named("west", win("a")), { key: "d" });
    const [more] = taken(update(wider, [win("d")]));
    expect(more.sums).toEqual([
      [1, 0],
      [0, 0],
      [0, 0],
      [1, 0],
    ]);
    const x = { kind: "numeric", field: "x" } as const;
    const of = (features: readonly (typeof x)[]) =>
      createBandit(definitionOf(3), policies, { model: linear({ features }) });
    for (const [state, given, expected] of [
      [empty, more, { code: "unknown_action", path: ["delta", "arms", 3], received: "d" }],
      [empty, { ...delta, experiment: "other" }, { code: "bandits_differ", path: ["delta", "experiment"] }],
      [empty, { ...delta, arms: ["b", "a", "c"] }, { code: "bandits_differ", path: ["delta", "arms", 0] }],
      [
        of([x]),
        taken(update(withSource(of([]), "e"), [win("a")]))[0],
        { code: "other_model", path: ["delta", "model"] },
      ],
      [
        empty,
        {
          ...delta,
          sums: [
            [0, 1],
            [0, -1],
            [0, 0],
          ],
        },
        { code: "out_of_range", path: ["delta", "sums", 1, 1] },
      ],
      [empty, { ...delta, sequence: 0 }, { code: "out_of_range", path: ["delta", "sequence"] }],
      [empty, { ...delta, sequense: 1 }, { code: "unknown_key", path: ["delta", "sequense"] }],
      [empty, null, { code: "wrong_type", path: ["delta"] }],
    ] as const)
      expect(errorsOf(() => mergeDelta(state, given as BanditDelta))[0]).toMatchObject(expected);
  });

  test("shrink with a discount, and go along when the bandit is migrated", () => {
    const hub = discount(mergeDelta(empty, taken(named("west", win("a")))[0]), 0.5);
    const east = discount(named("east", win("a"), win("b")), 0.5);
    expect(mergeDelta(hub, taken(east)[0]).sums).toEqual([
      [1, 0],
      [0.5, 0],
      [0, 0],
    ]);
    const moved = migrateBandit(east, { ...definitionOf(4), version: 2 }, policies).state;
    expect(taken(update(moved, [win("d")]))[0].sums).toEqual([
      [0.5, 0],
      [0.5, 0],
      [0, 0],
      [1, 0],
    ]);
  });

  test("windows of two processes merge whole, each once", () => {
    const window = (source: string) =>
      windowBandit(
        slideWindow(
          slideWindow({ periods: [] }, 1, update(empty, [win("a")]), 2),
          2,
          update(empty, [loss("b")]),
          2,
        ),
        withSource(empty, source),
      );
    const both = mergeBandits(window("east"), window("west"));
    expect(both.sums).toEqual([
      [2, 0],
      [0, 2],
      [0, 0],
    ]);
    expect(errorsOf(() => mergeBandits(both, window("west")))).toMatchObject([{ code: "shared_history" }]);
    expect(probabilities(both)).toHaveLength(3);
  });
});
