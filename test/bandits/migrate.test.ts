import { describe, expect, test } from "vitest";
import {
  type BanditState,
  bernoulli,
  caps,
  createBandit,
  decide,
  decideOnce,
  decisionIdOf,
  factorial,
  floor,
  linear,
  migrateBandit,
  net,
  type Outcome,
  pauseArm,
  policies,
  probabilities,
  RewardLedger,
  removeArm,
  restoreBandit,
  rewardModels,
  update,
  withHistory,
} from "../../src/bandits/index.js";
import { defineExperiment } from "../../src/definition/index.js";
import { errorsOf } from "../errors/errors-of.js";

const outcomes = (action: string, successes: number, failures: number): Outcome[] =>
  [...Array(successes).fill(1), ...Array(failures).fill(0)].map((reward) => ({ variant: action, reward }));
const offers = (version: number, policy: string, ...keys: string[]) =>
  defineExperiment({
    key: "offers",
    unit: "userId",
    version,
    policy,
    control: "a",
    variants: Object.fromEntries(keys.map((key) => [key, null])),
  });
const first = offers(1, "thompson", "a", "b", "c");
const learned = () =>
  update(createBandit(first, policies), [
    ...outcomes("a", 20, 80),
    ...outcomes("b", 30, 70),
    ...outcomes("c", 9, 1),
  ]);
const parts = { ...policies, ...rewardModels };
const stored = (state: BanditState) => JSON.stringify(state);
const now = new Date("2026-11-21T12:00:00Z");

const third = expect.closeTo(1 / 3, 6);

describe("another version of the definition", () => {
  test("keeps what was learned of arms it still has, begins those it adds, drops those it lacks, and says so", () => {
    const { state, ...told } = migrateBandit(learned(), offers(2, "sharpened", "a", "b", "d"), policies, {
      settings: { horizon: 5000 },
      constraints: [floor({ share: 0.05 })],
    });
    expect(told).toEqual({
      kept: ["a", "b"],
      added: ["d"],
      dropped: ["c"],
      changed: {
        definitionVersion: { before: 1, after: 2 },
        shares: {
          before: { a: third, b: third, c: third },
          after: { a: third, b: third, c: 0, d: third },
        },
        policy: {
          before: { name: "thompson", settings: {} },
          after: { name: "sharpened", settings: expect.objectContaining({ horizon: 5000 }) },
        },
        constraints: { before: [], after: [{ name: "floor", settings: { share: 0.05 } }] },
      },
    });
    expect(state.sums).toEqual([...learned().sums, [0, 0]]);
    expect(state.rewards).toBe(210);
    const [, , c, d] = probabilities(state);
    expect(c).toBe(0);
    expect(d).toBeGreaterThan(0.05);
    // What was decided before is still learned, also of the arm that is gone.
    expect(update(state, [{ action: { variant: "c" }, reward: 1 }]).sums[2]).toEqual([10, 1]);
    expect(
      restoreBandit(stored(state), { ...parts, floor }, offers(2, "sharpened", "a", "b", "d")),
    ).toBeDefined();
  });

  test("changes nothing where it says the same, not even the hash of decisions", () => {
    const paused = pauseArm(
      update(
        createBandit(first, policies, {
          constraints: [caps({ shares: { c: 0.5 } })],
          objective: net({ costs: { c: 0.1 } }),
        }),
        outcomes("b", 3, 1),
      ),
      "b",
    );
    const { state, ...told } = migrateBandit(paused, first, policies);
    expect(told).toEqual({ kept: ["a", "b", "c"], added: [], dropped: [], changed: {} });
    const request = { unitId: "u", occasion: "1", now };
    expect(decide(state, request)).toEqual(decide(paused, request));
  });

  test("keeps pauses; what options leave out stays, and what they name is other from now on", () => {
    const state = pauseArm(
      createBandit(offers(1, "epsilonGreedy", "a", "b"), policies, {
        settings: { epsilon: 0.3 },
        constraints: [floor({ share: 0.1 })],
        objective: net({ costs: { b: 0.1 } }),
      }),
      "b",
    );
    const next = offers(2, "epsilonGreedy", "a", "b", "c");
    const same = migrateBandit(state, next, policies).state.setup;
    expect(same.arms.map(({ status }) => status)).toEqual(["live", "paused", "live"]);
    expect(same.policy.settings).toEqual({ epsilon: 0.3 });
    expect([same.constraints.length, same.objective?.name]).toEqual([1, "net"]);
    const other = migrateBandit(state, next, policies, {
      settings: { epsilon: 0.1 },
      constraints: [],
      objective: null,
    });
    expect(Object.keys(other.changed)).toEqual([
      "definitionVersion",
      "shares",
      "policy",
      "constraints",
      "objective",
    ]);
    expect(other.state.setup.objective).toBeUndefined();
  });

  test("the factors' levels may become more, and what all share helps the new combinations", () => {
    const page = (cta: string[]) =>
      defineExperiment({
        key: "page",
        unit: "u",
        factors: { cta, hero: ["photo", "text"] },
        policy: "thompson",
      });
    const played = update(createBandit(page(["buy", "try"]), policies, { model: factorial() }), [
      ...outcomes("cta=buy,hero=photo", 90, 10),
      ...outcomes("cta=buy,hero=text", 10, 90),
      ...outcomes("cta=try,hero=photo", 85, 15),
      ...outcomes("cta=try,hero=text", 15, 85),
    ]);
    const { state, added } = migrateBandit(played, page(["buy", "try", "go"]), policies);
    expect(added).toEqual(["cta=go,hero=photo", "cta=go,hero=text"]);
    const [photo, text] = probabilities(state, { eligible: added });
    expect(photo! + text!).toBe(0);
    expect(probabilities(state, { eligible: added })[4]).toBeGreaterThan(0.9);
  });

  test("a regression keeps its sums: new arms bring their attributes, ridge and noise may be others", () => {
    const price = { kind: "numeric", field: "action.price" } as const;
    const model = (attributes: Record<string, { price: number }>, ridge = 1) =>
      linear({ shared: [price], attributes, ridge });
    const known = { a: { price: 1 }, b: { price: 2 } };
    const state = update(createBandit(offers(1, "thompson", "a", "b"), policies, { model: model(known) }), [
      { variant: "a", reward: 1 },
    ]);
    const next = offers(2, "thompson", "a", "b", "c");
    expect(errorsOf(() => migrateBandit(state, next, policies))).toMatchObject([
      { code: "missing_value", path: ["model", "attributes", "c", "price"] },
    ]);
    const wider = migrateBandit(state, next, policies, { model: model({ ...known, c: { price: 3 } }, 2) });
    expect(wider.state.sums.slice(0, 2)).toEqual(state.sums);
    expect(
      errorsOf(() =>
        migrateBandit(state, next, policies, {
          model: model({ ...known, a: { price: 9 }, c: { price: 3 } }),
        }),
      ),
    ).toMatchObject([{ code: "other_model", path: ["model"], other: "linear" }]);
  });

  test.each<[string, () => unknown, object]>([
    [
      "another experiment",
      () => migrateBandit(learned(), { ...first, key: "other" }, policies),
      { code: "bandits_differ", path: ["key"], other: "offers" },
    ],
    [
      "another reward model",
      () => migrateBandit(learned(), first, policies, { model: linear() }),
      { code: "other_model", path: ["model"], other: "bernoulli" },
    ],
    [
      "an arm that was removed for good",
      () => migrateBandit(removeArm(learned(), "b"), first, policies),
      { code: "removed_arm", path: ["variants", 1, "key"] },
    ],
    [
      "actions of other factors",
      () =>
        migrateBandit(
          learned(),
          defineExperiment({ key: "offers", unit: "u", factors: { cta: ["x", "y"] }, policy: "thompson" }),
          policies,
        ),
      { code: "missing_value", path: ["variants", 0, "action", "variant"] },
    ],
    [
      "constraints that name none of the arms",
      () => migrateBandit(learned(), first, policies, { constraints: [caps({ shares: { z: 0.1 } })] }),
      { code: "unknown_action", path: ["constraints", 0, "shares", "z"] },
    ],
    [
      "an option that does not exist",
      () => migrateBandit(learned(), first, policies, { constraint: [] } as never),
      { code: "unknown_key", path: ["constraint"] },
    ],
    [
      "settings of a policy that is no longer named",
      () => migrateBandit(learned(), offers(2, "uniform", "a", "b"), policies, { settings: { horizon: 9 } }),
      { code: "unknown_key", path: ["settings", "horizon"] },
    ],
  ])("refused: %s", (_name, act, expected) => {
    expect(errorsOf(act)[0]).toMatchObject(expected);
  });
});

describe("a definition that says what the stored state is not", () => {
  test("is refused and names migrateBandit, instead of being without effect", () => {
    const json = stored(learned());
    const restored = (definition: typeof first) => () => restoreBandit(json, parts, definition);
    expect(restored(first)).not.toThrow();
    expect(restored(offers(1, "sharpened", "a", "b", "c"))).toThrow(/definition\.policy.*migrateBandit/);
    for (const [definition, path] of [
      [offers(1, "uniform", "a", "b", "c"), ["definition", "policy"]],
      [offers(2, "thompson", "a", "b", "c"), ["definition", "version"]],
      [offers(1, "thompson", "a", "b", "c", "d"), ["definition", "variants", 3, "key"]],
      [{ ...first, salt: "other" }, ["definition", "salt"]],
    ] as const)
      expect(errorsOf(restored(definition))).toMatchObject([{ code: "needs_migration", path }]);
    // The way out: what was stored is read as it is, and carried over.
    const { state } = migrateBandit(
      restoreBandit(json, parts),
      offers(1, "uniform", "a", "b", "c"),
      policies,
    );
    expect(probabilities(state)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(state.sums).toEqual(learned().sums);
  });
});

describe("an occasion that is decided again", () => {
  const request = (i: number) => ({ unitId: `u${i}`, occasion: "monday", now });
  const before = learned();
  const after = update(before, [...outcomes("b", 60, 0), ...outcomes("c", 0, 40)]);

  test("gives the decision that was kept, where the state alone would give another", () => {
    const moved = Array.from({ length: 50 }, (_, i) => request(i)).filter(
      (each) => decide(after, each).action.variant !== decide(before, each).action.variant,
    );
    expect(moved.length).toBeGreaterThan(5);
    for (const each of moved) {
      const kept = new Map([decide(before, each)].map((decision) => [decision.id, decision]));
      const id = decisionIdOf(after, each);
      expect(decideOnce(after, each, kept.get(id))).toEqual(decide(before, each));
      expect(decideOnce(pauseArm(after, "c"), each, JSON.parse(JSON.stringify(kept.get(id))))).toEqual(
        decide(before, each),
      );
    }
    expect(decideOnce(after, request(1), undefined)).toEqual(decide(after, request(1)));
    expect(errorsOf(() => decideOnce(after, request(1), decide(before, request(2))))).toMatchObject([
      { code: "other_occasion", path: ["earlier", "id"] },
    ]);
  });

  test("is noticed by the ledger: another action is refused, the same one by another state is counted", () => {
    const ledger = new RewardLedger({ windowHours: 1 });
    for (let i = 0; i < 50; i++) ledger.decision(decide(before, request(i)));
    for (let i = 0; i < 50; i++) ledger.decision(decide(before, request(i)));
    expect(ledger.counts.redecided).toBe(0);
    const again = RewardLedger.from(JSON.parse(JSON.stringify(ledger)));
    let refused = 0;
    for (let i = 0; i < 50; i++)
      try {
        again.decision(decide(after, request(i)));
      } catch (error) {
        expect(error).toMatchObject({ code: "conflicting_decision", path: ["action"] });
        refused += 1;
      }
    expect(refused).toBeGreaterThan(5);
    expect(again.counts.redecided).toBe(50 - refused);
  });
});

describe("a past at a capped weight", () => {
  const two = offers(1, "thompson", "a", "b");
  const past = update(createBandit(two, policies), [
    ...outcomes("a", 5000, 4500),
    ...outcomes("b", 100, 400),
  ]);

  test("is capped arm by arm, however its rewards were shared between the arms", () => {
    expect(withHistory(createBandit(two, policies), past, { most: 100 }).sums).toEqual([
      [expect.closeTo(52.63, 2), expect.closeTo(47.37, 2)],
      [20, 80],
    ]);
    const { settings } = withHistory(createBandit(two, policies), past, { most: 100, vague: 0.5 }).setup
      .model;
    expect(settings).toMatchObject({
      history: [
        [expect.closeTo(52.63, 2), expect.closeTo(47.37, 2)],
        [20, 80],
      ],
    });
    // An arm with fewer keeps what it has.
    expect(withHistory(createBandit(two, policies), past, { most: 1000 }).sums[1]).toEqual([100, 400]);
    expect(errorsOf(() => withHistory(createBandit(two, policies, { model: linear() }), past))).toMatchObject(
      [{ code: "other_model", path: ["past", "model"] }],
    );
    expect(withHistory(createBandit(two, policies, { model: bernoulli({ a: 2 }) }), past).sums[1]).toEqual([
      20, 80,
    ]);
  });
});
