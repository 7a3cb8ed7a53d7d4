import { describe, expect, it } from "vitest";
import { randomSource, sampleNormal } from "../../../src/random/index.js";
import { groupSequentialDesign, repeatedPValue, stagewise } from "../../../src/stats/index.js";
import { cases, near } from "../reference.js";

type Ok = Extract<ReturnType<typeof stagewise>, { status: "ok" }>;
const { fractions, lower, upper } = groupSequentialDesign({
  looks: [0.3, 0.45, 1],
  spending: { type: "pocock" },
});

/** A trial until it stops: the looks taken and the last z. */
function trial(random: ReturnType<typeof randomSource>, drift: number) {
  let score = 0;
  let before = 0;
  for (const [i, t] of fractions.entries()) {
    score += drift * (t - before) + Math.sqrt(t - before) * sampleNormal(random);
    before = t;
    const z = score / Math.sqrt(t);
    if (i === fractions.length - 1 || z >= upper[i]! || z <= lower[i]!) {
      const taken = i + 1;
      const boundaries = {
        fractions: fractions.slice(0, taken),
        lower: lower.slice(0, taken),
        upper: upper.slice(0, taken),
      };
      return { boundaries, z, standardError: 1 / Math.sqrt(t) };
    }
  }
  throw new Error("a trial has a last look");
}

describe("reference", () => {
  it.each(cases("group-sequential", "stagewise"))("$id", ({ input, expected, rtol }) => {
    const boundaries = { ...input, lower: input.lower.map(Number), z: undefined };
    const found = stagewise(boundaries, input.z, 1) as Ok;
    near(found.value, expected.value, rtol);
    near(found.interval[0], expected.interval[0], rtol);
    near(found.interval[1], expected.interval[1], rtol);
    near(found.pValue, expected.pValue, rtol);
  });
});

describe("laws", () => {
  const boundaries = { fractions, lower, upper };

  it("at the first look it is the plain estimate, however extreme", () => {
    const first = { fractions: [0.3], lower: [-3], upper: [3] };
    const found = stagewise(first, 8, 2) as Ok;
    near(found.value, 8, 1e-9);
    near(found.interval[0], 8 - 2 * 1.959963984540054, 1e-9);
    near(found.pValue, 6.33424836662e-5, 1e-9);
  });

  it("turning the sign turns everything; the unit does not matter", () => {
    const found = stagewise(boundaries, 1.4, 0.7) as Ok;
    const turned = stagewise(boundaries, -1.4, 0.7) as Ok;
    near(turned.value, -found.value, 1e-9);
    near(turned.interval[0], -found.interval[1], 1e-9);
    near(turned.pValue, found.pValue, 1e-9);
    near((stagewise(boundaries, 1400, 700) as Ok).value, 1000 * found.value, 1e-9);
  });

  it("interval and p-value agree", () => {
    for (const z of [1.5, 2.1, 2.2, 2.3, 2.4]) {
      const { interval, pValue } = stagewise(boundaries, z, 1) as Ok;
      expect(interval[0] > 0).toBe(pValue < 0.05);
    }
  });

  it("the repeated p-value is 0.05 exactly on the boundary, and is the plain one at one look", () => {
    const plan = { looks: 3, spending: { type: "pocock" } } as const;
    const seen = fractions.map((fraction, i) => ({ fraction, z: i === 1 ? upper[1]! : 0.1 }));
    near(repeatedPValue(plan, seen.slice(0, 2)), 0.05, 1e-8);
    expect(repeatedPValue(plan, seen)).toBe(repeatedPValue(plan, seen.slice(0, 2)));
    near(repeatedPValue({ looks: 1 }, [{ fraction: 1, z: 2.5 }]), 0.012419330651552318, 1e-8);
    expect(repeatedPValue({ ...plan, alternative: "less" }, [{ fraction: 1, z: 2.5 }])).toBeGreaterThan(0.98);
  });
});

describe("edges", () => {
  it("refuses an estimate without an error, and looks that are not", () => {
    expect(() => stagewise({ fractions: [1], lower: [-2], upper: [2] }, 1, 0)).toThrow(/standardError/);
    expect(() => stagewise({ fractions: [], lower: [], upper: [] }, 1, 1)).toThrow(/fractions/);
    expect(() => repeatedPValue({ looks: 2 }, [])).toThrow(/looks/);
    expect(() =>
      repeatedPValue({ looks: 2 }, [
        { fraction: 0.5, z: 1 },
        { fraction: 0.4, z: 1 },
      ]),
    ).toThrow(/looks/);
  });

  it("far out, no NaN", () => {
    for (const z of [-30, 30]) {
      const found = stagewise({ fractions, lower, upper }, z, 1) as Ok;
      for (const number of [found.value, ...found.interval, found.pValue]) expect(number).not.toBeNaN();
    }
  });
});

describe("calibration", () => {
  // The wrong version is the plain estimate ± 1.96 standard errors at the stop.
  it("half of the estimates lie above the truth and 95 % of the intervals hold it; the plain ones do not", () => {
    const random = randomSource("stagewise");
    const drift = 2.5;
    const runs = 600;
    const counts = { above: 0, covered: 0 };
    const plain: number[] = [];
    for (let i = 0; i < runs; i++) {
      const { boundaries, z, standardError } = trial(random, drift);
      const found = stagewise(boundaries, z * standardError, standardError) as Ok;
      if (found.value > drift) counts.above++;
      if (found.interval[0] <= drift && drift <= found.interval[1]) counts.covered++;
      plain.push(z * standardError - drift);
    }
    expect(Math.abs(counts.above / runs - 0.5)).toBeLessThan(4.5 * Math.sqrt(0.25 / runs));
    expect(Math.abs(counts.covered / runs - 0.95)).toBeLessThan(4.5 * Math.sqrt(0.0475 / runs));
    const bias = plain.reduce((sum, each) => sum + each, 0) / runs;
    const spread = Math.sqrt(plain.reduce((sum, each) => sum + (each - bias) * (each - bias), 0) / runs);
    expect(bias).toBeGreaterThan((3 * spread) / Math.sqrt(runs));
  });
});
