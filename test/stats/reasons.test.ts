import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import type { Moments } from "../../src/core/moments.js";
import { ExperimentError } from "../../src/errors/index.js";
import { type Reasons, reasonsForDifference } from "../../src/stats/index.js";
import { readReasons } from "../../src/stats/reasons/index.js";
import { cases, near } from "./reference.js";

const ok = (estimate: Estimate) => {
  if (estimate.status !== "ok") throw new Error(estimate.reason);
  return estimate;
};
const split = (found: Reasons) => {
  if (found.status !== "ok") throw new Error(found.reason);
  return found;
};
const names = ["buyers", "orders", "revenue"];
const arm = (mean: readonly number[], n = 1000): Moments => ({
  ...{ n, names, mean },
  comoment: [0.09 * n, 0.12 * n, 0.25 * n, 3 * n, 5 * n, 150 * n],
});
const [control, treatment] = [arm([0.1, 0.15, 4.5]), arm([0.12, 0.17, 5.6], 3000)];
const partsOf = (a: Moments, b: Moments) =>
  split(reasonsForDifference(a, b)).reasons.map(({ contribution }) => ok(contribution));

describe("reference", () => {
  it.each(cases("reasons"))("$id", ({ input, expected, rtol }) => {
    const parts = partsOf(input.control, input.treatment);
    parts.forEach(({ value, standardError }, i) => {
      near(value, expected.parts[i], rtol);
      near(standardError, expected.errors[i], rtol);
    });
  });
});

describe("laws", () => {
  it("the parts add up to the difference", () => {
    const { reasons, difference } = split(reasonsForDifference(control, treatment));
    near(
      reasons.reduce((sum, { contribution }) => sum + ok(contribution).value, 0),
      ok(difference).value,
      1e-12,
    );
    near(ok(difference).value, 5.6 - 4.5, 1e-12);
  });

  it("the factors multiply to the means", () => {
    const { reasons } = split(reasonsForDifference(control, treatment));
    for (const side of [0, 1] as const)
      near(
        reasons.reduce((product, { values }) => product * values[side], 1),
        side === 0 ? 4.5 : 5.6,
        1e-12,
      );
  });

  it("swapping the arms negates each part and keeps its error", () => {
    const [forth, back] = [partsOf(control, treatment), partsOf(treatment, control)];
    forth.forEach((part, i) => {
      near(part.value, -(back[i]?.value ?? 0), 1e-12);
      near(part.standardError, back[i]?.standardError ?? 0, 1e-12);
    });
  });

  it("another unit of money scales the parts and leaves the p-values", () => {
    const inCents = (moments: Moments): Moments => ({
      ...moments,
      mean: moments.mean.map((each, i) => (i === 2 ? 100 * each : each)),
      comoment: moments.comoment.map((each, i) => each * [1, 1, 1, 100, 100, 10_000][i]!),
    });
    const [plain, scaled] = [partsOf(control, treatment), partsOf(inCents(control), inCents(treatment))];
    plain.forEach((part, i) => {
      near(scaled[i]?.value, 100 * part.value, 1e-9);
      near(scaled[i]?.pValue, part.pValue, 1e-9);
    });
  });

  it("is smooth where both means are the same, and zero where nothing differs", () => {
    const [same, almost] = [partsOf(control, control), partsOf(control, arm([0.1, 0.15, 4.5 * (1 + 1e-7)]))];
    for (const { value } of same) expect(value).toBe(0);
    same.forEach(({ standardError }, i) => {
      near(almost[i]?.standardError, standardError, 1e-6);
    });
    const [below, above] = [0.99e-4, 1.01e-4].map((u) =>
      partsOf(control, arm([0.1, 0.15, 4.5 * Math.exp(u)])),
    );
    near(above?.[2]?.standardError, below?.[2]?.standardError ?? 0, 1e-5);
  });

  it("averages strata by their share of the units", () => {
    const strata = [
      { control, treatment },
      { control: arm([0.2, 0.3, 9], 2000), treatment: arm([0.2, 0.33, 9.5], 2000) },
    ];
    const each = strata.map(({ control, treatment }) => partsOf(control, treatment));
    const together = split(readReasons(strata)({}));
    together.reasons.forEach(({ contribution }, i) => {
      near(ok(contribution).value, 0.5 * each[0]![i]!.value + 0.5 * each[1]![i]!.value, 1e-12);
    });
    near(ok(together.difference).value, 0.5 * 1.1 + 0.5 * 0.5, 1e-12);
  });

  it("leaves its input as it was", () => {
    const before = JSON.stringify([control, treatment]);
    partsOf(control, treatment);
    expect(JSON.stringify([control, treatment])).toBe(before);
  });
});

describe("edges", () => {
  const refused = (call: () => unknown) => {
    try {
      call();
    } catch (error) {
      if (error instanceof ExperimentError)
        return error.problems.map(({ code, path }) => `${code} ${path.join(".")}`);
    }
    return [];
  };

  it.each([
    ["nobody buys", [0, 0, 0]],
    ["more came back than was sold", [0.1, 0.15, -1]],
  ])("says why where %s on a side", (_, mean) => {
    for (const found of [
      reasonsForDifference(arm(mean), treatment),
      reasonsForDifference(control, arm(mean)),
    ])
      expect(found).toEqual({
        status: "undefined",
        reason: "a step of the amount is zero or negative on a side, so the difference cannot be split",
      });
  });

  it("refuses what is not two arms of the same steps", () => {
    const one = { n: 10, names: ["revenue"], mean: [1], comoment: [1] };
    expect(refused(() => reasonsForDifference(one, treatment))).toEqual(["insufficient_data control.names"]);
    expect(refused(() => reasonsForDifference(control, arm([0.1, 0.1, 1], 1)))).toEqual([
      "insufficient_data treatment.n",
    ]);
    expect(
      refused(() => reasonsForDifference(control, { ...treatment, names: ["orders", "buyers", "revenue"] })),
    ).toEqual(["mismatched_names treatment.names"]);
    expect(refused(() => reasonsForDifference(control, treatment, { level: 1 }))).toEqual([
      "out_of_range options.level",
    ]);
    expect(refused(() => reasonsForDifference(control, treatment, { lvl: 0.9 } as never))).toEqual([
      "unknown_key options.lvl",
    ]);
  });

  it("takes a level and an alternative", () => {
    const wide = split(reasonsForDifference(control, treatment, { level: 0.99 }));
    const one = split(reasonsForDifference(control, treatment, { alternative: "greater" }));
    expect(ok(wide.difference).interval[0]).toBeLessThan(
      ok(split(reasonsForDifference(control, treatment)).difference).interval[0],
    );
    expect(ok(one.difference).interval[1]).toBe(Number.POSITIVE_INFINITY);
  });

  it("differs from the split that fixes the others at control's: those parts do not add up", () => {
    const found = partsOf(control, treatment).map(({ value }) => value);
    const naive = [
      (0.12 - 0.1) * (4.5 / 0.1),
      0.1 * (0.17 / 0.12 - 0.15 / 0.1) * (4.5 / 0.15),
      0.15 * (5.6 / 0.17 - 4.5 / 0.15),
    ];
    expect(Math.abs(naive.reduce((a, b) => a + b, 0) - 1.1)).toBeGreaterThan(0.005);
    expect(Math.abs(found.reduce((a, b) => a + b, 0) - 1.1)).toBeLessThan(1e-12);
  });
});
