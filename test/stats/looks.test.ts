import { describe, expect, it } from "vitest";
import { chiSquareSurvival, normalSurvival, normalSurvivalQuantile } from "../../src/distributions/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { groupSequentialDesign, repeatedPValue } from "../../src/stats/index.js";
import { type LookRuleName, type LookSettings, lookRules } from "../../src/stats/looks/index.js";
import { cases } from "./reference.js";

const settings: LookSettings = {
  ...{ level: 0.95, fraction: 0.5, before: [0.25], looks: 4 },
  spending: { type: "obrien-fleming" },
};
const names = Object.keys(lookRules) as LookRuleName[];
const grid = [1e-9, 1e-6, 1e-4, 0.002, 0.01, 0.05, 0.2, 0.7];

describe.each(names)("the rule %s", (name) => {
  const rule = lookRules[name](settings);

  it("is one test: an interval leaves out what its p-value refuses", () => {
    for (const level of [0.5, 0.8, 0.95, 0.975, 0.999])
      expect(rule.pValueOf(1 - rule.levelOf(level))).toBeCloseTo(1 - level, 6);
  });

  it("has p-values that rise with those of the look alone, and never lie below them", () => {
    const found = grid.map((p) => rule.pValueOf(p));
    found.forEach((p, at) => {
      expect(p).toBeGreaterThanOrEqual(grid[at] as number);
      expect(p).toBeLessThanOrEqual(1);
      if (at > 0) expect(p).toBeGreaterThanOrEqual(found[at - 1] as number);
    });
    expect(rule.pValueOf(0)).toBe(0);
    expect(rule.pValueOf(1)).toBe(1);
  });

  it("has levels that rise and never lie below the level asked for", () => {
    let before = 0;
    for (const level of [0.1, 0.5, 0.9, 0.95, 0.99, 0.9999]) {
      const own = rule.levelOf(level);
      expect(own).toBeGreaterThanOrEqual(Math.max(level, before));
      before = own;
    }
  });

  it("tests several contrasts at once no more lightly than they are", () => {
    for (const df of [1, 2, 5, 20]) {
      const found = grid.map((p) => rule.pValueOf(p, { df }));
      found.forEach((p, at) => {
        expect(p).toBeGreaterThanOrEqual((grid[at] as number) * (1 - 1e-9));
        if (at > 0) expect(p).toBeGreaterThanOrEqual(found[at - 1] as number);
      });
    }
  });

  it("says nothing at a look that is too early, instead of something false", () => {
    const early = lookRules[name]({ ...settings, fraction: 1e-4, before: [] });
    expect(early.levelOf(0.95)).toBeLessThanOrEqual(1);
    expect(early.pValueOf(1e-12)).toBeLessThanOrEqual(1);
  });
});

/** How often a rule refuses a null at any of its looks; χ² of df contrasts. */
function falseRate(name: LookRuleName, looks: number, df: number, runs: number): number {
  const source = randomSource(`looks ${name} ${looks} ${df}`);
  const rules = Array.from({ length: looks }, (_, at) =>
    lookRules[name]({
      ...{ level: 0.95, looks, fraction: (at + 1) / looks },
      before: Array.from({ length: at }, (_, i) => (i + 1) / looks),
      spending: { type: "obrien-fleming" },
    }),
  );
  // At each look the deviate, or the χ², that is refused.
  const limits = rules.map((rule) => {
    let [low, high] = [0, 1];
    for (let i = 0; i < 60; i++) {
      const middle = Math.sqrt((low || 1e-300) * high);
      if (rule.pValueOf(middle, { df }) < 0.05) low = middle;
      else high = middle;
    }
    return low;
  });
  let wrong = 0;
  for (let run = 0; run < runs; run++) {
    const sums = new Float64Array(df);
    for (let look = 1; look <= looks; look++) {
      let square = 0;
      for (let i = 0; i < df; i++) {
        sums[i] = (sums[i] as number) + sampleNormal(source);
        square += ((sums[i] as number) * (sums[i] as number)) / look;
      }
      const p = df === 1 ? 2 * normalSurvival(Math.sqrt(square)) : chiSquareSurvival(square, df);
      if (p < (limits[look - 1] as number)) {
        wrong++;
        break;
      }
    }
  }
  return wrong / runs;
}

describe("over all looks", () => {
  const runs = 2000;
  const error = 3 * Math.sqrt((0.05 * 0.95) / runs);

  it.each(
    (["always-valid", "alpha-spending", "equal-shares"] as const).flatMap((name) =>
      [1, 4].map((df) => [name, df] as const),
    ),
  )("%s refuses a null of %d contrasts in at most 5 % of 20-look experiments", (name, df) => {
    expect(falseRate(name, 20, df, runs)).toBeLessThan(0.05 + error);
  });

  it("alpha spending uses all of its error on one contrast; always-valid holds for 200 looks", () => {
    expect(falseRate("alpha-spending", 20, 1, runs)).toBeGreaterThan(0.05 - error);
    expect(falseRate("always-valid", 200, 1, runs)).toBeLessThan(0.05);
    // The wrong version reads each look alone.
    expect(falseRate("one-look", 20, 1, runs)).toBeGreaterThan(0.2);
  });
});

describe("alpha spending", () => {
  it("has the design's boundaries at the plan's level, whatever the spending", () => {
    const looks = [0.2, 0.5, 0.8, 1];
    for (const spending of [
      { type: "obrien-fleming" },
      { type: "pocock" },
      { type: "kim-demets", rho: 2 },
      { type: "hwang-shih-decani", gamma: -4 },
    ] as const) {
      const { upper } = groupSequentialDesign({ looks, spending });
      looks.forEach((fraction, at) => {
        const rule = lookRules["alpha-spending"]({
          ...settings,
          ...{ fraction, before: looks.slice(0, at), spending },
        });
        expect(rule.levelOf(0.95)).toBeCloseTo(1 - 2 * normalSurvival(upper[at] as number), 9);
      });
    }
  });

  it("has the p-value of `repeatedPValue` at one look after others, within half a per cent", () => {
    const rule = lookRules["alpha-spending"]({ ...settings, fraction: 0.75, before: [0.25, 0.5] });
    for (const z of [1.5, 2, 2.36, 3, 4, 5]) {
      const looks = [
        { fraction: 0.25, z: 0 },
        { fraction: 0.5, z: 0 },
        { fraction: 0.75, z },
      ];
      const exact = repeatedPValue({ looks: 4 }, looks);
      expect(rule.pValueOf(2 * normalSurvival(z)) / exact).toBeCloseTo(1, 2);
    }
  });
});

describe("a planned effect", () => {
  it("is found sooner where it is there, and costs at most a factor of four where it is not", () => {
    const rule = lookRules["always-valid"]({ ...settings, fraction: 1, before: [] });
    const p = 2 * normalSurvival(3);
    expect(rule.pValueOf(p, { effect: 3 })).toBeLessThan(0.5 * rule.pValueOf(p));
    for (const other of [1e-6, 0.001, 0.01])
      expect(rule.pValueOf(other, { effect: 12 })).toBeLessThanOrEqual(4 * rule.pValueOf(other) * (1 + 1e-9));
  });
});

describe("futility", () => {
  const z = (level: number) => normalSurvivalQuantile((1 - level) / 2);
  const designs = cases("group-sequential", "design").filter(({ input }) => input.futility);

  it.each(designs)("$id: gives up, and where that binds shows, as rpact does", ({ input, expected }) => {
    const { looks, level = 0.95, power = 0.8, spending = { type: "obrien-fleming" } as const } = input;
    const { binding = false, spending: missing = { type: "hwang-shih-decani", gamma: -2 } as const } =
      input.futility;
    const futility = { spending: missing, binding, power, error: 1 - level, fractions: looks };
    looks.forEach((fraction: number, at: number) => {
      const rule = lookRules["alpha-spending"]({
        ...{ level: 1 - 2 * (1 - level), fraction, before: looks.slice(0, at), looks: 4, spending, futility },
      });
      expect(rule.futility?.below).toBeCloseTo(expected.lower[at], 5);
      expect(rule.futility?.binding).toBe(binding);
      expect(z(rule.levelOf(1 - 2 * (1 - level), { gain: true }))).toBeCloseTo(expected.upper[at], 3);
      // What cannot be given up is read as if there were no futility.
      const plain = lookRules["alpha-spending"]({
        ...{ level: 1 - 2 * (1 - level), fraction, before: looks.slice(0, at), looks: 4, spending },
      });
      expect(rule.levelOf(0.9)).toBe(plain.levelOf(0.9));
      expect(rule.pValueOf(0.03)).toBe(plain.pValueOf(0.03));
    });
  });

  it("that binds is one test: an interval leaves out what its p-value refuses", () => {
    const futility = {
      spending: { type: "hwang-shih-decani", gamma: -2 },
      ...{ binding: true, power: 0.8, error: 0.025, fractions: [0.25, 0.5, 0.75, 1] },
    } as const;
    const rule = lookRules["alpha-spending"]({
      ...settings,
      fraction: 1,
      before: [0.25, 0.5, 0.75],
      futility,
    });
    for (const level of [0.5, 0.8, 0.95, 0.975, 0.999])
      expect(rule.pValueOf(1 - rule.levelOf(level, { gain: true }), { gain: true })).toBeCloseTo(
        1 - level,
        6,
      );
    expect(rule.pValueOf(0.045, { gain: true })).toBeLessThan(rule.pValueOf(0.045));
  });
});
