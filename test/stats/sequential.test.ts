import { describe, expect, it } from "vitest";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import {
  anytimeLinearModel,
  confidenceSequence,
  msprt,
  type Proportion,
  pooledProportions,
  sequentialCuped,
  sequentialMeans,
  sequentialProportions,
  sequentialRatios,
  welch,
} from "../../src/stats/index.js";
import { cases, near, summary } from "./reference.js";

const plan = { tunedAt: 40_000 };
const arm = (x: number, n: number) => ({ n, mean: x / n, m2: x * (1 - x / n) });
const moments = (n: number, ...mean: number[]) => ({
  n,
  names: ["value", "other"],
  mean,
  comoment: [4 * n, 3 * n, 4 * n],
});

describe("reference", () => {
  it.each(cases("sequential", "msprtNormal"))("$id", ({ input, expected, rtol }) => {
    const standardError = Math.sqrt(input.sumOfVariances / input.nPerArm);
    const found = msprt(
      { value: input.diff, standardError },
      { variance: input.tau2, level: 1 - input.alpha },
    );
    near(found.pValue, expected.p, rtol * 100);
    if (found.status !== "ok") throw new Error(found.reason);
    near((found.interval[1] - found.interval[0]) / 2, expected.halfWidth, rtol);
  });

  it.each(cases("sequential", "msprtPath"))("$id", ({ input, expected, rtol }) => {
    input.diffs.forEach((value: number, i: number) => {
      const standardError = Math.sqrt(input.sumOfVariances / input.nPerArm[i]);
      near(msprt({ value, standardError }, { variance: input.tau2 }).pValue, expected.p[i], rtol);
    });
  });

  it.each(cases("sequential", "asymptoticConfidenceSequence"))("$id", ({ input, expected, rtol }) => {
    const standardError = Math.sqrt(input.variance / input.n);
    const options = { tunedAt: input.tuneN, level: 1 - input.alpha };
    const at = { value: 0, standardError, units: input.n };
    const both = confidenceSequence(at, options);
    const one = confidenceSequence(at, { ...options, alternative: "greater" });
    if (both.status !== "ok" || one.status !== "ok") throw new Error("no interval");
    near(both.interval[1], expected.halfWidthTwoSided, rtol);
    near(-one.interval[0], expected.halfWidthOneSided, rtol);
  });

  it.each(cases("sequential", "sequentialDiffMeans"))("$id", ({ input, expected, rtol }) => {
    const fixed = welch(summary(input.control), summary(input.treatment));
    if (fixed.status !== "ok") throw new Error(fixed.reason);
    const units = input.control.n + input.treatment.n;
    const found = confidenceSequence(
      { value: fixed.value, standardError: fixed.standardError, units },
      { tunedAt: input.tuneN, level: 1 - input.alpha },
    );
    if (found.status !== "ok") throw new Error(found.reason);
    near(found.pValue, expected.p, rtol);
    near(found.interval[0], expected.ci[0], rtol);
    near(found.interval[1], expected.ci[1], rtol);
  });
});

describe("laws", () => {
  const each = [
    {
      name: "means",
      of: (up: number, options: object = {}) =>
        sequentialMeans(
          { n: 900, mean: 10, m2: 3600 },
          { n: 1100, mean: 10 + up, m2: 4000 },
          {
            tunedAt: 4000,
            ...options,
          },
        ),
    },
    {
      name: "proportions",
      of: (up: number, options: object = {}) =>
        sequentialProportions(
          { x: 300, n: 900 },
          { x: 367 + Math.round(600 * up), n: 1100 },
          {
            tunedAt: 4000,
            ...options,
          },
        ),
    },
    {
      name: "ratios",
      of: (up: number, options: object = {}) =>
        sequentialRatios(moments(1000, 4, 8), moments(1100, 4 + up, 8), { tunedAt: 4000, ...options }),
    },
    {
      name: "cuped",
      of: (up: number, options: object = {}) =>
        sequentialCuped(moments(1000, 10, 8), moments(1100, 10 + up, 8), { tunedAt: 4000, ...options }),
    },
  ];

  it.each(each)("$name: interval, p-value and both scales say one thing", ({ of }) => {
    for (const effect of [{}, { effect: 0.2 }])
      for (const alternative of ["two-sided", "greater", "less"] as const)
        for (const up of [-0.5, -0.25, -0.1, 0.01, 0.1, 0.25, 0.5]) {
          const { difference, lift } = of(up, { alternative, ...effect });
          if (difference.status !== "ok" || lift.status !== "ok") throw new Error("no interval");
          expect(lift.pValue).toBe(difference.pValue);
          for (const { interval, pValue } of [difference, lift])
            expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 0.05);
        }
  });

  it.each(each)("$name: a fixed test is never wider", ({ of }) => {
    const { difference } = of(0.3);
    const fixed = of(0.3, { level: 0.5 }).difference;
    if (difference.status !== "ok" || fixed.status !== "ok") throw new Error("no interval");
    const width = ([lower, upper]: readonly [number, number]) => upper - lower;
    expect(width(difference.interval)).toBeGreaterThan(2 * 1.96 * difference.standardError * 0.9);
    expect(width(fixed.interval)).toBeLessThan(width(difference.interval));
  });

  it("swapping arms negates, scaling leaves the p-value", () => {
    const [a, b] = [
      { n: 500, mean: 10, m2: 2000 },
      { n: 700, mean: 10.6, m2: 2600 },
    ];
    const scaled = (m: typeof a) => ({ n: m.n, mean: m.mean * 1e6, m2: m.m2 * 1e12 });
    const { difference } = sequentialMeans(a, b, { tunedAt: 1000 });
    const swapped = sequentialMeans(b, a, { tunedAt: 1000 }).difference;
    expect(swapped.value).toBe(-difference.value!);
    near(swapped.pValue, difference.pValue!, 1e-12);
    near(
      sequentialMeans(scaled(a), scaled(b), { tunedAt: 1000 }).difference.pValue,
      difference.pValue!,
      1e-9,
    );
  });

  it("a planned effect that is there is seen sooner; one that is not costs at most a factor of four", () => {
    const [a, b] = [
      { x: 1000, n: 20_000 },
      { x: 1140, n: 20_000 },
    ];
    const plain = sequentialProportions(a, b, plan).difference.pValue!;
    expect(sequentialProportions(a, b, { ...plan, effect: 0.007 }).difference.pValue).toBeLessThan(
      plain / 1.3,
    );
    expect(sequentialProportions(a, b, { ...plan, effect: 0.5 }).difference.pValue).toBeLessThanOrEqual(
      4.0001 * plain,
    );
  });
});

describe("edges", () => {
  it("too few units bound nothing, and say so with a p-value", () => {
    const few = sequentialMeans({ n: 3, mean: 1, m2: 2 }, { n: 3, mean: 9, m2: 2 }, plan);
    for (const each of [few.difference, few.lift]) {
      expect(each.status).toBe("unbounded");
      expect(each.pValue).toBeGreaterThan(0.05);
    }
    const look = { value: 9, standardError: 1, df: 2, units: 4 };
    expect(anytimeLinearModel(look, plan).status).toBe("unbounded");
  });

  it("data that do not vary are degenerate; nobody in either arm is not a lift", () => {
    const still = { n: 10, mean: 1, m2: 0 };
    expect(sequentialMeans(still, still, plan).difference.status).toBe("degenerate");
    const { difference, lift } = sequentialProportions({ x: 0, n: 20 }, { x: 0, n: 20 }, plan);
    expect(difference.pValue).toBe(1);
    expect(lift.status).toBe("undefined");
  });

  it("a zero baseline has a difference and no lift", () => {
    const { difference, lift } = sequentialMeans(
      { n: 900, mean: 0, m2: 900 },
      { n: 900, mean: 1, m2: 900 },
      plan,
    );
    expect(difference.status).toBe("ok");
    expect(lift.status).toBe("undefined");
  });

  it.each([
    [{}, "missing_value", ["options", "tunedAt"]],
    [{ tunedAt: 0 }, "out_of_range", ["options", "tunedAt"]],
    [{ tunedAt: 1, effect: -1 }, "out_of_range", ["options", "effect"]],
    [{ tunedAt: 1, efect: 1 }, "unknown_key", ["options", "efect"]],
  ])("refuses %j", (options, code, path) => {
    for (const act of [
      () => sequentialMeans(arm(5, 10), arm(6, 10), options as never),
      () => sequentialProportions({ x: 5, n: 10 }, { x: 6, n: 10 }, options as never),
      () => confidenceSequence({ value: 1, standardError: 1, units: 10 }, options as never),
    ])
      expect(act).toThrow(expect.objectContaining({ code, path }));
  });
});

/** The share of null experiments in which some look says something. */
function stopped(
  [control, treatment]: readonly [number, number],
  rate: number,
  looks: number,
  runs: number,
  pValue: (a: Proportion, b: Proportion) => number,
): number {
  const random = randomSource(`sequential ${control}/${treatment}`);
  let count = 0;
  for (let run = 0; run < runs; run++) {
    let [x, y] = [0, 0];
    for (let look = 1; look <= looks; look++) {
      x += sampleBinomial(random, control, rate);
      y += sampleBinomial(random, treatment, rate);
      if (pValue({ x, n: control * look }, { x: y, n: treatment * look }) <= 0.05) {
        count += 1;
        break;
      }
    }
  }
  return count / runs;
}

describe("calibration at small counts, 36 and 4 units a look at a rate of 1 %", () => {
  const tuned = { tunedAt: 2000 };
  const ours = (a: Proportion, b: Proportion) => sequentialProportions(a, b, tuned).difference.pValue!;

  it("the score under the hypothesis holds 5 %", () => {
    expect(stopped([36, 4], 0.01, 100, 150, ours)).toBeLessThan(0.08);
  });

  it("rejects a named wrong version: each arm's own variance, which stops a quarter and more", () => {
    const unpooled = (a: Proportion, b: Proportion) => {
      const standardError = Math.sqrt(
        (a.x / a.n) * ((1 - a.x / a.n) / a.n) + (b.x / b.n) * ((1 - b.x / b.n) / b.n),
      );
      if (standardError === 0) return 1;
      const look = { value: b.x / b.n - a.x / a.n, standardError, units: a.n + b.n };
      return confidenceSequence(look, tuned).pValue!;
    };
    expect(stopped([36, 4], 0.01, 100, 150, unpooled)).toBeGreaterThan(0.2);
  });

  it("rejects a named wrong version: a fixed test at every look", () => {
    const fixed = (a: Proportion, b: Proportion) => pooledProportions(a, b).pValue ?? 1;
    expect(stopped([200, 200], 0.05, 20, 150, fixed)).toBeGreaterThan(0.12);
  });

  it("rejects a named wrong version: the relative interval, whose error shrinks where the control is unlucky", () => {
    const relative = (a: Proportion, b: Proportion) => {
      const [p, q] = [a.x / a.n, b.x / b.n];
      if (a.x === 0 || b.x === 0) return 1;
      const standardError = (q / p) * Math.sqrt((1 - p) / a.x + (1 - q) / b.x);
      return confidenceSequence({ value: q / p - 1, standardError, units: a.n + b.n }, tuned).pValue!;
    };
    expect(stopped([20, 20], 0.01, 200, 200, relative)).toBeGreaterThan(0.055);
    const lift = (a: Proportion, b: Proportion) => sequentialProportions(a, b, tuned).lift.pValue ?? 1;
    expect(stopped([20, 20], 0.01, 50, 100, lift)).toBeLessThan(0.08);
  });
});
