import type { ExperimentError } from "essai";
import { fullFactorial, optimalDesign } from "essai/designs";
import { randomSource } from "essai/random";
import { describe, expect, it } from "vitest";
import { reference, twoLevels } from "./two-levels.js";

const factorsOf = (levels: readonly number[]) =>
  Object.fromEntries(levels.map((count, i) => [`f-${i}`, Array.from({ length: count }, (_, l) => l)]));

describe("D-optimal subsets against trying all of them with numpy", () => {
  it.each(reference.optimal)(
    "$runs runs of $levels without $forbid",
    ({ levels, forbid, runs, effects, efficiency }) => {
      const forbidden = forbid.map((part) => Object.fromEntries(part.map(([f, level]) => [`f-${f}`, level])));
      const design = optimalDesign(factorsOf(levels), {
        runs,
        random: randomSource("best"),
        effects: effects.map((effect) => effect.map((f) => `f-${f}`).join(":")),
        forbid: forbidden,
      });
      expect(design.efficiency()).toBeCloseTo(efficiency, 7);
      expect(new Set(design.runs.map(String)).size).toBe(runs);
      const broken = design.runs.filter((run) =>
        forbid.some((part) => part.every(([f, level]) => run[f] === level)),
      );
      expect(broken).toEqual([]);
    },
  );

  it("of one factor with two levels can have two runs", () => {
    const design = optimalDesign({ a: [0, 1] }, { runs: 2, random: randomSource(1) });
    expect(design.runs.map(String).sort()).toEqual(["0", "1"]);
  });

  it("a wrong search is seen: the best of ten random subsets stays below", () => {
    const { levels, runs, efficiency } = reference.optimal[2]!;
    const random = randomSource(3);
    const all = fullFactorial(factorsOf(levels)).runs;
    const ofSubset = () => {
      const chosen = [...all].map((run) => ({ run, at: random.next() })).sort((a, b) => a.at - b.at);
      const kept = new Set(chosen.slice(0, runs).map(({ run }) => run.join()));
      return fullFactorial(factorsOf(levels), {
        forbid: (combination) => !kept.has(Object.values(combination).join()),
      }).efficiency();
    };
    expect(Math.max(...Array.from({ length: 10 }, ofSubset))).toBeLessThan(efficiency - 1e-4);
  });
});

describe("laws", () => {
  const factors = { hero: ["A", "B", "C"], cta: ["x", "y", "z"], channel: ["web", "mail"] } as const;

  it("the same seed gives the same design", () => {
    const once = () => optimalDesign(factors, { runs: 9, random: randomSource("s") }).runs;
    expect(once()).toEqual(once());
  });

  it("finds an orthogonal fraction where there is one", () => {
    const design = optimalDesign(twoLevels(5), {
      runs: 16,
      random: randomSource(1),
      effects: ["A", "B", "C", "D", "E", "AB", "CD"],
    });
    expect(design.efficiency()).toBeCloseTo(1, 9);
  });

  it("estimates the effects it was made for, and tells what they pick up of others", () => {
    const forbid = [
      { hero: "B", cta: "y" },
      { hero: "C", channel: "mail" },
    ] as const;
    const design = optimalDesign(factors, { runs: 9, random: randomSource(7), forbid });
    expect(design.estimable(["hero", "cta", "channel"])).toBe(true);
    expect(design.columns(["hero", "cta", "channel"]).columns).toHaveLength(5);
    expect(design.aliases("hero").every(({ effect }) => effect.includes(":"))).toBe(true);
    expect(design.estimable("hero:channel")).toBe(false);
  });

  it("a predicate forbids as parts do", () => {
    const random = () => randomSource(2);
    const parts = optimalDesign(factors, { runs: 8, random: random(), forbid: [{ hero: "B", cta: "y" }] });
    const predicate = optimalDesign(factors, {
      runs: 8,
      random: random(),
      forbid: ({ hero, cta }) => hero === "B" && cta === "y",
    });
    expect(predicate.runs).toEqual(parts.runs);
  });
});

describe("edges", () => {
  const random = randomSource(1);
  const factors = { a: [1, 2], b: [1, 2, 3] } as const;
  const thrown = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      return (error as ExperimentError).problems.map(({ code, path }) => [code, path.join(".")]);
    }
    return undefined;
  };

  it.each([
    [{ runs: 3 }, [["too_few_runs", "runs"]]],
    [{ runs: 7 }, [["out_of_range", "runs"]]],
    [{ runs: 4.5 }, [["out_of_range", "runs"]]],
    [{ runs: 5, starts: 0 }, [["out_of_range", "starts"]]],
    [{ runs: 5, effects: ["a", "q"] }, [["unknown_factor", "effects.1"]]],
    [{ runs: 5, forbid: [{ a: 1 }] }, [["no_combination_left", "forbid"]]],
    [{ runs: 5, forbid: [{}] }, [["wrong_type", "forbid.0"]]],
    [
      { runs: 5, forbid: [{ a: 9, q: 1 }] },
      [
        ["not_a_combination", "forbid.0.a"],
        ["unknown_factor", "forbid.0.q"],
      ],
    ],
    [{ runs: 4, effects: ["a", "b", "a:b"], forbid: [{ a: 1, b: 2 }] }, [["aliased_effect", "effects.2"]]],
  ] as const)("%j", (options, problems) => {
    // biome-ignore lint/suspicious/noExplicitAny: what the types refuse is to be refused at run time too
    expect(thrown(() => optimalDesign(factors, { random, ...options } as any))).toEqual(problems);
  });
});
