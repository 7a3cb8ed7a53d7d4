import { describe, expect, test } from "vitest";
import { unitStream } from "../../src/bandits/decide/unit-stream.js";
import { samplerOf } from "../../src/bandits/posterior/beliefs.js";
import type { Belief } from "../../src/bandits/posterior/posterior.js";
import { betaCdf } from "../../src/distributions/beta.js";
import { gammaCdf } from "../../src/distributions/gamma.js";
import { normalCdf } from "../../src/distributions/normal.js";
import { Sfc32 } from "../../src/random/hot-loops/index.js";

const DRAWS = 200_000;
const CELLS = 1000;

/** Kolmogorov's √n · D of draws against a distribution function, looked at in a thousand places. */
function kolmogorov(draws: Float64Array, cdf: (x: number) => number): number {
  const sorted = draws.toSorted();
  let most = 0;
  for (let k = 0; k < CELLS; k++) {
    const at = Math.floor(((k + 0.5) * draws.length) / CELLS);
    most = Math.max(most, Math.abs((at + 0.5) / draws.length - cdf(sorted[at]!)));
  }
  return most * Math.sqrt(draws.length);
}

function drawsOf(belief: Belief, n = DRAWS): Float64Array {
  const random = new Sfc32().start(1, 2, 3);
  const sample = samplerOf(belief);
  const one = new Float64Array(1);
  const draws = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    sample(random, one);
    draws[i] = one[0]!;
  }
  return draws;
}

// P(√n · D > 2.5) is 7e-6.
const FAR = 2.5;
type Case = readonly [string, Belief, (x: number) => number];
const betaCase = (a: number, b: number): Case => [
  `beta ${a}, ${b}`,
  { law: "beta", parameters: [[a, b]] },
  (x) => betaCdf(x, a, b),
];
const gammaCase = (shape: number, rate: number): Case => [
  `gamma ${shape}, ${rate}`,
  { law: "gamma", parameters: [[shape, rate]] },
  (x) => gammaCdf(x * rate, shape),
];
const cases: Case[] = [
  betaCase(1, 1),
  betaCase(0.5, 0.5),
  betaCase(1.2, 40),
  betaCase(30, 70),
  betaCase(12_345, 1_000_000),
  gammaCase(0.3, 2),
  gammaCase(1, 1),
  gammaCase(250, 1000),
  ["normal", { law: "normal", parameters: [[2, 3]] }, (x) => normalCdf((x - 2) / 3)],
];

describe("the hot loop's generator and samplers", () => {
  test.each(cases)("draws of %s follow its distribution function", (_name, belief, cdf) => {
    expect(kolmogorov(drawsOf(belief), cdf)).toBeLessThan(FAR);
  });

  test("a million beta draws do", () => {
    const [, belief, cdf] = betaCase(181, 1821);
    expect(kolmogorov(drawsOf(belief, 1_000_000), cdf)).toBeLessThan(FAR);
  });

  test("the test rejects a wrong version: gamma draws without the acceptance step", () => {
    const random = new Sfc32().start(1, 2, 3);
    const [d, c] = [2 - 1 / 3, 1 / Math.sqrt(9 * (2 - 1 / 3))];
    const careless = Float64Array.from(
      { length: DRAWS },
      () => d * Math.max(0, 1 + c * random.normal()) ** 3,
    );
    expect(kolmogorov(careless, (x) => gammaCdf(x, 2))).toBeGreaterThan(FAR);
  });

  test("the tails of its normal are the normal's", () => {
    const random = new Sfc32().start(4, 5, 6);
    const n = 2_000_000;
    const beyond = [3, 4].map(() => 0);
    for (let i = 0; i < n; i++) {
      const z = Math.abs(random.normal());
      if (z > 3) beyond[0]! += 1;
      if (z > 4) beyond[1]! += 1;
    }
    [0.0026997960632601, 6.334248366624e-5].forEach((p, i) => {
      expect(Math.abs(beyond[i]! - n * p) / Math.sqrt(n * p)).toBeLessThan(4.5);
    });
  });

  test("gives the reference sequence of sfc32", () => {
    // sfc32(1, 2, 3) with counter 1 after eight rounds, written out with 64-bit integers.
    const mask = (1n << 32n) - 1n;
    let [a, b, c, counter] = [1n, 2n, 3n, 1n];
    const step = (): bigint => {
      const sum = (a + b + counter) & mask;
      counter = (counter + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + (c << 3n)) & mask;
      c = (((c << 21n) | (c >> 11n)) + sum) & mask;
      return sum;
    };
    for (let i = 0; i < 8; i++) step();
    const random = new Sfc32().start(1, 2, 3);
    for (let i = 0; i < 1000; i++) expect(random.word() >>> 0).toBe(Number(step()));
  });

  test("occasions and units have streams of their own: uniform across them, and the same whenever asked for", () => {
    const firsts = Float64Array.from({ length: 200_000 }, (_, i) =>
      unitStream(7, `user-${i >> 2}`, `visit-${i & 3}`).next(),
    );
    expect(kolmogorov(firsts, (x) => x)).toBeLessThan(FAR);
    // Neighboring occasions of one unit are uncorrelated.
    let product = 0;
    for (let i = 0; i + 1 < firsts.length; i++) product += (firsts[i]! - 0.5) * (firsts[i + 1]! - 0.5);
    expect(Math.abs(product * 12) / Math.sqrt(firsts.length)).toBeLessThan(4.5);
    expect(unitStream(7, "user-2", "visit-1").next()).toBe(firsts[9]);
  });
});
