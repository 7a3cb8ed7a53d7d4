import { describe, expect, it } from "vitest";
import { normalSurvival } from "../../../src/distributions/index.js";
import {
  crossingProbabilities,
  groupSequentialDesign,
  type SequentialPlan,
  type Spending,
} from "../../../src/stats/index.js";
import { cases, near } from "../reference.js";

const spendingOf = (type: string, parameter?: number): Spending => {
  if (type === "power") return { type: "kim-demets", rho: parameter ?? 0 };
  if (type === "hwangShihDeCani") return { type: "hwang-shih-decani", gamma: parameter ?? 0 };
  return { type: type === "lanDeMetsOBF" ? "obrien-fleming" : "pocock" };
};
const sum = (values: readonly number[]) => values.reduce((total, each) => total + each, 0);
const equal = (looks: number) => Array.from({ length: looks }, (_, i) => (i + 1) / looks);
const symmetric = (fractions: readonly number[], upper: readonly number[]) => ({
  fractions,
  upper,
  lower: upper.map((z) => -z),
});

describe("reference", () => {
  it.each(cases("group-sequential", "alphaSpendingBounds"))("$id", ({ input, expected }) => {
    const { upper, spent } = groupSequentialDesign({
      looks: input.informationFractions,
      level: 1 - input.alpha,
      alternative: input.sides === 2 ? "two-sided" : "greater",
      spending: spendingOf(input.spending, input.parameter),
    });
    upper.forEach((z, i) => {
      near(z, expected.z[i], 1e-10);
      near(spent[i]! * input.sides, expected.cumulativeAlpha[i], 1e-10);
    });
  });

  it.each(cases("group-sequential", "classicalBounds"))(
    "$id: the error of the classical boundaries",
    (each) => {
      const { input, expected } = each;
      const boundaries = symmetric(equal(input.looks), expected.z);
      near(2 * sum(crossingProbabilities(boundaries, 0).above), input.alpha, 1e-9);
    },
  );

  it.each(cases("group-sequential", "naivePeekingTypeI"))(
    "$id: the error of peeking",
    ({ input, expected }) => {
      const z = equal(input.looks).map(() => 1.959963984540054);
      near(2 * sum(crossingProbabilities(symmetric(equal(input.looks), z), 0).above), expected.typeI, 1e-10);
    },
  );

  it.each(cases("group-sequential", "groupSequentialPower"))("$id: power", ({ input, expected }) => {
    const design = groupSequentialDesign({ looks: input.informationFractions });
    const { fractions, lower, upper } = design;
    const { above, below, expectedInformation } = crossingProbabilities(
      { fractions, lower, upper },
      input.drift,
    );
    near(sum(above) + sum(below), expected.power, 1e-8);
    near(expectedInformation, expected.expectedInformation, 1e-8);
  });

  it.each(cases("group-sequential", "design"))("gsDesign: $id", ({ input, expected, rtol }) => {
    const design = groupSequentialDesign(input);
    design.upper.forEach((z, i) => {
      near(z, expected.upper[i], rtol);
    });
    expected.lower?.forEach((z: number, i: number) => {
      near(design.lower[i], z, rtol * 10);
    });
    near(design.inflation, expected.inflation, rtol);
    near(design.expectedInformation.none, expected.expectedInformation[0], rtol);
    near(design.expectedInformation.planned, expected.expectedInformation[1], rtol);
  });

  it("boundaries of Jennison & Turnbull's tables: expected information of Pocock's five looks", () => {
    // Table 2.7 (two-sided 0.05, power 0.9, five looks): inflation 1.207, and mean sample sizes of 117.8 and 68.5 % of the fixed one.
    const pocock = symmetric(
      equal(5),
      Array.from({ length: 5 }, () => 2.41313),
    );
    const drift = Math.sqrt(1.207) * (1.959964 + 1.281552);
    expect(sum(crossingProbabilities(pocock, drift).above)).toBeCloseTo(0.9, 3);
    expect(crossingProbabilities(pocock, 0).expectedInformation * 1.207).toBeCloseTo(1.178, 2);
    expect(crossingProbabilities(pocock, drift).expectedInformation * 1.207).toBeCloseTo(0.685, 2);
  });
});

describe("laws", () => {
  const looks = [0.13, 0.2, 0.71, 1];

  it("the error is spent to the last bit, at unequal looks, on either side", () => {
    for (const spending of [
      { type: "obrien-fleming" },
      { type: "pocock" },
      { type: "hwang-shih-decani", gamma: 3 },
      { type: "kim-demets", rho: 0.5 },
    ] as const) {
      const { fractions, lower, upper, spent } = groupSequentialDesign({ looks, spending });
      const { above, below } = crossingProbabilities({ fractions, lower, upper }, 0);
      above.forEach((_, i) => {
        near(sum(above.slice(0, i + 1)), spent[i]!, 1e-10);
      });
      near(sum(below), 0.025, 1e-10);
    }
  });

  it("'less' mirrors 'greater', futility included", () => {
    const plan = { looks, futility: { binding: true }, power: 0.9 } as const;
    const up = groupSequentialDesign({ ...plan, alternative: "greater" });
    const down = groupSequentialDesign({ ...plan, alternative: "less" });
    expect(down.lower).toEqual(up.upper.map((z) => -z));
    expect(down.upper).toEqual(up.lower.map((z) => -z));
    expect(down.drift).toBe(-up.drift);
  });

  it("the drift has the power that the plan asks for; futility costs some, binding less", () => {
    const drifts = [undefined, { binding: true }, { binding: false }].map((futility) => {
      const plan = { looks, alternative: "greater", power: 0.9, ...(futility ? { futility } : {}) } as const;
      const { fractions, lower, upper, drift } = groupSequentialDesign(plan);
      near(sum(crossingProbabilities({ fractions, lower, upper }, drift).above), 0.9, 1e-9);
      return drift;
    });
    expect(drifts).toEqual([...drifts].sort());
  });

  it("non-binding boundaries hold where futility is ignored, binding ones do not", () => {
    const error = (binding: boolean) => {
      const plan = { looks, alternative: "greater", futility: { binding }, power: 0.9 } as const;
      const { fractions, upper } = groupSequentialDesign(plan);
      const lower = upper.map(() => -Infinity);
      return sum(crossingProbabilities({ fractions, lower, upper }, 0).above);
    };
    near(error(false), 0.05, 1e-10);
    expect(error(true)).toBeGreaterThan(0.0505);
  });

  it("one look is the plain test", () => {
    const { upper, inflation, drift } = groupSequentialDesign({ looks: 1 });
    near(upper[0], 1.959963984540054, 1e-13);
    expect(inflation).toBeCloseTo(1, 12);
    near(drift, 1.959963984540054 + 0.8416212335729143, 1e-12);
  });

  it("wider apart, panels and points do not matter: 40 looks, every second one without a boundary", () => {
    const { fractions, upper } = groupSequentialDesign({ looks: 20, spending: { type: "pocock" } });
    const halved = fractions.flatMap((fraction) => [fraction - 0.025, fraction]);
    const mixed = upper.flatMap((z) => [Infinity, z]);
    const plain = crossingProbabilities(symmetric(fractions, upper), 1.5);
    const doubled = crossingProbabilities(symmetric(halved, mixed), 1.5);
    near(sum(doubled.above), sum(plain.above), 1e-11);
  });

  it("nearly the same look twice", () => {
    const { upper, spent } = groupSequentialDesign({ looks: [0.5, 0.5001, 1] });
    near(normalSurvival(upper[0]!), spent[0]!, 1e-12);
    near(groupSequentialDesign({ looks: [0.5, 1] }).upper[1], upper[2]!, 1e-3);
  });

  it("does not change its input", () => {
    const plan = Object.freeze({ looks: Object.freeze([0.5, 1]) });
    expect(groupSequentialDesign(plan).fractions).toEqual([0.5, 1]);
  });
});

describe("edges", () => {
  const refused = (plan: unknown): unknown => {
    try {
      groupSequentialDesign(plan as SequentialPlan);
    } catch (error) {
      const { code, path } = error as { code: string; path: unknown[] };
      return [code, ...path];
    }
    return null;
  };

  it("refuses what is not a plan", () => {
    expect(refused({ looks: [0.5, 0.4, 1] })).toEqual(["out_of_range", "plan", "looks", 1]);
    expect(refused({ looks: [0.5, 0.5, 1] })).toEqual(["out_of_range", "plan", "looks", 1]);
    expect(refused({ looks: [0, 1] })).toEqual(["out_of_range", "plan", "looks", 0]);
    expect(refused({ looks: [0.5, 1.2] })).toEqual(["out_of_range", "plan", "looks", 1]);
    expect(refused({ looks: [0.5, 0.9] })).toEqual(["out_of_range", "plan", "looks", 1]);
    expect(refused({ looks: 0 })).toEqual(["out_of_range", "plan", "looks"]);
    expect(refused({})).toEqual(["missing_value", "plan", "looks"]);
    expect(refused({ looks: 2, spendin: 1 })).toEqual(["unknown_key", "plan", "spendin"]);
    expect(refused({ looks: 2, spending: { type: "pococ" } })).toEqual([
      "unknown_name",
      "plan",
      "spending",
      "type",
    ]);
    expect(refused({ looks: 2, spending: { type: "kim-demets" } })).toEqual([
      "missing_value",
      "plan",
      "spending",
      "rho",
    ]);
    expect(refused({ looks: 2, futility: {} })).toEqual(["unknown_name", "plan", "alternative"]);
    expect(refused({ looks: 2, power: 0.01 })).toEqual(["out_of_range", "plan", "power"]);
  });

  it("a look too early to spend anything has no boundary, and no NaN comes of it", () => {
    const { upper, spent } = groupSequentialDesign({ looks: [0.001, 0.5, 1] });
    expect(upper[0]).toBe(Infinity);
    expect(spent[0]).toBeLessThan(1e-300);
    near(upper[1], groupSequentialDesign({ looks: [0.5, 1] }).upper[0]!, 1e-10);
  });

  it("refuses boundaries that are crossed over, and drifts out of reach", () => {
    const at = { fractions: [0.5, 1], lower: [1, 1], upper: [2, 0] };
    expect(() => crossingProbabilities(at, 0)).toThrow(/upper\.1: must be at least 1/);
    expect(() => crossingProbabilities({ ...at, upper: [2, 2] }, 31)).toThrow(/drift/);
    expect(() => crossingProbabilities({ ...at, upper: [2] }, 1)).toThrow(/must hold 2 values/);
  });
});

describe("calibration", () => {
  it("a named wrong version, the nominal 1.96 at unequal looks, errs at more than twice the level", () => {
    const fractions = [0.1, 0.15, 0.4, 0.45, 1];
    const wrong = fractions.map(() => 1.959963984540054);
    expect(2 * sum(crossingProbabilities(symmetric(fractions, wrong), 0).above)).toBeGreaterThan(0.1);
    const { upper } = groupSequentialDesign({ looks: fractions });
    near(2 * sum(crossingProbabilities(symmetric(fractions, upper), 0).above), 0.05, 1e-10);
  });

  it("a named wrong version, boundaries of equal looks at unequal ones, does not hold the level", () => {
    const { upper } = groupSequentialDesign({ looks: 4, spending: { type: "pocock" } });
    const unequal = symmetric([0.02, 0.1, 0.3, 1], upper);
    expect(2 * sum(crossingProbabilities(unequal, 0).above)).toBeGreaterThan(0.052);
  });
});
