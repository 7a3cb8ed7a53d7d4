import { normalQuantile } from "essai/distributions";
import { randomSource } from "essai/random";
import jstat from "jstat";
import { describe, expect, it } from "vitest";
import { gammaCdf } from "../../src/distributions/gamma.js";
import { logGamma } from "../../src/distributions/log-gamma.js";
import { drawLaw } from "../../src/simulation/laws/draw-law.js";
import { type Law, lawKindOf, lawKinds } from "../../src/simulation/laws/index.js";

/** The generator's range, and more likely places between. */
const probabilities = [2 ** -33, 1e-9, 1e-6, 1e-3, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6, 1 - 1e-9, 1 - 2 ** -33];

/** Each law's distribution function when its mean is 1, written here once more, and laws to try it with. */
const members: Readonly<
  Record<keyof typeof lawKinds, { laws: Law[]; survival: (x: number, law: never) => number }>
> = {
  fixed: { laws: [{ kind: "fixed" }], survival: (x) => (x < 1 ? 1 : 0) },
  exponential: { laws: [{ kind: "exponential" }], survival: (x) => Math.exp(-x) },
  lognormal: {
    laws: [0.1, 0.8, 1.2].map((sigma) => ({ kind: "lognormal", sigma })),
    survival: () => Number.NaN, // by its quantile, below
  },
  weibull: {
    laws: [0.4, 1, 3].map((shape) => ({ kind: "weibull", shape })),
    survival: (x, { shape }: { shape: number }) =>
      Math.exp(-((x * Math.exp(logGamma(1 + 1 / shape))) ** shape)),
  },
  pareto: {
    laws: [1.5, 2.5, 5].map((shape) => ({ kind: "pareto", shape })),
    survival: (x, { shape }: { shape: number }) => ((x * shape) / (shape - 1)) ** -shape,
  },
  gamma: {
    laws: [0.3, 1, 20].map((shape) => ({ kind: "gamma", shape })),
    survival: (x, { shape }: { shape: number }) => 1 - gammaCdf(x * shape, shape),
  },
};
const all = Object.entries(members).flatMap(([, { laws, survival }]) =>
  laws.map((law) => [JSON.stringify(law), law, survival as (x: number, law: Law) => number] as const),
);
const spreading = all.filter(([, { kind }]) => kind !== "fixed");
const { abs, exp, sqrt } = Math;

/** ∫ f(quantile(p)) dp over the generator's range, on the log-odds of p. */
function average(law: Law, f: (x: number) => number): number {
  const { quantile } = lawKindOf(law);
  const [end, step] = [Math.log(2) * 33, 1 / 256];
  let sum = 0;
  for (let t = -end; t <= end; t += step) {
    const p = 1 / (1 + exp(-t));
    sum += f(quantile(p, law)) * p * (1 - p) * step;
  }
  return sum;
}

describe("the family of laws", () => {
  it("every member is tried", () => {
    expect(Object.keys(members)).toEqual(Object.keys(lawKinds));
  });

  // jstat's own quantiles lose digits where 1 - p does: 3e-7 at the ends of the generator's range, 1e-13 inside.
  it.each(spreading)(
    "%s: the quantile is the inverse of the distribution function, to 1e-6",
    (_, law, survival) => {
      for (const p of probabilities) {
        const x = lawKindOf(law).quantile(p, law);
        if (law.kind === "lognormal") {
          const closed = exp(law.sigma * normalQuantile(p) - law.sigma ** 2 / 2);
          expect(abs(x / closed - 1)).toBeLessThan(1e-6);
        } else {
          const q = survival(x, law);
          expect(abs(p > 0.5 ? q / (1 - p) - 1 : (1 - q) / p - 1)).toBeLessThan(p < 1e-6 ? 1e-5 : 1e-6);
        }
      }
    },
  );

  it.each(all)("%s: the quantile's mean is 1 and its variance the closed form", (_, law) => {
    const variance = lawKindOf(law).variance(law);
    // What lies beyond the generator's last number is cut off: of a Pareto's mean 2^(-33 (1 - 1/shape)).
    const cut = law.kind === "pareto" ? 2 ** (-33 * (1 - 1 / law.shape)) : 0;
    expect(abs(average(law, (x) => x) - 1 + cut)).toBeLessThan(1e-6);
    if (variance === 1 / 0) expect(law.kind === "pareto" && law.shape <= 2).toBe(true);
    else if (law.kind !== "pareto" || law.shape > 4)
      expect(abs(average(law, (x) => (x - 1) ** 2) - variance)).toBeLessThan(1e-4 * variance + 1e-9);
  });

  it.each(spreading)("%s: draws have that mean and variance", (_, law) => {
    const n = 40_000;
    const random = randomSource(`laws ${law.kind}`);
    const draws = Array.from({ length: n }, () => drawLaw(law, random));
    const mean = draws.reduce((sum, x) => sum + x, 0) / n;
    const squares = draws.map((x) => (x - mean) ** 2);
    const variance = squares.reduce((sum, x) => sum + x, 0) / n;
    if (lawKindOf(law).variance(law) < 1 / 0) expect(abs(mean - 1)).toBeLessThan(4.5 * sqrt(variance / n));
    // Errors of a variance are estimated by fourth moments, which have to exist and to be seen in such a sample.
    if (law.kind === "pareto" || (law.kind === "lognormal" && law.sigma > 1)) return;
    const error = sqrt(squares.reduce((sum, x) => sum + (x - variance) ** 2, 0) / n / n);
    expect(abs(variance - lawKindOf(law).variance(law))).toBeLessThan(4.5 * error);
  });

  it("one draw takes one number, whatever the law", () => {
    for (const [, law] of all) {
      let asked = 0;
      drawLaw(law, { next: () => 0.25 + 0 * ++asked });
      expect(asked).toBe(1);
    }
  });

  it("draws are the same on every version of Node", () => {
    const random = randomSource("golden");
    const draws = spreading.map(([, law]) => [drawLaw(law, random), drawLaw(law, random)]);
    expect(draws).toEqual([
      [0.29451872114091293, 0.20126177759124175],
      [0.9827659932806939, 0.8155165098165251],
      [0.41702098764879225, 0.8637404919953224],
      [0.20990716860686534, 0.1962302360359495],
      [0.0008866054268846163, 0.24443733922528496],
      [0.3721896668096051, 0.027932918236986383],
      [1.1874404062169555, 0.7188988460497656],
      [0.36508118169220954, 0.3843061058170524],
      [0.769774047711926, 0.6874355725046015],
      [0.9066175921253573, 0.8929095624312064],
      [0.3690540207780543, 0.1193738338454929],
      [0.22272178208242915, 0.9182640376834281],
      [0.9183674624245282, 1.2950090065964697],
    ]);
  });

  it("a wrong version, which takes the mean of a log-normal for its median, would be told from this one", () => {
    const wrong = (p: number) => jstat.lognormal.inv(p, 0, 0.8);
    const n = 1_000;
    const mean = Array.from({ length: n }, (_, i) => wrong((i + 0.5) / n)).reduce((sum, x) => sum + x, 0) / n;
    expect(abs(mean - 1)).toBeGreaterThan(0.3);
  });
});
