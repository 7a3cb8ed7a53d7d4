import {
  claimLayer,
  createAssigner,
  defineCatalogue,
  defineExperiment,
  ExperimentError,
  keepSticky,
  type StickyRecord,
} from "essai";
import { describe, expect, expectTypeOf, it } from "vitest";

const users = Array.from({ length: 20_000 }, (_, i) => ({
  userId: `user-${i}`,
  country: i % 2 ? "FR" : "BE",
}));
const define = (key: string, more: object = {}) =>
  defineExperiment({ key, unit: "userId", variants: { control: "c", b: "b" }, ...more } as {
    key: string;
    unit: string;
    variants: { control: "c"; b: "b" };
  });
const near = (count: number, n: number, p: number) =>
  expect(Math.abs(count - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)) + 1e-9);

describe("createAssigner", () => {
  it("gives a plain experiment what `assign` gives, and keeps the definition's types", async () => {
    const { assign } = await import("essai");
    const plain = define("plain", { coverage: 0.7 });
    const assigner = createAssigner({ experiments: [plain] });
    for (const user of users.slice(0, 500)) expect(assigner.assign(plain, user)).toEqual(assign(plain, user));
    expectTypeOf(assigner.assign(plain, users[0]!).variant).toEqualTypeOf<"control" | "b" | null>();
    expect(assigner.assign("plain", users[0]!)).toEqual(assign(plain, users[0]!));
    expect(() => assigner.assign("plan", users[0]!)).toThrow(
      expect.objectContaining({ code: "unknown_key" }),
    );
    expect(() => assigner.assign("plain", {})).toThrow(expect.objectContaining({ code: "invalid_unit_id" }));
  });

  it("lets the audience in, and nobody else", () => {
    const segments = { french: { attribute: "country", eq: "FR" } } as const;
    const fr = define("fr", { audience: { segment: "french" } });
    const assigner = createAssigner(defineCatalogue({ experiments: [fr], segments }));
    for (const user of users.slice(0, 500)) {
      const { enrolled, reason, payload } = assigner.assign(fr, user);
      expect([enrolled, reason]).toEqual(user.country === "FR" ? [true, "allocated"] : [false, "audience"]);
      if (!enrolled) expect(payload).toBe("c");
    }
  });

  it("layers exclude each other and fill what is claimed", () => {
    const a = define("a", { layer: claimLayer("checkout", 0.3, []) });
    const b = define("b", { layer: claimLayer("checkout", 0.7, [a]) });
    const assigner = createAssigner(defineCatalogue({ experiments: [a, b] }));
    let inA = 0;
    for (const user of users) {
      const [first, second] = assigner.assignAll(user);
      expect(first!.enrolled !== second!.enrolled).toBe(true);
      if (first!.enrolled) inA++;
      else expect(first!.reason).toBe("layer");
    }
    near(inA, users.length, 0.3);
  });

  it("holdouts keep the same units out of everything, or out of one layer", () => {
    const a = define("a");
    const b = define("b", { layer: { key: "l", ranges: [[0, 2 ** 32]] } });
    const other = define("other", { unit: "shop" });
    const holdouts = [
      { key: "spring", share: 0.1, unit: "userId" },
      { key: "in-l", share: 0.2, unit: "userId", layer: "l" },
    ];
    const assigner = createAssigner(defineCatalogue({ experiments: [a, b, other], holdouts }));
    let [outA, outB] = [0, 0];
    for (const user of users) {
      const [first, second] = assigner.assignAll(user);
      if (!first!.enrolled) {
        outA++;
        expect(first!.reason).toBe("holdout");
        expect(second!.reason).toBe("holdout");
      }
      if (!second!.enrolled) outB++;
    }
    near(outA, users.length, 0.1);
    near(outB, users.length, 1 - 0.9 * 0.8);
    expect(assigner.assign(other, { shop: "s" }).enrolled).toBe(true);
  });

  it("prerequisites: enrolled in the other experiment, in one of the variants", () => {
    const first = define("first", { coverage: 0.5 });
    const any = define("any", { prerequisites: [{ experiment: "first" }] });
    const only = define("only", { prerequisites: [{ experiment: "any", variants: ["b"] }] });
    const assigner = createAssigner(defineCatalogue({ experiments: [only, any, first] }));
    for (const user of users.slice(0, 1000)) {
      const [c, b, a] = assigner.assignAll(user);
      expect(b!.enrolled).toBe(a!.enrolled);
      expect(c!.enrolled).toBe(b!.variant === "b");
      if (!c!.enrolled) expect(c!.reason).toBe("prerequisite");
    }
  });

  it("schedules are half-open and need `now`", () => {
    const timed = define("timed", { schedule: { from: "2026-03-01", until: "2026-03-08T00:00:00+01:00" } });
    const assigner = createAssigner({ experiments: [timed] });
    const at = (now: string | number | Date) => assigner.assign(timed, users[0]!, { now }).enrolled;
    expect(at("2026-02-28T23:59:59.999Z")).toBe(false);
    expect(at(new Date("2026-03-01"))).toBe(true);
    expect(at(Date.parse("2026-03-07T22:59:59.999Z"))).toBe(true);
    expect(at("2026-03-07T23:00:00Z")).toBe(false);
    for (const now of [undefined, "tomorrow", Number.NaN])
      expect(() => assigner.assign(timed, users[0]!, { now: now as never })).toThrow(
        expect.objectContaining({ code: "missing_now", path: ["now"] }),
      );
  });

  it("status: draft and paused enroll nobody, stopped rolls out the winner to the audience", () => {
    for (const status of ["draft", "paused", "stopped"])
      expect(createAssigner({ experiments: [define("x", { status })] }).assign("x", users[0]!)).toMatchObject(
        {
          enrolled: false,
          reason: "status",
        },
      );
    const over = define("x", {
      status: "stopped",
      rollout: "b",
      coverage: 0.1,
      audience: { attribute: "country", eq: "FR" },
      schedule: { until: "2020-01-01" },
    });
    const assigner = createAssigner({ experiments: [over] });
    expect(assigner.assign(over, users[1]!)).toMatchObject({
      variant: "b",
      reason: "rollout",
      propensity: 1,
    });
    expect(assigner.assign(over, users[0]!).reason).toBe("audience");
  });

  it("overrides win over everything, by unit or by call", () => {
    const x = define("x", { status: "draft", overrides: [{ unitId: "qa", variant: "b" }] });
    const assigner = createAssigner({ experiments: [x] });
    expect(assigner.assign(x, { userId: "qa" })).toMatchObject({
      variant: "b",
      reason: "override",
      propensity: 1,
    });
    expect(assigner.assign(x, { userId: "qa" }, { overrides: { x: "control" } }).variant).toBe("control");
    expect(assigner.assign(x, { userId: "u" }).reason).toBe("status");
    for (const variant of ["nope", "constructor"])
      expect(() => assigner.assign(x, { userId: "u" }, { overrides: { x: variant } })).toThrow(
        expect.objectContaining({ code: "unknown_key", path: ["x"] }),
      );
  });

  it("sticky: the first assignment stays, with its version and propensity, while the experiment runs", () => {
    const records = new Map<string, StickyRecord>();
    const sticky = keepSticky({
      get: (experiment: string, unitId: string) => records.get(`${experiment} ${unitId}`),
      set: (experiment: string, unitId: string, record: StickyRecord) => {
        records.set(`${experiment} ${unitId}`, record);
      },
    });
    const first = createAssigner({ experiments: [define("x")] }, { sticky });
    const before = users.slice(0, 200).map((user) => first.assign("x", user));
    const changed = define("x", {
      version: 2,
      allocation: { control: 0.01, b: 0.99 },
      audience: { attribute: "country", eq: "US" },
    });
    const second = createAssigner({ experiments: [changed] }, { sticky });
    for (const [i, old] of before.entries())
      expect(second.assign("x", users[i]!)).toEqual({ ...old, reason: "sticky" });
    expect(second.assign("x", users[500]!).reason).toBe("audience");
    const paused = createAssigner({ experiments: [define("x", { status: "paused" })] }, { sticky });
    expect(paused.assign("x", users[0]!).reason).toBe("status");
  });

  it("leaves out of assignAll what has another unit; batch is assign for many", () => {
    const assigner = createAssigner({ experiments: [define("a"), define("b", { unit: "shop" })] });
    expect(assigner.assignAll({ userId: "u" }).map(({ experiment }) => experiment)).toEqual(["a"]);
    expect(assigner.batch("a", users.slice(0, 5))).toEqual(
      users.slice(0, 5).map((user) => assigner.assign("a", user)),
    );
  });

  it.each([
    ["no catalogue", {}, "invalid_catalogue"],
    ["null", null, "invalid_catalogue"],
    [
      "a circle",
      { experiments: [define("a", { prerequisites: [{ experiment: "a" }] })] },
      "invalid_catalogue",
    ],
    [
      "a segment that is none",
      { experiments: [define("a", { audience: { segment: "x" } })] },
      "invalid_catalogue",
    ],
    [
      "a test that is none",
      { experiments: [{ ...define("a"), audience: { attribute: "a", near: 1 } }] },
      "invalid_catalogue",
    ],
    [
      "a format of tomorrow",
      { experiments: [{ ...define("a"), format: "essai.experiment/2" }] },
      "invalid_catalogue",
    ],
  ])("refuses %s, typed", (_, catalogue, code) => {
    expect(() => createAssigner(catalogue as never)).toThrow(ExperimentError);
    expect(() => createAssigner(catalogue as never)).toThrow(expect.objectContaining({ code }));
    expect(() => createAssigner(catalogue as never)).toThrow(
      expect.objectContaining({ cause: expect.any(Error) }),
    );
  });
});

describe("rules", () => {
  const shop = define("shop", {
    variants: { control: "all", sale: "end of stock", fresh: "new arrivals" },
    segments: {
      "deal-hunters": { attribute: "discountShare", gte: 0.5 },
      "brand-loyal": { all: [{ attribute: "brandShare", gte: 0.6 }, { not: { segment: "deal-hunters" } }] },
    },
    rules: [
      { key: "deals", when: { segment: "deal-hunters" }, variant: "sale", holdback: 0.2 },
      { key: "loyal", when: { segment: "brand-loyal" }, variant: "fresh" },
    ],
  });
  const assigner = createAssigner(defineCatalogue({ experiments: [shop] }));
  const hunters = users.map(({ userId }) => ({ userId, discountShare: 0.8, brandShare: 0.9 }));

  it("give their variant but for a share held back at random, and record the truth", () => {
    const counts: Record<string, number> = {};
    for (const assignment of assigner.batch(shop, hunters) as never as Record<string, unknown>[]) {
      counts[`${assignment.variant} ${assignment.reason} ${assignment.heldBack}`] =
        (counts[`${assignment.variant} ${assignment.reason} ${assignment.heldBack}`] ?? 0) + 1;
      expect(assignment.rule).toBe("deals");
      expect(assignment.propensity).toBeCloseTo(assignment.variant === "sale" ? 0.8 + 0.2 / 3 : 0.2 / 3, 9);
    }
    near(counts["sale rule false"]!, users.length, 0.8);
    for (const variant of ["control", "sale", "fresh"])
      near(counts[`${variant} allocated true`]!, users.length, 0.2 / 3);
    expect(Object.keys(counts)).toHaveLength(4);
  });

  it("leave everybody else to the split", () => {
    for (const user of users.slice(0, 200)) {
      const assignment = assigner.assign("shop", user);
      expect(assignment).not.toHaveProperty("rule");
      expect(assignment).toMatchObject({ reason: "allocated", propensity: expect.closeTo(1 / 3, 9) });
    }
  });

  it("hold back by a point of their own: independent of the variant's", () => {
    const held = assigner.batch(shop, hunters).filter((each) => each.enrolled && each.heldBack);
    const inSale = held.filter(({ variant }) => (variant as string) === "sale").length;
    near(inSale, held.length, 1 / 3);
  });

  it("in order, where that is asked for: the first that is met counts", () => {
    const ordered = define("o", {
      ruleOrder: "first",
      rules: [
        { key: "one", when: { attribute: "a", gt: 0 }, variant: "b" },
        { key: "two", when: { attribute: "a", gt: 1 }, variant: "control" },
      ],
    });
    const assigner = createAssigner({ experiments: [ordered] });
    expect(
      assigner
        .batch(
          "o",
          users.slice(0, 50).map((user) => ({ ...user, a: 5 })),
        )
        .every((each) => each.enrolled && each.rule === "one"),
    ).toBe(true);
  });
});
