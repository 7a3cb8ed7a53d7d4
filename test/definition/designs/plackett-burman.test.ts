import type { ExperimentError } from "essai";
import { plackettBurman } from "essai/designs";
import { describe, expect, it } from "vitest";
import { reference, twoLevels } from "./two-levels.js";

const letters = Object.keys(twoLevels(23));

describe("Plackett–Burman designs against least squares with numpy", () => {
  it.each(reference.plackettBurman)("$runs runs: aliases of the first factor", ({ runs, aliasesOfFirst }) => {
    const design = plackettBurman(twoLevels(runs - 1));
    expect(design.runs).toHaveLength(runs);
    const aliases = design.aliases("A");
    expect(aliases.map(({ effect }) => effect)).toEqual(
      aliasesOfFirst.map(({ pair }) => pair.map((i) => letters[i]).join(":")),
    );
    aliases.forEach(({ coefficient }, i) => {
      expect(coefficient).toBeCloseTo(aliasesOfFirst[i]!.coefficient, 8);
    });
    expect(design.efficiency()).toBeCloseTo(1, 10);
  });

  it.each(reference.plackettBurman)("$runs runs: word lengths", ({ runs, wordLengthsOfFirst }) => {
    const design = plackettBurman(twoLevels(wordLengthsOfFirst.factors), { runs });
    wordLengthsOfFirst.wordLengths.forEach((words, length) => {
      expect(design.wordLengthPattern[length]).toBeCloseTo(words, 7);
    });
  });
});

describe("PB-4, a half fraction", () => {
  it("the interaction of all three is the mean, and says so", () => {
    const design = plackettBurman(twoLevels(3));
    const [{ effect, coefficient } = { effect: "", coefficient: 0 }, ...more] = design.aliases("ABC", {
      order: 3,
    });
    expect([effect, Math.abs(coefficient), more]).toEqual(["mean", 1, []]);
    expect(design.estimable("ABC")).toBe(false);
    expect(() => design.columns(["ABC"])).toThrow(
      /cannot be distinguished from -?mean in this design \(received "A:B:C"\)/,
    );
    expect(design.aliases("A")).toEqual([{ effect: "B:C", coefficient }]);
  });
});

describe("PB-12", () => {
  const design = plackettBurman(twoLevels(11));

  it.each([...letters.slice(0, 11)])(
    "main effect %s is aliased by a third with every interaction it is not in, and with no other",
    (name) => {
      const aliases = design.aliases(name);
      expect(aliases).toHaveLength(45);
      expect(aliases.some(({ effect }) => effect.split(":").includes(name))).toBe(false);
      for (const { coefficient } of aliases) expect(Math.abs(coefficient)).toBe(1 / 3);
    },
  );

  it("estimates main effects, and refuses interactions beside all of them, naming the shares", () => {
    expect(design.estimableEffects(1)).toHaveLength(11);
    expect(design.estimableEffects(2)).toEqual([]);
    expect(() => design.columns(["A", "AB"])).toThrow(/cannot be distinguished from -1\/3 C - 1\/3 D/);
  });

  it("any four factors: all main effects and interactions of two can be estimated (hidden projection)", () => {
    const four = plackettBurman(twoLevels(4), { runs: 12 });
    expect(reference.projectionsOfPb12.rank).toBe(11);
    expect(four.estimableEffects(2)).toHaveLength(10);
    expect(four.efficiency(four.estimableEffects(2))).toBeCloseTo(
      reference.projectionsOfPb12.efficiencies[0]!,
      8,
    );
  });

  it("a repeated combination is one variant with a double share", () => {
    const four = plackettBurman(twoLevels(4), { runs: 12 });
    expect(Object.values(four.allocation).filter((share) => share > 0.1)).toEqual([1 / 6]);
    expect(Object.values(four.allocation).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });
});

describe("edges", () => {
  const thrown = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      const { code, path } = error as ExperimentError;
      return [code, path.join(".")];
    }
    return undefined;
  };

  it("refuses what it cannot hold", () => {
    expect(thrown(() => plackettBurman(twoLevels(24)))).toEqual(["too_many_factors", "factors"]);
    expect(thrown(() => plackettBurman(twoLevels(12), { runs: 12 }))).toEqual([
      "too_many_factors",
      "factors",
    ]);
    expect(thrown(() => plackettBurman(twoLevels(5), { runs: 10 as 12 }))).toEqual(["no_such_size", "runs"]);
    expect(thrown(() => plackettBurman({ A: ["1", "2", "3"] }))).toEqual(["not_two_levels", "factors.A"]);
  });
});
