import { describe, expect, it } from "vitest";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { boundaries } from "../../src/stats/sequential/boundaries.js";
import { sequentialTail } from "../../src/stats/sequential/boundary.js";
import { tunedRatio } from "../../src/stats/sequential/sequential-options.js";
import { cases, near } from "./reference.js";

const scale = { ratio: 3, effect: 2.2, df: 500 };
const names = Object.keys(boundaries) as (keyof typeof boundaries)[];

describe("reference", () => {
  it.each(cases("sequential", "normalMixtureBound"))("$id", ({ input, expected, rtol }) => {
    const at = (alternative: "two-sided" | "greater") => {
      const level = 1 - input.alphaOpt;
      return boundaries["normal-mixture"]({
        ...scale,
        ratio: (tunedRatio({ level, alternative }) * input.v) / input.vOpt,
      });
    };
    const deviation = Math.sqrt(input.v);
    const [both, one] = [at("two-sided"), at("greater")];
    near(sequentialTail(both, "two-sided").critical(input.alpha / 2) * deviation, expected.twoSided, rtol);
    near(both.logE(input.sAt / deviation), expected.logMixtureTwoSidedAtS, rtol);
    // One side is read off the symmetric mixture: never narrower than the half-normal one of confseq, and hardly wider.
    const bound = sequentialTail(one, "greater").critical(input.alpha) * deviation;
    expect(bound).toBeGreaterThan(expected.oneSided);
    expect(bound).toBeLessThan(expected.oneSided * 1.005);
  });

  it.each(cases("sequential", "anytimeValidT"))("$id", ({ input, expected, rtol }) => {
    const boundary = boundaries["student-mixture"]({ ...scale, ratio: input.z2 / input.phi, df: input.df });
    near(boundary.logE(Math.sqrt(input.tSquared)), expected.logBayesFactor, rtol);
    near(boundary.critical(-Math.log(input.alpha)), expected.radiusInSE, rtol);
  });
});

// The family's conformance: every boundary, whatever it watches for, keeps these laws.
describe.each(names)("%s", (name) => {
  const boundary = boundaries[name](scale);

  it("is at its boundary where its evidence says so, on either number of sides", () => {
    for (const alternative of ["two-sided", "greater"] as const) {
      const tail = sequentialTail(boundary, alternative);
      for (const probability of [0.2, 0.025, 1e-4, 1e-12])
        near(tail.survival(tail.critical(probability)), probability, 1e-9);
    }
  });

  it("has evidence that rises with the deviate and p-values that end at 0", () => {
    const evidence = [0, 0.5, 1, 2, 4, 8, 16, 1e3].map(boundary.logE);
    expect(evidence).toEqual([...evidence].sort((a, b) => a - b));
    expect(boundary.logE(0)).toBeLessThan(0);
    for (const alternative of ["two-sided", "greater"] as const)
      expect(sequentialTail(boundary, alternative).survival(1e200)).toBeGreaterThanOrEqual(0);
    expect(sequentialTail(boundary, "greater").survival(-3)).toBe(1);
  });

  it("asks for more than a fixed test does", () => {
    expect(sequentialTail(boundary, "two-sided").critical(0.025)).toBeGreaterThan(1.96);
    expect(sequentialTail(boundary, "greater").critical(0.05)).toBeGreaterThan(1.645);
  });

  it("says that something is there in at most 5 % of 1,000 paths where nothing is, over 100 looks", () => {
    const random = randomSource(`sequential ${name}`);
    const [looks, paths] = [100, 1000];
    const alternatives = ["two-sided", "greater"] as const;
    const limits = alternatives.map((alternative) =>
      Array.from({ length: looks }, (_, k) => {
        const information = (k + 1) / looks;
        const at = { ratio: 8 * information, effect: 2.5 * Math.sqrt(information), df: 40 * (k + 1) };
        return sequentialTail(boundaries[name](at), alternative).critical(
          alternative === "two-sided" ? 0.025 : 0.05,
        );
      }),
    );
    const crossed = [0, 0];
    for (let path = 0; path < paths; path++) {
      let sum = 0;
      const over = [false, false];
      for (let k = 0; k < looks; k++) {
        sum += sampleNormal(random);
        const deviate = sum / Math.sqrt(k + 1);
        if (Math.abs(deviate) >= limits[0]![k]!) over[0] = true;
        if (deviate >= limits[1]![k]!) over[1] = true;
      }
      over.forEach((each, i) => {
        if (each) crossed[i]! += 1;
      });
    }
    // 4.5 Monte-Carlo errors above 5 %; a fixed critical value crosses in about a third.
    for (const count of crossed)
      expect(count / paths).toBeLessThan(0.05 + 4.5 * Math.sqrt(0.05 * (0.95 / paths)));
  });
});

it("the largest Student deviate that few degrees of freedom allow may not reach a boundary", () => {
  expect(boundaries["student-mixture"]({ ...scale, df: 3, ratio: 0.01 }).critical(3)).toBe(Infinity);
});

it("an effect that is beyond squaring leaves the quarter that watches for any", () => {
  const far = boundaries.mixed({ ...scale, effect: 1e200 });
  near(far.logE(1), boundaries["normal-mixture"](scale).logE(1) - Math.log(4), 1e-12);
});
