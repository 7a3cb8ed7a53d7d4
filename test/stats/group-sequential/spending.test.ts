import { describe, expect, it } from "vitest";
import {
  type SpendingFunction,
  spendingFunctions,
} from "../../../src/stats/group-sequential/spending/index.js";
import { groupSequentialDesign, type Spending } from "../../../src/stats/index.js";

/** Each member with settings to try; a member without an entry does not compile. */
const tried = {
  "obrien-fleming": [{}],
  pocock: [{}],
  "hwang-shih-decani": [{ gamma: -4 }, { gamma: 0 }, { gamma: 1e-9 }, { gamma: 40 }],
  "kim-demets": [{ rho: 0.3 }, { rho: 3 }, { rho: 50 }],
} as const satisfies Record<keyof typeof spendingFunctions, readonly object[]>;

describe.each(Object.keys(tried) as (keyof typeof tried)[])("%s", (type) => {
  const { spent } = spendingFunctions[type] as SpendingFunction<object>;

  it.each(tried[type])("%o spends from nothing to all, and never takes back", (settings) => {
    for (const error of [1e-6, 0.025, 0.5]) {
      expect(spent(error, 0, settings)).toBe(0);
      expect(spent(error, 1, settings)).toBe(error);
      let before = 0;
      for (let t = 1e-4; t <= 1; t += 0.01) {
        const now = spent(error, t, settings);
        expect(now).toBeGreaterThanOrEqual(before);
        expect(now).toBeLessThanOrEqual(error);
        before = now;
      }
    }
  });

  it.each(tried[type])("%o makes a plan whose last look spends the rest", (settings) => {
    const { spent: cumulative } = groupSequentialDesign({
      looks: 3,
      spending: { type, ...settings } as Spending,
    });
    expect(cumulative.at(-1)).toBeCloseTo(0.025, 15);
  });
});

describe("laws", () => {
  it("an even Hwang–Shih–DeCani is Kim–DeMets with exponent 1, and a small γ is near it", () => {
    const even = spendingFunctions["kim-demets"].spent(0.025, 0.3, { rho: 1 });
    expect(spendingFunctions["hwang-shih-decani"].spent(0.025, 0.3, { gamma: 0 })).toBeCloseTo(even, 15);
    expect(spendingFunctions["hwang-shih-decani"].spent(0.025, 0.3, { gamma: 1e-9 })).toBeCloseTo(even, 10);
  });
});
