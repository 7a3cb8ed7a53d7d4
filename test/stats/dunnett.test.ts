import { describe, expect, it } from "vitest";
import { normalSurvivalQuantile } from "../../src/distributions/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { errorOfEach, errorTogether, firstError, sharedCorrelation } from "../../src/stats/dunnett/index.js";
import { groupSequentialDesign, powerForDecision, sampleSizeForDecision } from "../../src/stats/index.js";
import { ALIKE } from "../../src/stats/looks/index.js";

describe("reference", () => {
  // Dunnett (1955), Table 1a and its two-sided neighbours, infinite degrees of freedom, equal arms: one-sided points.
  it.each([
    [0.05, 2, 1.92],
    [0.05, 3, 2.06],
    [0.05, 4, 2.16],
    [0.05, 5, 2.23],
    [0.05, 9, 2.42],
    [0.01, 2, 2.56],
    [0.01, 5, 2.84],
  ] as const)("at %d, %d treatments: %d", (error, count, point) => {
    expect(normalSurvivalQuantile(errorOfEach(error, count, 0.5))).toBeCloseTo(point, 1.9);
  });
});

describe("laws", () => {
  it("one treatment keeps its error; independent ones have Šidák's", () => {
    expect(errorTogether(0.01, 1, 0.5)).toBeCloseTo(0.01, 12);
    expect(errorTogether(0.01, 4, 0)).toBeCloseTo(1 - 0.99 ** 4, 12);
    expect(errorTogether(0.01, 4, 1e-9)).toBeCloseTo(1 - 0.99 ** 4, 5);
  });

  it("the more alike, the less they err together, and never less than one of them", () => {
    const found = [0, 0.2, 0.5, 0.8, 0.99].map((each) => errorTogether(0.01, 3, each));
    expect([...found].sort((a, b) => b - a)).toEqual(found);
    expect(found.at(-1)).toBeGreaterThan(0.01);
  });

  it("each and together are one another's inverse", () => {
    for (const error of [1e-6, 0.025, 0.4])
      expect(errorTogether(errorOfEach(error, 5, 0.3), 5, 0.3) / error).toBeCloseTo(1, 8);
  });

  it("asks less than Holm's first step, and as much for one treatment", () => {
    const family = { goals: 2, treatments: 3, correlation: 0.5 };
    expect(firstError(0.025, "dunnett", family)).toBeGreaterThan(1.09 * firstError(0.025, "holm", family));
    expect(firstError(0.025, "dunnett", { ...family, treatments: 1 })).toBeCloseTo(0.0125, 12);
  });
});

it("over several looks some treatment passes falsely no more often than planned, Pocock's looks included", () => {
  const [runs, looks, count] = [40_000, 5, 4];
  const own = errorOfEach(0.025, count, ALIKE * sharedCorrelation(1));
  const { upper } = groupSequentialDesign({
    ...{ looks, level: 1 - own, alternative: "greater", spending: { type: "pocock" } },
  });
  const source = randomSource("dunnett");
  let [passed, shared] = [0, 0];
  // The named wrong version: each treatment at the whole error.
  const { upper: wrong } = groupSequentialDesign({
    ...{ looks, level: 0.975, alternative: "greater", spending: { type: "pocock" } },
  });
  for (let run = 0; run < runs; run++) {
    const sums = Array.from({ length: count }, () => 0);
    let [any, some] = [false, false];
    for (let look = 0; look < looks; look++) {
      const control = sampleNormal(source);
      sums.forEach((sum, at) => {
        sums[at] = sum + Math.SQRT1_2 * (control + sampleNormal(source));
        const z = (sums[at] ?? 0) / Math.sqrt(look + 1);
        any ||= z >= (upper[look] ?? 0);
        some ||= z >= (wrong[look] ?? 0);
      });
    }
    if (any) passed++;
    if (some) shared++;
  }
  const error = Math.sqrt((0.025 * 0.975) / runs);
  expect(passed / runs).toBeLessThan(0.025 + 3 * error);
  expect(passed / runs).toBeGreaterThan(0.022);
  expect(shared / runs).toBeGreaterThan(0.06);
});

it("a plan of several treatments needs fewer units by it than by Holm, over one look and over five", () => {
  const order = { key: "order", role: "goal", baseline: 0.1, lift: 0.1 } as const;
  for (const looks of [1, 5]) {
    const plan = { metrics: [order], treatments: 4, looks } as const;
    const [holm, dunnett] = [plan, { ...plan, correction: "dunnett" as const }].map((each) =>
      sampleSizeForDecision(each),
    );
    expect(dunnett?.control).toBeLessThan(holm?.control ?? 0);
    expect(powerForDecision({ ...plan, correction: "dunnett" }, dunnett?.control ?? 1).power).toBeCloseTo(
      0.8,
      3,
    );
  }
});
