import {
  allocationOf,
  assign,
  compareCatalogues,
  defineExperiment,
  ExperimentError,
  nextVersion,
  reallocate,
} from "essai";
import { describe, expect, it } from "vitest";

const three = defineExperiment({
  key: "cta",
  unit: "userId",
  variants: { control: "Buy", b: "Try", c: "Ask" },
  metrics: [{ key: "clicks", type: "conversion" }],
});
const ids = Array.from({ length: 20_000 }, (_, i) => `u${i}`);
const variantsOf = (definition: typeof three) => ids.map((userId) => assign(definition, { userId }).variant);

function refusal(act: () => unknown): ExperimentError {
  try {
    act();
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("nextVersion", () => {
  const four = nextVersion(three, { variants: { control: "Buy", b: "Try", c: "Ask", d: "Go" } });

  it("adds a variant by taking the least from the others", () => {
    expect([four.version, Object.values(allocationOf(four))]).toEqual([2, [0.25, 0.25, 0.25, 0.25]]);
    const [before, after] = [variantsOf(three), variantsOf(four as never)];
    const moved = before.filter((variant, i) => variant !== after[i]).length / ids.length;
    expect(moved).toBeCloseTo(0.25, 2);
    for (const [i, variant] of after.entries()) expect(["d", before[i]]).toContain(variant);
  });

  it("the wrong version: three equal variants edited into four by hand move half of the units", () => {
    const byHand = defineExperiment({
      ...four,
      variants: { control: "Buy", b: "Try", c: "Ask", d: "Go" },
      ranges: undefined,
    } as never);
    const { experiments } = compareCatalogues({ experiments: [three] }, { experiments: [byHand] });
    expect(experiments[0]?.moves.moved).toBeCloseTo(0.5, 6);
  });

  it.each([
    [{ coverage: 0.5 }, { coverage: 0.5 }],
    [{ status: "paused" }, { status: "paused" }],
    [
      { status: "stopped", rollout: "b" },
      { status: "stopped", rollout: "b" },
    ],
    [{ audience: { attribute: "country", eq: "FR" } }, { audience: { attribute: "country", eq: "FR" } }],
    [
      { metrics: [{ key: "spend", type: "mean" }] },
      { metrics: [{ key: "spend", type: "mean", role: "goal" }] },
    ],
    [{ plan: { looks: 5 } }, { plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg", looks: 5 } }],
    [{ control: "c" }, { control: "c" }],
    [{ salt: "anew" }, { salt: "anew" }],
  ] as const)("changes %j and nothing else", (changes, parts) => {
    expect(nextVersion(three, changes as never)).toEqual({ ...three, ...parts, version: 2 });
  });

  it("takes parts away with null", () => {
    const targeted = nextVersion(three, {
      audience: { attribute: "country", eq: "FR" },
      status: "paused",
      overrides: [{ unitId: "me", variant: "b" }],
    });
    expect(nextVersion(targeted, { audience: null, status: null, overrides: null })).toEqual({
      ...three,
      version: 3,
    });
  });

  it("changes a payload without moving anyone, and keeps the order of variants", () => {
    const other = nextVersion(three, { variants: { c: "Ask", control: "Buy now", b: "Try" } });
    expect(other.variants.map(({ key }) => key)).toEqual(three.variants.map(({ key }) => key));
    expect(other.ranges).toEqual(three.ranges);
    expect(other.variants.find(({ key }) => key === "control")?.payload).toBe("Buy now");
  });

  it("gives the ranges that reallocate gives", () => {
    const allocation = { control: 0.1, b: 0.2, c: 0.3, d: 0.4 };
    expect(
      nextVersion(three, { variants: { control: "Buy", b: "Try", c: "Ask", d: "Go" }, allocation }).ranges,
    ).toEqual(reallocate(three, { add: { d: "Go" }, allocation }).ranges);
  });

  it("adds a level to a factor: combinations that there were keep their units", () => {
    const page = defineExperiment({
      key: "page",
      unit: "userId",
      factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
    });
    const next = nextVersion(page, { factors: { hero: ["A", "B", "C"], cta: ["Buy", "Try"] } });
    expect([next.variants.length, next.control, next.factors.length]).toEqual([6, "cta=Buy,hero=A", 2]);
    const { experiments } = compareCatalogues({ experiments: [page] }, { experiments: [next] });
    expect(experiments[0]?.moves.moved).toBeCloseTo(1 / 3, 6);
  });

  it("is typed by the variants that it has", () => {
    const given: "control" | "b" | "c" | "d" | null = assign(four, { userId: "u" }).variant;
    // @ts-expect-error: "e" is no variant
    const wrong: "e" | null = assign(four, { userId: "u" }).variant;
    expect(given).toBe(wrong);
    // @ts-expect-error: nor is it one of the present version
    expect(() => nextVersion(three, { rollout: "e" })).toThrow();
  });

  it.each([
    [{ key: "other" }, "unknown_key", "key"],
    [{ unit: "account" }, "unknown_key", "unit"],
    [{ version: 7 }, "unknown_key", "version"],
    [{ ranges: [] }, "unknown_key", "ranges"],
    [{ varaints: {} }, "unknown_key", "varaints"],
    [{ variants: null }, "wrong_type", "variants"],
    [{ variants: { control: "Buy" } }, "too_few_variants", "variants"],
    [{ allocation: { control: 0.5, b: 0.5, c: 0.5 } }, "allocation_sum", "allocation"],
    [{ rollout: "e", status: "stopped" }, "unknown_variant", "rollout"],
    [
      {
        variants: { control: 1, b: 2 },
        rules: [{ key: "r", when: { attribute: "a", eq: 1 }, variant: "c" }],
      },
      "unknown_variant",
      "rules.0.variant",
    ],
    [{ factors: { hero: ["A"] } }, "too_few_levels", "factors.hero"],
    [null, "wrong_type", "input"],
  ])("refuses %j with %s at %s", (changes, code, path) => {
    const found = refusal(() => nextVersion(three, changes as never));
    expect(found.problems.map((each) => `${each.code} ${each.path.join(".") || "input"}`)).toContain(
      `${code} ${path}`,
    );
  });

  it("refuses what is no definition, by name", () => {
    expect(refusal(() => nextVersion({ ...three, hash: "murmur3-2" } as never, {})).path).toEqual([
      "definition",
      "hash",
    ]);
  });
});
