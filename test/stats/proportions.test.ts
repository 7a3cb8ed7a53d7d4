import { describe, expect, it } from "vitest";
import type { Estimate, EstimateOptions } from "../../src/core/estimate.js";
import {
  agrestiCaffo,
  miettinenNurminen,
  newcombe,
  oddsRatio,
  type Proportion,
  type ProportionIntervalMethod,
  pooledProportions,
  proportionInterval,
  riskRatio,
  wald,
} from "../../src/stats/index.js";
import { proportionIntervals } from "../../src/stats/proportions/index.js";
import { fc } from "../properties.js";
import { exactCoverage, exactDifferenceCoverage } from "./binomial-coverage.js";
import { email } from "./email.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const differences = {
  wald,
  newcombe,
  "agresti-caffo": agrestiCaffo,
  "miettinen-nurminen": miettinenNurminen,
  "pooled-z": pooledProportions,
};
const proportion = fc
  .record({ n: fc.integer({ min: 2, max: 2000 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ n, share }) => ({ x: Math.round(n * share), n }));

describe("reference: two proportions", () => {
  it.each(cases("proportions", "twoProportionZ"))(
    "$id",
    ({ input: { control, treatment }, expected, rtol }) => {
      const run = (options?: EstimateOptions) => ok(pooledProportions(control, treatment, options));
      near(run().value, expected.diff, rtol);
      near(run().standardError, expected.se, rtol);
      near(run().statistic, expected.z, rtol);
      near(run().pValue, expected.p.twoSided, rtol);
      near(run({ alternative: "greater" }).pValue, expected.p.greater, rtol);
      near(run({ alternative: "less" }).pValue, expected.p.less, rtol);
    },
  );

  it.each(cases("proportions", "diffProportionsCI"))("$id", ({ input, expected, rtol }) => {
    for (const [estimator, key] of [
      [wald, "wald"],
      [newcombe, "newcombe"],
      [agrestiCaffo, "agrestiCaffo"],
      [miettinenNurminen, "miettinenNurminen"],
    ] as const) {
      const { value, interval } = ok(estimator(input.control, input.treatment, { level: 1 - input.alpha }));
      near(value, expected.diff, rtol);
      near(interval[0], expected[key][0], rtol);
      near(interval[1], expected[key][1], rtol);
    }
  });

  it.each(cases("proportions", "relativeRiskCI"))("$id", ({ input, expected, rtol }) => {
    for (const [estimator, value, bounds] of [
      [riskRatio, expected.riskRatio, expected.katzLog],
      [oddsRatio, expected.oddsRatio, expected.woolf],
    ] as const) {
      const estimate = ok(estimator(input.control, input.treatment, { level: 1 - input.alpha }));
      near(estimate.value, value, rtol);
      near(estimate.interval[0], bounds[0], rtol);
      near(estimate.interval[1], bounds[1], rtol);
    }
  });

  it("the e-mail test's conversion", () => {
    const { none, mens } = email;
    const estimate = ok(
      pooledProportions({ x: none.conversions, n: none.n }, { x: mens.conversions, n: mens.n }),
    );
    near(estimate.value, 0.006805006519615695, 1e-12);
    near(estimate.pValue, 1.5232235e-13, 1e-7);
  });
});

describe("reference: one proportion", () => {
  it.each(cases("proportions", "proportionCI"))("$id", ({ input: { x, n, alpha }, expected, rtol }) => {
    for (const [method, key] of [
      ["wilson", "wilson"],
      ["agresti-coull", "agrestiCoull"],
      ["clopper-pearson", "clopperPearson"],
      ["jeffreys", "jeffreys"],
    ] as const) {
      const { interval } = proportionInterval({ x, n }, { method, level: 1 - alpha });
      near(interval[0], expected[key][0], rtol);
      near(interval[1], expected[key][1], rtol);
    }
  });
});

describe.each(Object.entries(differences))("%s: laws", (_, estimator) => {
  const property = (law: (control: Proportion, treatment: Proportion) => void) =>
    fc.assert(fc.property(proportion, proportion, law), { numRuns: 60 });

  it("swapping the arms negates", () =>
    property((a, b) => {
      const [forth, back] = [estimator(a, b), estimator(b, a)];
      expect(back.status).toBe(forth.status);
      if (forth.status !== "ok" || back.status !== "ok") return;
      expect(back.value).toBeCloseTo(-forth.value, 14);
      expect(Math.abs(back.interval[0] + forth.interval[1])).toBeLessThan(1e-12);
      near(back.pValue, forth.pValue, 1e-9);
    }));

  it("counting failures instead of successes negates", () =>
    property((a, b) => {
      const failures = ({ x, n }: Proportion) => ({ x: n - x, n });
      const [forth, back] = [estimator(a, b), estimator(failures(a), failures(b))];
      if (forth.status !== "ok" || back.status !== "ok") return;
      expect(Math.abs(back.interval[0] + forth.interval[1])).toBeLessThan(1e-12);
    }));

  it("holds its value, and leaves zero out exactly when p < 0.05", () =>
    property((a, b) => {
      const estimate = estimator(a, b);
      if (estimate.status !== "ok") return;
      const { interval, pValue, value } = estimate;
      // Agresti and Caffo's interval is about the enlarged arms' difference; for tiny arms it need not hold the value.
      if (estimator !== agrestiCaffo) {
        expect(interval[0]).toBeLessThanOrEqual(value);
        expect(interval[1]).toBeGreaterThanOrEqual(value);
      }
      if (Math.abs(pValue - 0.05) > 1e-9) expect(interval[0] > 0 || interval[1] < 0).toBe(pValue < 0.05);
    }));

  it.each([
    [{ x: 1, n: 0 }, "insufficient_data", "n"],
    [{ x: 3, n: 2 }, "out_of_range", "x"],
    [{ x: -1, n: 2 }, "negative_count", "x"],
    [{ x: 0.5, n: 2 }, "negative_count", "x"],
    [{ x: 1, n: Number.NaN }, "not_finite", "n"],
  ])("%o is refused as %s", (wrong, code, field) => {
    expect(() => estimator(wrong, { x: 1, n: 2 })).toThrow(
      expect.objectContaining({ code, path: ["control", field] }),
    );
    expect(() => estimator({ x: 1, n: 2 }, wrong)).toThrow(
      expect.objectContaining({ code, path: ["treatment", field] }),
    );
  });

  it("what is not a proportion at all is refused", () => {
    expect(() => estimator(undefined as never, { x: 1, n: 2 })).toThrow(
      expect.objectContaining({ code: "missing_value", path: ["control"] }),
    );
  });

  it("a level outside (0, 1) is refused", () => {
    expect(() => estimator({ x: 1, n: 2 }, { x: 1, n: 2 }, { level: 1 })).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["options", "level"] }),
    );
  });
});

describe("edges", () => {
  it("nobody succeeding in either arm is degenerate where there is no variance", () => {
    const none = { x: 0, n: 30 };
    for (const estimator of [wald, pooledProportions])
      expect(estimator(none, none)).toMatchObject({ status: "degenerate", value: 0 });
    for (const estimator of [newcombe, miettinenNurminen]) {
      const estimate = ok(estimator(none, none));
      expect(estimate).toMatchObject({ value: 0, pValue: 1 });
      expect(estimate.interval[1]).toBeGreaterThan(0.05);
      expect(estimate.standardError).toBeGreaterThan(0.02);
    }
    expect(ok(agrestiCaffo(none, none)).interval[1]).toBeGreaterThan(0);
  });

  it("one arm of all, the other of none stays inside [−1, 1]", () => {
    const { interval, value } = ok(miettinenNurminen({ x: 0, n: 9 }, { x: 7, n: 7 }));
    expect(value).toBe(1);
    expect(interval[1]).toBe(1);
    expect(interval[0]).toBeGreaterThan(0.3);
  });

  it("ratios without a logarithm are stated", () => {
    expect(riskRatio({ x: 0, n: 9 }, { x: 2, n: 9 })).toMatchObject({ status: "undefined" });
    expect(riskRatio({ x: 9, n: 9 }, { x: 9, n: 9 })).toMatchObject({ status: "degenerate", value: 1 });
    expect(oddsRatio({ x: 9, n: 9 }, { x: 2, n: 9 })).toMatchObject({ status: "undefined" });
  });

  it("two-sided p-values reach 1e-300", () => {
    const { pValue } = ok(miettinenNurminen({ x: 100000, n: 1000000 }, { x: 115680, n: 1000000 }));
    expect(pValue).toBeGreaterThan(1e-300);
    expect(pValue).toBeLessThan(1e-270);
  });
});

describe.each(Object.keys(proportionIntervals) as ProportionIntervalMethod[])(
  "one proportion, %s",
  (method) => {
    it("mirrors when failures are counted, and one-sided bounds are two-sided ones of twice the error", () =>
      fc.assert(
        fc.property(proportion, ({ x, n }) => {
          const { interval } = proportionInterval({ x, n }, { method });
          const mirrored = proportionInterval({ x: n - x, n }, { method }).interval;
          expect(Math.abs(1 - mirrored[1] - interval[0])).toBeLessThan(1e-12);
          const upper = proportionInterval({ x, n }, { method, alternative: "less", level: 0.975 }).interval;
          expect(upper[0]).toBe(0);
          expect(Math.abs(upper[1] - interval[1])).toBeLessThan(1e-9);
        }),
        { numRuns: 40 },
      ));

    it("covers at its kind's rate, exactly summed over the binomial", () => {
      const covers = exactCoverage(60, 0.13, (x) => proportionInterval({ x, n: 60 }, { method }).interval);
      expect(covers).toBeGreaterThan(method === "clopper-pearson" ? 0.95 : 0.93);
    });

    it("refuses what is not a proportion", () => {
      expect(() => proportionInterval({ x: 2, n: 1 }, { method })).toThrow(
        expect.objectContaining({ code: "out_of_range", path: ["proportion", "x"] }),
      );
    });
  },
);

it("an unknown method is refused", () => {
  expect(() => proportionInterval({ x: 1, n: 2 }, { method: "exact" as "wilson" })).toThrow(
    expect.objectContaining({ code: "unknown_name", path: ["options", "method"] }),
  );
});

describe("coverage over the eight designs of world difference_interval_coverage_exact, by exact summation", () => {
  const designs = [
    [50, 50, 0.05, 0.05],
    [100, 100, 0.01, 0.01],
    [100, 100, 0.02, 0.05],
    [100, 20, 0.1, 0.1],
    [40, 40, 0.5, 0.6],
  ] as const;
  const minimum = (estimator: typeof wald) =>
    Math.min(...designs.map(([nc, nt, pc, pt]) => exactDifferenceCoverage(estimator, nc, nt, pc, pt)));

  it("Newcombe never falls below 94 %, Miettinen–Nurminen not below 93.99 %", () => {
    expect(minimum(newcombe)).toBeGreaterThan(0.945);
    expect(minimum(miettinenNurminen)).toBeGreaterThan(0.9399);
  });

  it("rejects the wrong version: Wald, whose minimum is 87 %", () => {
    expect(minimum(wald)).toBeLessThan(0.88);
  });
});
