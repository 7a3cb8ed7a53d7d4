import type { ExperimentError } from "essai";
import { fractionalFactorial, fullFactorial } from "essai/designs";
import { describe, expect, it } from "vitest";
import { generalAliasing } from "../../../src/definition/designs/general-aliasing.js";
import { fc } from "../../properties.js";
import { reference, twoLevels } from "./two-levels.js";

const problemsOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as ExperimentError).problems.map(({ code, path }) => [code, path.join(".")]);
  }
  return [];
};

describe("regular fractions against brute force over all products of columns", () => {
  it.each(reference.fractions)(
    "2^($factors-…) $generators: resolution, words, word lengths",
    ({ factors, generators, runs, words, wordLengths, resolution }) => {
      const design = fractionalFactorial(twoLevels(factors), generators);
      expect(design.runs).toHaveLength(runs);
      expect(design.resolution).toBe(resolution);
      expect([...design.definingRelation].sort()).toEqual([...words].sort());
      expect(design.wordLengthPattern).toEqual(wordLengths);
    },
  );
});

describe("what the textbooks say (Box, Hunter & Hunter)", () => {
  it("2^(4-1) with D = ABC is of resolution IV: AB = CD, A = BCD", () => {
    const design = fractionalFactorial(twoLevels(4), ["D=ABC"]);
    expect(design.resolution).toBe(4);
    expect(design.aliases("A:B")).toEqual([{ effect: "C:D", coefficient: 1 }]);
    expect(design.aliases("A")).toEqual([{ effect: "B:C:D", coefficient: 1 }]);
    expect(design.aliases("ABCD")).toEqual([{ effect: "mean", coefficient: 1 }]);
    expect(design.estimableEffects()).toEqual(["A", "B", "C", "D"]);
  });

  it("2^(7-4) is of resolution III: A = BD = CE = FG", () => {
    const design = fractionalFactorial(twoLevels(7), ["D=AB", "E=AC", "F=BC", "G=ABC"]);
    expect(design.resolution).toBe(3);
    expect(design.aliases("A", { order: 2 }).map(({ effect }) => effect)).toEqual(["B:D", "C:E", "F:G"]);
    expect(design.aliases("A")).toHaveLength(15);
    expect(design.estimable(["A", "B", "C", "D", "E", "F", "G"])).toBe(true);
    expect(design.estimable("A", { negligible: 3 })).toBe(false);
  });

  it("a negative generator turns the sign of the aliases", () => {
    const design = fractionalFactorial(twoLevels(4), ["D=-ABC"]);
    expect(design.definingRelation).toEqual(["-A:B:C:D"]);
    expect(design.aliases("AB")).toEqual([{ effect: "C:D", coefficient: -1 }]);
  });

  it("the full factorial aliases nothing", () => {
    const design = fullFactorial({ ...twoLevels(3), Z: ["a", "b", "c"] });
    expect(design.resolution).toBe("full");
    expect(design.aliases("A")).toEqual([]);
    expect(design.estimableEffects(4)).toHaveLength(15);
  });
});

describe("generators found for a number of runs", () => {
  // Words of length 3, 4, 5 of the minimum-aberration fractions: Fries & Hunter (1980), Chen, Sun & Wu (1993).
  it.each([
    [8, 4, [0, 1]],
    [8, 5, [2, 1, 0]],
    [8, 7, [7, 7, 0]],
    [16, 5, [0, 0, 1]],
    [16, 6, [0, 3, 0]],
    [16, 7, [0, 7, 0]],
    [16, 8, [0, 14, 0]],
    [16, 9, [4, 14, 8]],
    [16, 10, [8, 18, 16]],
    [16, 15, [35, 105, 168]],
    [32, 6, [0, 0, 0]],
    [32, 7, [0, 1, 2]],
    [32, 8, [0, 3, 4]],
    [32, 9, [0, 6, 8]],
    [32, 10, [0, 10, 16]],
    [32, 11, [0, 25, 0]],
    [32, 16, [0, 140, 0]],
    [64, 8, [0, 0, 2]],
    [64, 9, [0, 1, 4]],
    [64, 10, [0, 2, 8]],
    [128, 11, [0, 0, 6]],
  ])("%i runs, %i factors: words %j", (runs, k, words) => {
    const design = fractionalFactorial(twoLevels(k), { runs });
    expect(design.runs).toHaveLength(runs);
    expect(design.wordLengthPattern.slice(3, 3 + words.length)).toEqual(words);
    expect(fractionalFactorial(twoLevels(k), design.record.generators!).runs).toEqual(design.runs);
  });

  it("at least resolution IV wherever half as many factors as runs allow it", () => {
    for (const k of [12, 17, 20]) expect(fractionalFactorial(twoLevels(k), { runs: 64 }).resolution).toBe(4);
  });

  it("needs a number of runs", () => {
    const make = () => fractionalFactorial(twoLevels(6), {} as { runs: number });
    expect(problemsOf(make)).toEqual([["missing_value", "generators.runs"]]);
  });

  it.each([[6], [4], [64], [0], [-8], [Number.NaN], ["8"]])("refuses %s runs for six factors", (runs) => {
    const make = () => fractionalFactorial(twoLevels(6), { runs: runs as number });
    expect(make).toThrow("(there are: 8, 16, 32)");
    expect(problemsOf(make)).toEqual([["no_such_size", "generators.runs"]]);
  });
});

describe("laws", () => {
  const names = ["channel", "cta", "hero", "price", "sale", "time"];
  const levels = (k: number) => Object.fromEntries(names.slice(0, k).map((name) => [name, ["no", "yes"]]));
  const fraction = fc
    .record({
      base: fc.integer({ min: 3, max: 4 }),
      products: fc.uniqueArray(fc.subarray([0, 1, 2], { minLength: 2 }), {
        minLength: 1,
        maxLength: 2,
        selector: (product) => product.join(),
      }),
      minus: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    })
    .map(({ base, products, minus }) => ({
      factors: levels(base + products.length),
      generators: products.map(
        (product, i) => `${names[base + i]}=${minus[i] ? "-" : ""}${product.map((f) => names[f]).join(":")}`,
      ),
    }));

  it("the rules of words and plain linear algebra over the runs agree", () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 1, max: 2 }), ({ factors, generators }, order) => {
        const design = fractionalFactorial(factors, generators);
        const k = design.factors.length;
        const algebra = generalAliasing(
          design.factors,
          design.runs,
          design.runs.map(() => 1 / design.runs.length),
          design.factors.map((_, i) => [i]),
        );
        expect(algebra.wordLengths()).toEqual(design.wordLengthPattern);
        for (let a = 0; a < k; a++)
          for (let b = a; b < k; b++) {
            const effect = a === b ? [a] : [a, b];
            const name = effect.map((i) => names[i]).join(":");
            const byAlgebra = algebra.aliases(effect, order).map(({ effect: other, coefficient }) => ({
              effect: other.length === 0 ? "mean" : other.map((i) => names[i]).join(":"),
              coefficient,
            }));
            expect(byAlgebra).toEqual(design.aliases(name, { order }));
            expect(algebra.confounded(effect, [effect], 2).length === 0).toBe(
              design.estimable(name, { negligible: 3 }),
            );
          }
      }),
      { numRuns: 40 },
    );
  });

  it("factor names, products and letters all name the same effect", () => {
    const design = fractionalFactorial(levels(4), ["price = hero * cta × channel"]);
    expect(design.record.generators).toEqual(["price=channel:cta:hero"]);
    expect(design.runs).toEqual(fractionalFactorial(levels(4), ["D=ABC"]).runs);
    for (const name of ["channel:cta", "cta:channel", "channel*cta", "AB"])
      expect(design.aliases(name)).toEqual([{ effect: "hero:price", coefficient: 1 }]);
  });

  it("a wrong rule is seen: words are sums modulo two, not unions", () => {
    const design = fractionalFactorial(twoLevels(5), ["D=AB", "E=AC"]);
    expect(design.definingRelation).toContain("B:C:D:E");
    expect(design.definingRelation).not.toContain("A:B:C:D:E");
  });

  it("an effect asked for twice, or in another order, is one effect", () => {
    const design = fractionalFactorial(levels(4), ["D=ABC"]);
    const once = design.columns(["channel", "channel:cta"], { negligible: 1 });
    expect(design.columns(["channel", "channel:cta", "A", "BA"], { negligible: 1 })).toEqual(once);
  });

  it("columns are what the effects' names say, and orthogonal", () => {
    const design = fractionalFactorial(twoLevels(5), ["E=ABCD"]);
    const { rows, columns, variants } = design.columns(design.estimableEffects());
    expect(columns).toHaveLength(15);
    expect(variants[0]).toBe("A=-,B=-,C=-,D=-,E=+");
    rows.forEach((row, r) => {
      columns.forEach(({ levels: at }, c) => {
        const sign = Object.keys(at).reduce(
          (s, name) => s * (design.variants[variants[r]!]![name] === "+" ? 1 : -1),
          1,
        );
        expect(row[c]).toBe(sign);
      });
    });
    expect(design.efficiency(design.estimableEffects())).toBeCloseTo(1, 10);
  });
});

describe("edges", () => {
  it("an aliased effect is refused, its alias named", () => {
    const design = fractionalFactorial(
      { hero: ["A", "B"], cta: ["x", "y"], channel: ["m", "n"], price: [1, 2] },
      ["price=hero:cta:channel"],
    );
    const run = () => design.columns(["hero", "hero:cta", "channel:price"]);
    expect(run).toThrow("cannot be distinguished from channel:price in this design");
    expect(problemsOf(run)).toEqual([
      ["aliased_effect", "effects.1"],
      ["aliased_effect", "effects.2"],
    ]);
    expect(design.columns(["hero", "hero:cta"], { negligible: 1 }).columns).toHaveLength(2);
  });

  it.each([
    [["D=ABC", "E=XY"], [["unknown_factor", "generators.1"]]],
    [["D"], [["bad_generator", "generators.0"]]],
    [["D=A"], [["bad_generator", "generators.0"]]],
    [["DE=AB"], [["bad_generator", "generators.0"]]],
    [["D=AA"], [["unknown_factor", "generators.0"]]],
    [["D=AB", "D=AC"], [["bad_generator", "generators.1"]]],
    [["D=AB", "E=AD"], [["bad_generator", "generators.1"]]],
    [["D=AB", "E=AB"], [["aliased_effect", "generators.1"]]],
    [[], [["wrong_type", "generators"]]],
    ["D=ABC", [["wrong_type", "generators"]]],
    [[7], [["bad_generator", "generators.0"]]],
  ] as [string[], string[][]][])("generators %j", (generators, problems) => {
    expect(problemsOf(() => fractionalFactorial(twoLevels(5), generators))).toEqual(problems);
  });

  it("factors of more than two levels, too many factors, too many runs", () => {
    const three = { ...twoLevels(3), D: ["a", "b", "c"], E: ["a", "b", "c", "d"] };
    expect(problemsOf(() => fractionalFactorial(three, ["C=AB"]))).toEqual([
      ["not_two_levels", "factors.D"],
      ["not_two_levels", "factors.E"],
    ]);
    expect(problemsOf(() => fractionalFactorial(twoLevels(25), ["C=AB"]))).toEqual([
      ["too_many_factors", "factors"],
    ]);
    expect(problemsOf(() => fractionalFactorial(twoLevels(14), ["C=AB"]))).toEqual([
      ["too_many_runs", "factors"],
    ]);
    expect(problemsOf(() => fullFactorial(twoLevels(13)))).toEqual([["too_many_runs", "factors"]]);
  });

  it("effects and orders that do not exist", () => {
    const design = fractionalFactorial(twoLevels(4), ["D=ABC"]);
    expect(problemsOf(() => design.columns(["A", "Q", ""]))).toEqual([
      ["unknown_factor", "effects.1"],
      ["unknown_factor", "effects.2"],
    ]);
    expect(problemsOf(() => design.aliases("Z"))).toEqual([["unknown_factor", "effect"]]);
    expect(problemsOf(() => design.aliases("A", { order: 0 }))).toEqual([["out_of_range", "order"]]);
    expect(problemsOf(() => design.estimable("A", { negligible: 0 }))).toEqual([
      ["out_of_range", "negligible"],
    ]);
    expect(problemsOf(() => design.estimableEffects(Number.NaN))).toEqual([["not_finite", "order"]]);
  });
});
