import { describe, expect, it } from "vitest";
import { binomialPmf } from "../../src/distributions/index.js";
import { exactRateLift } from "../../src/stats/index.js";

const plans = [
  { share: 0.5, tunedAt: 40 },
  { share: 0.01, tunedAt: 100, effect: 0.5 },
  { share: 0.99, tunedAt: 20, effect: 0.2 },
  { share: 0.1, tunedAt: 1000 },
];

describe.each(plans)("share $share", (plan) => {
  it("its evidence has mean 1 at no lift, and the interval says what the p-value says", () => {
    const n = 60;
    let [whole, mean] = [0, 0];
    for (let treatment = 0; treatment <= n; treatment++) {
      const mass = binomialPmf(treatment, n, plan.share);
      const found = exactRateLift([n - treatment, treatment], plan);
      whole += mass;
      // p = min(1, 1/e): where p < 1 that is the evidence itself.
      if (found.pValue! < 1) mean += mass / found.pValue!;
      if (found.status === "ok")
        expect(found.interval[0] > 0 || found.interval[1] < 0).toBe(found.pValue! < 0.05);
    }
    expect(whole).toBeCloseTo(1, 9);
    expect(mean).toBeLessThanOrEqual(1);
    expect(mean).toBeGreaterThan(0.01);
  });

  it("stops falsely in at most 5 %, by the exact recursion over 300 conversions, looked at after each", () => {
    let alive = new Map([[0, 1]]);
    let stopped = 0;
    for (let n = 1; n <= 300; n++) {
      const next = new Map<number, number>();
      for (const [treatment, mass] of alive)
        for (const [up, chance] of [[1, plan.share] as const, [0, 1 - plan.share] as const])
          next.set(treatment + up, (next.get(treatment + up) ?? 0) + mass * chance);
      alive = new Map();
      for (const [treatment, mass] of next)
        if (exactRateLift([n - treatment, treatment], plan).pValue! <= 0.05) stopped += mass;
        else alive.set(treatment, mass);
    }
    expect(stopped).toBeGreaterThan(0.0001);
    expect(stopped).toBeLessThanOrEqual(0.05);
  });
});

it("swapping arms and share inverts the ratio", () => {
  const up = exactRateLift([40, 75], { share: 0.3, tunedAt: 200 });
  const down = exactRateLift([75, 40], { share: 0.7, tunedAt: 200 });
  if (up.status !== "ok" || down.status !== "ok") throw new Error("no interval");
  expect(down.pValue).toBeCloseTo(up.pValue, 12);
  expect((1 + down.interval[0]) * (1 + up.interval[1])).toBeCloseTo(1, 9);
  expect((1 + down.value) * (1 + up.value)).toBeCloseTo(1, 12);
});

it("nobody, and nobody in one arm", () => {
  const plan = { share: 0.5, tunedAt: 40 };
  expect(exactRateLift([0, 0], plan)).toMatchObject({ status: "undefined", pValue: 1 });
  expect(exactRateLift([0, 30], plan)).toMatchObject({ status: "unbounded" });
  expect(exactRateLift([30, 0], plan)).toMatchObject({ status: "ok", value: -1 });
});

it("rejects a named wrong version: evidence of the odds that fit best, which is no bet made beforehand", () => {
  const n = 60;
  let mean = 0;
  for (let x = 0; x <= n; x++) {
    const best = (x ? x * Math.log(x / n) : 0) + (n - x ? (n - x) * Math.log(1 - x / n) : 0) + n * Math.LN2;
    mean += binomialPmf(x, n, 0.5) * Math.exp(best);
  }
  expect(mean).toBeGreaterThan(5);
});
