import {
  allocationOf,
  assign,
  defineExperiment,
  type ExperimentError,
  type FactorialDefinition,
} from "essai";
import {
  type Design,
  designOf,
  factorialColumns,
  fractionalFactorial,
  fullFactorial,
  optimalDesign,
  orthogonalArray,
  plackettBurman,
  variantOf,
} from "essai/designs";
import { randomSource } from "essai/random";
import { parseDefinition, parseExperiment } from "essai/schema";
import { describe, expect, expectTypeOf, it } from "vitest";
import { fc } from "../../properties.js";
import { twoLevels } from "./two-levels.js";

const problemsOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as ExperimentError).problems.map(({ code, path }) => [code, path.join(".")]);
  }
  return [];
};

describe("factors in a definition", () => {
  const definition = defineExperiment({
    key: "landing",
    unit: "userId",
    factors: { hero: ["A", "B"], cta: ["Buy", "Try", "Ask"], size: [12, 16] },
    metrics: [{ key: "signup", type: "conversion" }],
  });

  it("gives a variant for every combination, the baseline as control, equal shares", () => {
    expect(definition.variants).toHaveLength(12);
    expect(definition.control).toBe("cta=Buy,hero=A,size=12");
    expect(definition.variants[11]).toEqual({
      key: "cta=Ask,hero=B,size=16",
      payload: { hero: "B", cta: "Ask", size: 16 },
    });
    for (const share of Object.values(allocationOf(definition))) expect(share).toBeCloseTo(1 / 12, 9);
    expect(definition.factors).toEqual([
      { name: "cta", levels: ["Buy", "Try", "Ask"] },
      { name: "hero", levels: ["A", "B"] },
      { name: "size", levels: [12, 16] },
    ]);
    expect(definition.design).toEqual({ kind: "full_factorial" });
  });

  it("types the payload by the levels", () => {
    const { payload } = assign(definition, { userId: "user-1" });
    expectTypeOf(payload).toEqualTypeOf<{
      readonly hero: "A" | "B";
      readonly cta: "Buy" | "Try" | "Ask";
      readonly size: 12 | 16;
    }>();
    expectTypeOf(payload.hero).toEqualTypeOf<"A" | "B">();
    expect(Object.keys(payload)).toEqual(["cta", "hero", "size"]);
    // @ts-expect-error no such factor
    expect(payload.herro).toBeUndefined();
  });

  it("assigns every level to about its share of units, independently of the other factors", () => {
    const n = 20_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      const { hero, cta } = assign(definition, { userId: `unit-${i}` }).payload;
      counts.set(`${hero}${cta}`, (counts.get(`${hero}${cta}`) ?? 0) + 1);
    }
    const se = Math.sqrt(n * (1 / 6) * (5 / 6));
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - n / 6)).toBeLessThan(4.5 * se);
  });

  it("survives JSON: definition and experiment file", () => {
    expect(parseDefinition(JSON.parse(JSON.stringify(definition)))).toEqual(definition);
    const file = {
      key: "landing",
      unit: "userId",
      factors: { hero: ["A", "B"], cta: ["Buy", "Try", "Ask"], size: [12, 16] },
      metrics: [{ key: "signup", type: "conversion", role: "goal" }],
    };
    expect(parseExperiment(JSON.parse(JSON.stringify(file))).definition).toEqual(definition);
  });

  it("finds the variant of a combination", () => {
    expect(variantOf(definition, { hero: "B", cta: "Try", size: 16 })).toBe("cta=Try,hero=B,size=16");
    // @ts-expect-error no such level
    expect(problemsOf(() => variantOf(definition, { hero: "C", cta: "Try", size: 16 }))).toEqual([
      ["not_a_combination", "combination.hero"],
    ]);
  });

  it("control can be another combination", () => {
    const control = "cta=Buy,hero=B";
    const other = defineExperiment({
      key: "k",
      unit: "userId",
      factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
      control,
    });
    expect(other.control).toBe(control);
    expect(designOf(other).control).toBe(control);
  });

  it("with unequal shares is no full factorial: effects are not independent of one another any more", () => {
    const keys = ["cta=Buy,hero=A", "cta=Try,hero=A", "cta=Buy,hero=B", "cta=Try,hero=B"] as const;
    const of = (shares: readonly number[]) =>
      designOf(
        defineExperiment({
          key: "k",
          unit: "userId",
          factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
          allocation: Object.fromEntries(keys.map((key, i) => [key, shares[i]!])),
        }),
      ).resolution;
    expect(of([0.25, 0.25, 0.25, 0.25])).toBe("full");
    expect(of([0.4, 0.1, 0.1, 0.4])).not.toBe("full");
  });
});

describe("designs in a definition", () => {
  const factors = twoLevels(4);
  const designs: Record<string, Design> = {
    "full factorial": fullFactorial({ ...factors, Z: [true, false, null] }),
    "fractional factorial": fractionalFactorial(factors, ["D=-ABC"]),
    "Plackett–Burman": plackettBurman(factors, { runs: 12 }),
    "orthogonal array": orthogonalArray({ ...factors, Z: [1, 2, 3] }),
    optimal: optimalDesign(factors, { runs: 7, random: randomSource(1), forbid: [{ A: "+", B: "+" }] }),
  };

  it.each(Object.entries(designs))("%s: the definition carries all that the design knows", (_, design) => {
    const definition = defineExperiment({ key: "mvt", unit: "userId", design });
    expect(definition.variants.map(({ key }) => key)).toEqual(Object.keys(design.variants));
    expect(definition.control).toBe(design.control);
    expect(definition.design).toEqual(design.record);
    for (const [key, share] of Object.entries(allocationOf(definition)))
      expect(share).toBeCloseTo(design.allocation[key]!, 9);
    const again = designOf(parseDefinition(JSON.parse(JSON.stringify(definition))));
    expect(again.runs).toEqual(design.runs);
    expect(again.resolution).toBe(design.resolution);
    expect(again.definingRelation).toEqual(design.definingRelation);
    again.wordLengthPattern.forEach((words, j) => {
      expect(words).toBeCloseTo(design.wordLengthPattern[j]!, 6);
    });
    expect(again.estimableEffects()).toEqual(design.estimableEffects());
    const aliases = again.aliases("A");
    expect(aliases.map(({ effect }) => effect)).toEqual(design.aliases("A").map(({ effect }) => effect));
    const effects = design.estimableEffects(1);
    expect(factorialColumns(definition, effects)).toEqual(design.columns(effects));
  });

  it("types the payload through a design", () => {
    const design = fractionalFactorial({ hero: ["A", "B"], cta: ["x", "y"], price: [1, 2] }, [
      "price=hero:cta",
    ]);
    const definition = defineExperiment({ key: "mvt", unit: "userId", design });
    expectTypeOf(definition).toExtend<
      FactorialDefinition<
        { readonly hero: "A" | "B"; readonly cta: "x" | "y"; readonly price: 1 | 2 },
        "mvt",
        "userId",
        "fixed"
      >
    >();
  });

  it("a variant that lost its points is a run no more", () => {
    const definition = defineExperiment({ key: "mvt", unit: "userId", factors: twoLevels(2) });
    const { variants, ranges } = definition;
    const less = {
      ...definition,
      ranges: ranges.map((range) => ({
        ...range,
        variant: range.variant === variants[3]!.key ? variants[0]!.key : range.variant,
      })),
    };
    const design = designOf(less);
    expect(design.runs).toHaveLength(3);
    expect(design.estimable(["A", "B"])).toBe(true);
    expect(() => factorialColumns(less, ["A", "B", "A:B"])).toThrow("cannot be distinguished");
  });
});

describe("mistakes, all at once", () => {
  it("every problem of the factors, with the other problems of the input", () => {
    const broken = {
      key: "12",
      unit: "userId",
      factors: {
        hero: ["A"],
        cta: ["x", "x", Number.NaN],
        "3": ["a", "b"],
        "": ["a", "b"],
        "a:b": ["a", "b"],
        n: "AB",
      },
    };
    // @ts-expect-error n is not a list
    expect(problemsOf(() => defineExperiment(broken))).toEqual([
      ["bad_factor_name", "factors."],
      ["bad_factor_name", "factors.3"],
      ["bad_factor_name", "factors.a:b"],
      ["duplicate_level", "factors.cta.1"],
      ["bad_level", "factors.cta.2"],
      ["too_few_levels", "factors.hero"],
      ["wrong_type", "factors.n"],
      ["integer_like_key", "key"],
    ]);
  });

  it.each([
    [{ factors: {} }, [["too_few_levels", "factors"]]],
    [{ factors: { "2e3": [1, 2] } }, [["bad_factor_name", "factors.2e3"]]],
    [{ factors: { constructor: [1, 2] } }, [["bad_factor_name", "factors.constructor"]]],
    [JSON.parse('{"factors": {"__proto__": [1, 2]}}'), [["bad_factor_name", "factors.__proto__"]]],
    [{ factors: { a: [1, "1"] } }, [["duplicate_level", "factors.a.1"]]],
    [{ factors: { a: [1, { b: 2 }] } }, [["bad_level", "factors.a.1"]]],
    [{ factors: twoLevels(13) }, [["too_many_runs", "factors"]]],
    [{ factors: { a: [1, 2] }, control: "a=3" }, [["unknown_variant", "control"]]],
    [
      { factors: [{ name: "a", levels: [1, 2] }], control: "v", variants: { v: { a: 1 }, w: { a: 3 } } },
      [["not_a_combination", "variants.1.payload.a"]],
    ],
  ])("%j", (input, problems) => {
    // biome-ignore lint/suspicious/noExplicitAny: what the types refuse is to be refused at run time too
    expect(problemsOf(() => defineExperiment({ key: "k", unit: "u", ...input } as any))).toEqual(problems);
  });

  it("a definition without factors is no design", () => {
    const plain = defineExperiment({ key: "k", unit: "u", variants: { control: 1, other: 2 } });
    expect(problemsOf(() => designOf(plain))).toEqual([["missing_value", "factors"]]);
  });

  it("odd levels and long ones still give different, usable keys", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom("a,b=1", "a%2Cb", "=", ",")), {
          minLength: 2,
          maxLength: 5,
        }),
        fc.uniqueArray(fc.constantFrom("x", "y", "longer name", "ünicode"), { minLength: 1 }),
        (levels, names) => {
          const factors = Object.fromEntries(names.map((name) => [name, levels]));
          const definition = defineExperiment({ key: "k", unit: "u", factors });
          expect(new Set(definition.variants.map(({ key }) => key)).size).toBe(levels.length ** names.length);
          expect(designOf(definition).resolution).toBe("full");
        },
      ),
      { numRuns: 60 },
    );
  });
});
