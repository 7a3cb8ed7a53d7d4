import {
  createAssigner,
  defineExperiment,
  ExperimentError,
  explain,
  gatesOf,
  hydrate,
  type Problem,
} from "essai";
import {
  createBandit,
  type Decision,
  decide,
  decideKeeping,
  quickDecide,
  RewardLedger,
  restoreBandit,
  rewardModels,
  thompson,
  update,
} from "essai/bandits";
import { createExposureLog } from "essai/exposures";
import { describe, expect, expectTypeOf, it, test } from "vitest";

const now = new Date("2026-03-15");
const input = {
  key: "offers",
  unit: "userId",
  variants: { control: { text: "none" }, gift: { text: "a gift" } },
  policy: "thompson",
};
const offers = defineExperiment(input);
const french = { attribute: "country", eq: "FR" } as const;
const request = { unitId: "u1", occasion: "1", now };

function problemOf(act: () => unknown): Problem {
  try {
    act();
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
  throw new Error("did not throw");
}

describe("decide obeys the definition", () => {
  it.each([
    ["coverage", { coverage: 0 }, "coverage"],
    ["status", { status: "stopped" }, "status"],
    ["audience", { audience: french }, "audience"],
    ["schedule", { schedule: { until: "2026-01-01" } }, "schedule"],
    ["layer", { layer: { key: "l", ranges: [[0, 1]] } }, "layer"],
    ["overrides", { overrides: [{ unitId: "u1", variant: "gift" }] }, "override"],
    [
      "rules",
      { rules: [{ key: "r", when: { attribute: "country", eq: "DE" }, variant: "gift", holdback: 1e-9 }] },
      "rule",
    ],
    ["status", { status: "stopped", rollout: "gift" }, "rollout"],
  ])("with a %s, with gates only", (part, more, reason) => {
    const definition = { ...offers, ...more } as typeof offers;
    const bandit = createBandit(definition, { thompson });
    for (const choose of [decide, quickDecide, decideKeepingGift]) {
      expect(problemOf(() => choose(bandit, request))).toMatchObject({
        code: "needs_gates",
        path: ["gates"],
        received: part,
      });
      const attributes = { country: "DE" };
      const past = choose(bandit, { ...request, attributes, gates: gatesOf(definition) });
      const played = ["override", "rule", "rollout"].includes(reason);
      expect(past).toEqual({
        id: "offers:2:u1:1",
        experiment: "offers",
        definitionVersion: 1,
        unitId: "u1",
        occasion: "1",
        at: now.toISOString(),
        context: null,
        variant: played ? "gift" : null,
        payload: { text: played ? "a gift" : "none" },
        reason,
      });
      // Nothing learns from it: not the state, not the ledger.
      const told = { reward: 1, ...past } as never;
      expect(problemOf(() => update(bandit, [told])).code).toMatch(/not_decided|unknown_action/);
      expect(problemOf(() => new RewardLedger({ windowHours: 1 }).decision(past as never)).path).toEqual([
        "action",
      ]);
    }
    const json = JSON.parse(JSON.stringify(bandit));
    const restored = restoreBandit(json, { thompson, ...rewardModels }, definition);
    expect(problemOf(() => decide(restored, request)).code).toBe("needs_gates");
  });

  const decideKeepingGift = (bandit: Parameters<typeof decide>[0], asked: Parameters<typeof decide>[1]) =>
    decideKeeping(bandit, asked, "gift");

  it("a unit that passes is decided for as without gates; attributes are not context", () => {
    const definition = { ...offers, audience: french } as typeof offers;
    const bandit = createBandit(definition, { thompson });
    const decision = decide(bandit, {
      ...request,
      attributes: { country: "FR" },
      gates: gatesOf(definition),
    });
    expect(decision).toEqual(decide(createBandit(offers, { thompson }), request));
    expect(decision.context).toBe(null);
  });

  it("what only gates read is refused without them, and by them what nobody reads", () => {
    const bandit = createBandit(offers, { thompson });
    const gates = gatesOf(offers);
    expect(problemOf(() => decide(bandit, { ...request, attributes: {} } as never))).toMatchObject({
      code: "unknown_key",
      path: ["attributes"],
    });
    expect(problemOf(() => decide(bandit, { ...request, gates, attribute: {} } as never))).toMatchObject({
      code: "unknown_key",
      path: ["attribute"],
    });
    const strange = { ...request, gates, attributes: { userId: "u2" } };
    expect(problemOf(() => decide(bandit, strange))).toMatchObject({ path: ["attributes", "userId"] });
    expect(problemOf(() => decide(bandit, { ...request, gates: {} } as never)).path).toEqual(["gates"]);
    const next = gatesOf({ ...offers, version: 2 });
    expect(problemOf(() => decide(bandit, { ...request, gates: next }))).toMatchObject({
      code: "other_definition",
      other: "offers 1",
    });
    expect(problemOf(() => gatesOf(offers, { experiments: [] }))).toMatchObject({ path: ["definition"] });
  });

  it("holdouts and prerequisites come with the catalogue", () => {
    const plain = defineExperiment({ key: "plain", unit: "userId", variants: { control: 0, b: 1 } });
    const definition = defineExperiment({
      ...input,
      prerequisites: [{ experiment: "plain", variants: ["b"] }],
    });
    const catalogue = {
      experiments: [plain, definition],
      holdouts: [{ key: "h", share: 0.2, unit: "userId" }],
    };
    const assigner = createAssigner(catalogue);
    const bandit = createBandit(definition, { thompson });
    const gates = gatesOf(definition, catalogue);
    const reasons = new Set<string>();
    for (let i = 0; i < 200; i++) {
      const unitId = `u${i}`;
      const { variant, reason } = assigner.assign(plain, { userId: unitId });
      const decision = decide(bandit, { unitId, occasion: "", now, gates });
      reasons.add(decision.reason);
      expect(decision.reason).toBe(
        reason === "holdout" ? "holdout" : variant === "b" ? "decided" : "prerequisite",
      );
    }
    expect(reasons.size).toBe(3);
  });
});

describe("an experiment that learns, among others", () => {
  const upsell = defineExperiment({
    key: "upsell",
    unit: "userId",
    variants: { control: 0, b: 1 },
    prerequisites: [{ experiment: "offers", variants: ["gift"] }],
  });
  const assigner = createAssigner({ experiments: [upsell, offers] });
  const user = { userId: "u1" };
  const decided = (variant: "control" | "gift") => {
    const bandit = createBandit(offers, { thompson });
    return Array.from({ length: 50 }, (_, i) => decide(bandit, { ...request, occasion: `${i}` })).find(
      (each) => each.variant === variant,
    )!;
  };

  it("assign refuses it, naming decide, whether or not the unit may enter", () => {
    expect(problemOf(() => assigner.assign(offers, user))).toMatchObject({
      code: "needs_decision",
      path: ["options", "decisions"],
      received: "offers",
    });
    expect(problemOf(() => assigner.assign("upsell", user))).toMatchObject({ received: "offers" });
    expect(problemOf(() => assigner.batch("offers", [user])).message).toContain("decide");
    const paused = createAssigner({ experiments: [{ ...offers, status: "paused" }] });
    expect(problemOf(() => paused.assign("offers", user)).code).toBe("needs_decision");
  });

  it("assignAll and snapshot list it as undecided, and what depends on it", () => {
    const undecided = { enrolled: false, variant: null, reason: "undecided", awaits: "offers" };
    const all = assigner.assignAll(user);
    expect(all).toMatchObject([undecided, { ...undecided, payload: { text: "none" } }]);
    const snapshot = assigner.snapshot(user);
    expect(hydrate(JSON.parse(JSON.stringify(snapshot))).assignAll()).toEqual(all);
    expect(explain(assigner, "upsell", user).steps.map(({ step, passed }) => `${step} ${passed}`)).toEqual([
      ...["status true", "prerequisite false", "coverage true", "allocation true"],
    ]);
    expect(explain(assigner, "offers", user).steps.at(-1)).toEqual({
      ...{ step: "policy", passed: true, policy: "thompson" },
    });
  });

  it("carries the decision that a call brings; a prerequisite reads it; it is exposed with its propensity", () => {
    for (const variant of ["control", "gift"] as const) {
      const decision = decided(variant);
      const call = { decisions: [decision] };
      const made = assigner.assign(offers, user, call);
      expect(made).toMatchObject({
        ...{ enrolled: true, variant, reason: "decided", payload: decision.payload },
        propensity: decision.propensity,
      });
      const [dependent, own] = assigner.assignAll(user, call);
      expect(own).toEqual(made);
      expect(dependent?.reason).toBe(variant === "gift" ? "allocated" : "prerequisite");
      const written: unknown[] = [];
      createExposureLog({ write: (each) => void written.push(each), clock: () => 0 }).expose(made);
      expect(written).toMatchObject([{ variant, propensity: decision.propensity }]);
      expect(explain(assigner, "offers", user, call).steps[0]).toEqual({
        ...{ step: "decision", passed: true, variant, reason: "decided" },
      });
    }
    // Of another unit, or of another version, it is not this unit's decision.
    for (const other of [{ unitId: "u2" }, { definitionVersion: 2 }, { experiment: "x" }]) {
      const call = { decisions: [{ ...decided("gift"), ...other }] };
      expect(problemOf(() => assigner.assign(offers, user, call)).code).toBe("needs_decision");
    }
    const override = assigner.assign(offers, user, {
      decisions: [decided("gift")],
      overrides: { offers: "control" },
    });
    expect(override).toMatchObject({ variant: "control", reason: "override" });
  });

  it("a bandit that depends on a bandit needs that one's decision", () => {
    const next = defineExperiment({ ...input, key: "next", prerequisites: [{ experiment: "offers" }] });
    const bandit = createBandit(next, { thompson });
    const gates = gatesOf(next, { experiments: [offers, next] });
    expect(problemOf(() => decide(bandit, { ...request, gates }))).toMatchObject({
      code: "needs_decision",
      path: ["decisions"],
      received: "offers",
    });
    const decisions = [decided("gift"), decide(bandit, { ...request, gates, decisions: [decided("gift")] })];
    expect(decide(bandit, { ...request, gates, decisions }).reason).toBe("decided");
  });
});

describe("update learns what the bandit decided", () => {
  const bandit = createBandit(offers, { thompson });
  const decision = decide(bandit, request);
  test.each([
    ["another experiment", { experiment: "other" }, "experiment"],
    ["a version that is not known yet", { definitionVersion: 2 }, "definitionVersion"],
  ])("and refuses rewards of %s", (_, change, part) => {
    const told = problemOf(() => update(bandit, [{ ...decision, ...change, reward: 1 }]));
    expect(told).toMatchObject({ code: "not_decided", path: ["outcomes", 0, part] });
  });

  it("of an earlier version too: its rewards come late", () => {
    const later = createBandit({ ...offers, version: 2 }, { thompson });
    expect(update(later, [{ ...decision, reward: 1 }]).rewards).toBe(1);
  });

  it("with an override's record refused by the compiler and by name", () => {
    const gates = gatesOf({ ...offers, overrides: [{ unitId: "u1", variant: "gift" }] } as typeof offers);
    const forced = decide(bandit, { ...request, gates });
    expect(forced).toMatchObject({ variant: "gift", reason: "override" });
    // @ts-expect-error an override is no outcome
    const told = problemOf(() => update(bandit, [{ ...forced, reward: 1 }]));
    expect(told).toMatchObject({ code: "not_decided", path: ["outcomes", 0, "reason"] });
  });
});

describe("a decision is typed as an assignment is", () => {
  const bandit = createBandit(offers, { thompson });

  it("variants are literals, payloads the definition's, through learning and JSON", () => {
    const decision = decide(bandit, request);
    expectTypeOf(decision.variant).toEqualTypeOf<"control" | "gift">();
    expectTypeOf(decision.payload.text).toEqualTypeOf<string>();
    expect(decision.payload).toEqual(offers.variants.find(({ key }) => key === decision.variant)!.payload);
    const learned = update(bandit, [{ ...decision, reward: 1 }]);
    expectTypeOf(decide(learned, request)).toEqualTypeOf<
      Decision<"control" | "gift", (typeof decision)["payload"]>
    >();
    const restored = restoreBandit(JSON.stringify(learned), { thompson, ...rewardModels }, offers);
    expectTypeOf(decide(restored, request).variant).toEqualTypeOf<"control" | "gift">();
    expect(decide(restored, request).payload).toEqual(decide(learned, request).payload);
  });

  it("levels are literals in a multivariate experiment", () => {
    const mail = defineExperiment({
      key: "mail",
      unit: "userId",
      factors: { hero: ["story", "offer"], badge: [true, false] },
      policy: "thompson",
    });
    const decision = decide(createBandit(mail, { thompson }), request);
    expectTypeOf(decision.payload.hero).toEqualTypeOf<"story" | "offer">();
    expect(typeof decision.payload.badge).toBe("boolean");
  });

  it("gates carry the types to a restored state, and null for a unit that stays out", () => {
    const gated = decide(restoreBandit(JSON.stringify(bandit), { thompson, ...rewardModels }), {
      ...request,
      gates: gatesOf(offers),
    });
    expectTypeOf(gated.variant).toEqualTypeOf<"control" | "gift" | null>();
    expectTypeOf(gated.payload.text).toEqualTypeOf<string>();
    if (gated.reason === "decided") expectTypeOf(gated.propensity).toEqualTypeOf<number>();
  });
});
