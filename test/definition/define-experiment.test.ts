import { allocationOf, defineExperiment, ExperimentError, type Problem } from "essai";
import { describe, expect, expectTypeOf, it } from "vitest";

const variants = { control: null, b: null };

/** The problems a call throws, as [code, path]. */
function problemsOf(call: () => unknown): readonly Problem[] {
  try {
    call();
  } catch (error) {
    if (error instanceof ExperimentError) return error.problems;
    throw error;
  }
  return [];
}
const told = (call: () => unknown) => problemsOf(call).map(({ code, path }) => [code, path.join(".")]);

describe("defineExperiment", () => {
  it("fills in what is not said and lays the variants out over the points", () => {
    expect(
      defineExperiment({ key: "cta", unit: "userId", variants: { control: "Buy", b: "Buy now" } }),
    ).toEqual({
      format: "essai.experiment/1",
      key: "cta",
      version: 1,
      salt: "cta",
      hash: "murmur3-1",
      unit: "userId",
      control: "control",
      variants: [
        { key: "b", payload: "Buy now" },
        { key: "control", payload: "Buy" },
      ],
      ranges: [
        { from: 0, to: 2 ** 31, variant: "b" },
        { from: 2 ** 31, to: 2 ** 32, variant: "control" },
      ],
      coverage: 1,
      policy: "fixed",
      metrics: [],
      plan: { level: 0.95, macro: "holm", micro: "benjamini-hochberg" },
    });
  });

  it("keeps literal variant names and payload types without `as const`", () => {
    const cta = defineExperiment({
      key: "cta",
      unit: "userId",
      variants: { control: { text: "Buy", size: 1 }, loud: { text: "BUY", size: 2 } },
    });
    expectTypeOf(cta.control).toEqualTypeOf<"control" | "loud">();
    type Payload = (typeof cta.variants)[number]["payload"];
    expectTypeOf<Payload>().toEqualTypeOf<
      { readonly text: "Buy"; readonly size: 1 } | { readonly text: "BUY"; readonly size: 2 }
    >();
    // @ts-expect-error — no such variant
    const wrong = () => defineExperiment({ key: "x", unit: "u", variants: { a: 1, b: 2 }, control: "c" });
    expect(wrong).toThrow(/control: is not one of the experiment's variants \(received "c"\)/);
  });

  it("types a metric's settings by its type", () => {
    const base = { key: "x", unit: "u", variants: { control: 1, b: 2 } } as const;
    const sides = { numerator: { column: "revenue" }, denominator: { event: "visit", of: "count" } } as const;
    defineExperiment({ ...base, metrics: [{ key: "basket", type: "ratio", role: "goal", ...sides }] });
    const refused = [
      // @ts-expect-error — no such type
      () => defineExperiment({ ...base, metrics: [{ key: "m", type: "median" }] }),
      // @ts-expect-error — a misspelt setting
      () => defineExperiment({ ...base, metrics: [{ key: "m", type: "mean", colum: "x" }] }),
      // @ts-expect-error — a conversion has no amount
      () => defineExperiment({ ...base, metrics: [{ key: "m", type: "conversion", value: "amount" }] }),
      // @ts-expect-error — a ratio has two sides
      () => defineExperiment({ ...base, metrics: [{ key: "m", type: "ratio", numerator: {} }] }),
      // @ts-expect-error — no such correction
      () => defineExperiment({ ...base, plan: { macro: "tukey" } }),
    ];
    for (const call of refused) expect(call).toThrow(ExperimentError);
  });

  it("is frozen all the way down and shares nothing with the input", () => {
    const payload = { items: [1, 2] };
    const made = defineExperiment({ key: "x", unit: "u", variants: { a: payload, control: { items: [3] } } });
    payload.items.push(3);
    expect(made.variants[0]?.payload).toEqual({ items: [1, 2] });
    expect(() => (made.variants[0]!.payload.items as number[]).push(4)).toThrow(TypeError);
    expect(Object.isFrozen(made.ranges[0])).toBe(true);
  });

  it("maps fractions to integer ranges that cover 0 … 2³² exactly", () => {
    const made = defineExperiment({
      key: "x",
      unit: "u",
      variants: { a: 0, b: 1, control: 2, off: 3 },
      allocation: { a: 0.1, b: 0.2, control: 0.7, off: 0 },
    });
    expect(made.ranges).toEqual([
      { from: 0, to: 429496730, variant: "a" },
      { from: 429496730, to: 1288490189, variant: "b" },
      { from: 1288490189, to: 2 ** 32, variant: "control" },
      { from: 2 ** 32, to: 2 ** 32, variant: "off" },
    ]);
    const { off, ...others } = allocationOf(made);
    expect(off).toBe(0);
    expect(Object.values(others).reduce((a, b) => a + b)).toBe(1);
    const thirds = defineExperiment({ key: "x", unit: "u", variants: { a: 0, b: 1, c: 2 }, control: "a" });
    expect(thirds.ranges.map(({ to }) => to)).toEqual([1431655765, 2863311531, 2 ** 32]);
  });

  it("a goal is what a metric is unless said otherwise; the plan may be said in part", () => {
    const made = defineExperiment({
      key: "x",
      unit: "u",
      variants,
      metrics: [
        { key: "visit", type: "conversion" },
        { key: "spend", type: "mean", role: "guardrail" },
      ],
      plan: { level: 0.9 },
    });
    expect(made.metrics.map(({ role }) => role)).toEqual(["goal", "guardrail"]);
    expect(made.plan).toEqual({ level: 0.9, macro: "holm", micro: "benjamini-hochberg" });
  });
});

describe("defineExperiment refuses, with code and path", () => {
  const base = { key: "x", unit: "u", variants };
  // biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
  const cases: [string, any, [string, string][]][] = [
    ["one arm only", { variants: { control: 1 } }, [["too_few_variants", "variants"]]],
    ["integer-like variant keys", { variants: { control: 1, "7": 2 } }, [["integer_like_key", "variants.7"]]],
    [
      "a name objects have",
      { variants: { control: 1, constructor: 2 } },
      [["invalid_key", "variants.constructor"]],
    ],
    [
      "__proto__ as a key",
      { variants: JSON.parse('{"control":1,"b":2,"__proto__":3}') },
      [["invalid_key", "variants.__proto__"]],
    ],
    ["an empty key", { key: "" }, [["missing_value", "key"]]],
    ["no control", { variants: { a: 1, b: 2 } }, [["missing_control", "control"]]],
    ["an unknown control", { control: "z" }, [["unknown_variant", "control"]]],
    [
      "weights that do not sum to 1",
      { allocation: { control: 0.5, b: 0.4 } },
      [["allocation_sum", "allocation"]],
    ],
    [
      "weights off by 2e-9",
      { allocation: { control: 0.5, b: 0.500000002 } },
      [["allocation_sum", "allocation"]],
    ],
    [
      "a negative weight",
      { allocation: { control: -0.5, b: 1.5 } },
      [
        ["out_of_range", "allocation.control"],
        ["out_of_range", "allocation.b"],
      ],
    ],
    ["a weight that is missing", { allocation: { control: 1 } }, [["missing_value", "allocation.b"]]],
    [
      "a weight of no variant",
      { allocation: { control: 0.5, b: 0.5, c: 0 } },
      [["unknown_variant", "allocation.c"]],
    ],
    ["coverage above 1", { coverage: 1.1 }, [["out_of_range", "coverage"]]],
    ["coverage NaN", { coverage: Number.NaN }, [["not_json", "coverage"]]],
    [
      "duplicate metrics",
      {
        metrics: [
          { key: "m", type: "mean" },
          { key: "m", type: "count" },
        ],
      },
      [["duplicate_key", "metrics.1.key"]],
    ],
    [
      "something that is not a role",
      { metrics: [{ key: "m", type: "mean", role: "x" }] },
      [["unknown_name", "metrics.0.role"]],
    ],
    ["a level of 95", { plan: { level: 95 } }, [["out_of_range", "plan.level"]]],
    ["a misspelt property", { allocations: {} }, [["unknown_key", "allocations"]]],
    ["a payload that is no JSON", { variants: { control: 1, b: () => 1 } }, [["not_json", "variants.b"]]],
    ["a date", { variants: { control: 1, b: { at: new Date(0) } } }, [["not_json", "variants.b.at"]]],
    [
      "fractions beside the ranges of an earlier version",
      { ...defineExperiment({ key: "x", unit: "u", variants }), allocation: { control: 0.9, b: 0.1 } },
      [["conflicting_keys", "allocation"]],
    ],
    [
      "more variants than ranges were made for",
      { ...defineExperiment({ key: "x", unit: "u", variants }), variants: { control: 1, b: 2, c: 3 } },
      [["invalid_ranges", "ranges"]],
    ],
    [
      "fewer variants than ranges were made for",
      {
        ...defineExperiment({ key: "x", unit: "u", variants: { control: 1, b: 2, c: 3 } }),
        variants: { control: 1, b: 2 },
      },
      [["unknown_variant", "ranges.1.variant"]],
    ],
    ["version 0", { version: 0 }, [["out_of_range", "version"]]],
    ["a hash that nothing computes", { hash: "murmur3-2" }, [["unsupported_format", "hash"]]],
    [
      "a misspelt correction",
      { plan: { peeks: 20, macroo: "none" } },
      [
        ["unknown_key", "plan.peeks"],
        ["unknown_key", "plan.macroo"],
      ],
    ],
    ["something that is not a correction", { plan: { macro: "tukey" } }, [["unknown_name", "plan.macro"]]],
    [
      "something that is not a metric type",
      { metrics: [{ key: "m", type: "median" }] },
      [["unknown_name", "metrics.0.type"]],
    ],
    [
      "something that is not a metric's setting",
      { metrics: [{ key: "m", type: "mean", clusters: ["x"] }] },
      [["unknown_key", "metrics.0.clusters"]],
    ],
    [
      "settings of another role, which nobody would read",
      {
        metrics: [
          { key: "m", type: "mean", margin: 0.1 },
          { key: "n", type: "mean", role: "guardrail", smallest: 0.1 },
        ],
      },
      [
        ["other_role", "metrics.0.margin"],
        ["other_role", "metrics.1.smallest"],
      ],
    ],
    ["levels beside variants", { factors: { hero: ["A", "B"] } }, [["conflicting_keys", "factors"]]],
    [
      "the place of data, which a definition does not hold",
      { data: { variant: "arm" } },
      [["unknown_key", "data"]],
    ],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    expect(told(() => defineExperiment({ ...base, ...change }))).toEqual(expected);
  });

  it("several problems at once, each with its fix", () => {
    const call = () =>
      defineExperiment({
        key: "",
        unit: "userId",
        variants: { a: 1, b: 2 } as Record<string, number>,
        allocation: { a: 0.5, b: 0.6 },
        coverage: 2,
      });
    expect(told(call)).toEqual([
      ["missing_value", "key"],
      ["out_of_range", "coverage"],
      ["missing_control", "control"],
      ["allocation_sum", "allocation"],
    ]);
    expect(problemsOf(call).every(({ fix, message }) => message.endsWith(fix))).toBe(true);
  });

  it.each([undefined, null, 7, "x", [], new Map()])("%o, typed", (input) => {
    expect(told(() => defineExperiment(input as never)).length).toBeGreaterThan(0);
  });

  it("a payload nested without end", () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    expect(
      told(() => defineExperiment({ ...base, variants: { control: 1, b: loop as never } }))[0]?.[0],
    ).toBe("not_json");
  });
});
