import { describe, expect, it } from "vitest";
import { randomSource, sampleBinomial, sampleNormal } from "../../src/random/index.js";
import { meanLevelsTest, rateLevelsTest } from "../../src/stats/heterogeneity/index.js";
import {
  heterogeneity,
  type LevelsTest,
  meanHeterogeneity,
  momentsOf,
  rateHeterogeneity,
} from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

type Ok = Extract<LevelsTest, { status: "ok" }>;
const ok = (test: LevelsTest): Ok => {
  expect(test.status).toBe("ok");
  return test as Ok;
};
const scales = ["difference", "lift"] as const;
const level = (y: number, m: number, x: number, n: number) => ({
  control: { x: y, n: m },
  treatment: { x, n },
});

describe("reference", () => {
  it.each(cases("levels", "rateHeterogeneity"))("$id: $input.scale, $source", ({ input, expected, rtol }) => {
    const found = ok(rateHeterogeneity(input.levels, { scale: input.scale }));
    near(found.statistic, expected.statistic, rtol);
    expect(found.df).toBe(expected.df);
    near(found.pValue, expected.pValue, 20 * rtol);
    if (expected.common !== undefined) near(found.common, expected.common, rtol);
  });

  it.each(cases("levels", "meanHeterogeneity"))("$id: $input.scale, $source", ({ input, expected, rtol }) => {
    const found = ok(meanHeterogeneity(input.levels, { scale: input.scale }));
    near(found.statistic, expected.statistic, rtol);
    expect(found.df).toBe(expected.df);
    near(found.pValue, expected.pValue, 20 * rtol);
    if (expected.common !== undefined) near(found.common, expected.common, rtol);
  });
});

const rates = [level(50, 900, 9, 100), level(20, 800, 12, 200), level(80, 700, 15, 90)];
const means = [
  { control: { n: 40, mean: 10, m2: 90 }, treatment: { n: 30, mean: 12, m2: 200 } },
  { control: { n: 9, mean: 20, m2: 30 }, treatment: { n: 12, mean: 21, m2: 90 } },
  { control: { n: 60, mean: 4, m2: 500 }, treatment: { n: 6, mean: 9, m2: 3 } },
];
const swapped = <T>(each: { control: T; treatment: T }) => ({
  control: each.treatment,
  treatment: each.control,
});
const tests = {
  rates: (scale: "difference" | "lift", change = (list: typeof rates) => list) =>
    ok(rateHeterogeneity(change(rates), { scale })),
  means: (scale: "difference" | "lift", change = (list: typeof means) => list) =>
    ok(meanHeterogeneity(change(means), { scale })),
};

describe.each(scales)("laws, %s", (scale) => {
  it("does not care for the order of levels", () => {
    near(tests.rates(scale, (list) => [...list].reverse()).statistic, tests.rates(scale).statistic, 1e-9);
    near(tests.means(scale, (list) => [...list].reverse()).statistic, tests.means(scale).statistic, 1e-9);
  });

  it("says the same with the arms swapped, and turns the common effect around", () => {
    for (const [found, turned] of [
      [tests.rates(scale), tests.rates(scale, (list) => list.map(swapped))],
      [tests.means(scale), tests.means(scale, (list) => list.map(swapped))],
    ] as const) {
      near(turned.statistic, found.statistic, 1e-8);
      near(turned.common, scale === "lift" ? 1 / (1 + found.common) - 1 : -found.common, 1e-8);
    }
  });

  it("finds nothing where all levels have one effect on its scale, however far their baselines lie apart", () => {
    const of = (p: number) => (scale === "lift" ? 1.5 * p : p + 0.05);
    const agreeing = [0.02, 0.1, 0.3].map((p) => level(1e5 * p, 1e5, Math.round(1e5 * of(p)), 1e5));
    expect(ok(rateHeterogeneity(agreeing, { scale })).statistic).toBeLessThan(1e-9);
    const other = scale === "lift" ? "difference" : "lift";
    expect(ok(rateHeterogeneity(agreeing, { scale: other })).pValue).toBeLessThan(1e-9);
    const shifted = [2, 10, 30].map((mean) => ({
      control: { n: 1e4, mean, m2: 1e5 },
      treatment: { n: 1e4, mean: of(mean), m2: 2e5 },
    }));
    expect(ok(meanHeterogeneity(shifted, { scale })).statistic).toBeLessThan(1e-9);
  });

  it("is Cochran's Q with many units", () => {
    const large = [0.11, 0.111, 0.1115].map((mean, i) => ({
      control: { n: 4e6, mean: 0.1 + i / 900, m2: 4e5 },
      treatment: { n: 2e6, mean, m2: 2e5 },
    }));
    const effects = large.map(({ control, treatment }) => {
      const [a, b] = [control.m2 / control.n / control.n, treatment.m2 / treatment.n / treatment.n];
      const ratio = treatment.mean / control.mean;
      return scale === "difference"
        ? { value: treatment.mean - control.mean, standardError: Math.sqrt(a + b) }
        : {
            value: Math.log(ratio),
            standardError: Math.sqrt(a / control.mean ** 2 + b / treatment.mean ** 2),
          };
    });
    const found = ok(meanHeterogeneity(large, { scale }));
    const expected = heterogeneity(effects);
    near(found.statistic, expected.q, 5e-3);
    near(found.iSquared, expected.iSquared, 5e-3);
  });

  it("leaves its input alone, and an amount's unit means nothing", () => {
    const before = JSON.stringify([rates, means]);
    const scaled = tests.means(scale, (list) =>
      list.map(({ control, treatment }) => ({
        control: { n: control.n, mean: 100 * control.mean, m2: 1e4 * control.m2 },
        treatment: { n: treatment.n, mean: 100 * treatment.mean, m2: 1e4 * treatment.m2 },
      })),
    );
    near(scaled.statistic, tests.means(scale).statistic, 1e-9);
    tests.rates(scale);
    expect(JSON.stringify([rates, means])).toBe(before);
  });
});

describe("strata", () => {
  const parts = (list: typeof rates, stratum: number, from = 0) =>
    list.map((each, i) => ({ ...each, level: from + i, stratum }));

  it.each(scales)("a version's own effect is no difference between levels (%s)", (scale) => {
    const first = [0.1, 0.2, 0.3].map((p) => level(1e4 * p, 1e4, Math.round(1.1e4 * p), 1e4));
    const second = [0.1, 0.2, 0.3].map((p) => level(1e4 * p, 1e4, Math.round(1.6e4 * p), 1e4));
    const both = [...parts(first, 1), ...parts(second, 4)];
    if (scale === "difference") return expect(ok(rateLevelsTest(both, scale, undefined)).df).toBe(2);
    expect(ok(rateLevelsTest(both, scale, undefined)).statistic).toBeLessThan(1e-6);
    // Thrown together with a mix that changes, the same data seem to differ.
    const crude = [level(1000, 1e4, 1100, 1e4), level(2000, 1e4, 3200, 1e4), level(3000, 1e4, 3300, 1e4)];
    expect(ok(rateHeterogeneity(crude, { scale })).pValue).toBeLessThan(1e-6);
  });

  it.each(scales)("one stratum cut in two alike halves loses nothing (%s)", (scale) => {
    const whole = rates.map(({ control: c, treatment: t }) => level(20 * c.x, 20 * c.n, 20 * t.x, 20 * t.n));
    const half = rates.map(({ control: c, treatment: t }) => level(10 * c.x, 10 * c.n, 10 * t.x, 10 * t.n));
    const found = ok(rateLevelsTest([...parts(half, 1), ...parts(half, 2)], scale, undefined));
    near(found.statistic, ok(rateHeterogeneity(whole, { scale })).statistic, 1e-3);
    expect(found.df).toBe(2);
  });

  it("levels of versions that share none are compared within each version only", () => {
    const apart = [...parts(rates, 1), ...parts(rates, 2, 3)];
    const found = ok(rateLevelsTest(apart, "difference", undefined));
    expect(found.df).toBe(4);
    near(found.statistic, 2 * ok(rateHeterogeneity(rates)).statistic, 1e-9);
    const of = means.map((each, i) => ({ ...each, level: i, stratum: 1 }));
    const two = ok(
      meanLevelsTest(
        [...of, ...of.map((each) => ({ ...each, level: each.level + 3, stratum: 2 }))],
        "difference",
      ),
    );
    expect(two.df).toBe(4);
    near(two.statistic, 2 * ok(meanHeterogeneity(means)).statistic, 1e-9);
  });
});

describe("edges", () => {
  it("two levels, a level without events, one unit in an arm", () => {
    expect(ok(rateHeterogeneity([level(0, 50, 0, 60), level(5, 50, 9, 60)])).df).toBe(1);
    const found = rateHeterogeneity([level(0, 50, 0, 60), level(5, 50, 9, 60)], { scale: "lift" });
    expect(found).toMatchObject({
      status: "undefined",
      reason: expect.stringMatching(/fewer than two levels/),
    });
    expect(ok(rateHeterogeneity([level(0, 1, 1, 1), level(5, 50, 9, 60)])).pValue).toBeGreaterThan(0);
    expect(ok(rateHeterogeneity([level(100, 100, 100, 100), level(50, 100, 60, 100)])).df).toBe(1);
  });

  it("an arm without a single success has a difference and no ratio", () => {
    const none = [level(0, 500, 6, 500), level(0, 400, 9, 400)];
    expect(ok(rateHeterogeneity(none)).pValue).toBeGreaterThan(0.1);
    expect(rateHeterogeneity(none, { scale: "lift" }).status).toBe("undefined");
    expect(rateHeterogeneity([level(0, 50, 0, 50), level(0, 40, 0, 40)]).status).toBe("undefined");
    expect(rateHeterogeneity([level(50, 50, 50, 50), level(40, 40, 40, 40)]).status).toBe("undefined");
  });

  it("ten million units in every arm", () => {
    const found = ok(rateHeterogeneity([level(1e6, 1e7, 1.01e6, 1e7), level(1e3, 1e7, 1.2e3, 1e7)]));
    expect(found.pValue).toBeLessThan(1e-6);
  });

  it("means of different signs have no lift in common, negative ones alike have", () => {
    const part = (control: number, treatment: number) => ({
      control: { n: 20, mean: control, m2: 5 },
      treatment: { n: 20, mean: treatment, m2: 5 },
    });
    expect(meanHeterogeneity([part(-3, 2), part(4, 5)], { scale: "lift" })).toMatchObject({
      status: "undefined",
      reason: expect.stringMatching(/different signs/),
    });
    const negative = ok(meanHeterogeneity([part(-3, -2), part(-6, -4)], { scale: "lift" }));
    near(negative.common, 1 / 3, 1e-9);
    expect(meanHeterogeneity([part(0, 2), part(0, 5)], { scale: "lift" }).status).toBe("undefined");
    const still = { control: { n: 5, mean: 1, m2: 0 }, treatment: { n: 5, mean: 2, m2: 0 } };
    expect(meanHeterogeneity([still, still]).status).toBe("undefined");
    expect(ok(meanHeterogeneity([part(1, 2), still, part(1, 2)])).df).toBe(1);
  });

  it("refuses what is not a level", () => {
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        const { code, path } = error as { code: string; path: readonly unknown[] };
        return [code, ...path].join(" ");
      }
      return "nothing";
    };
    expect(code(() => rateHeterogeneity([level(1, 2, 1, 2)]))).toBe("insufficient_data levels");
    expect(code(() => rateHeterogeneity([level(1, 2, 1, 2), level(3, 2, 1, 2)]))).toBe(
      "out_of_range levels 1 control x",
    );
    expect(code(() => rateHeterogeneity(rates, { scale: "ratio" as "lift" }))).toBe(
      "unknown_name options scale",
    );
    expect(code(() => meanHeterogeneity(means.slice(0, 1)))).toBe("insufficient_data levels");
    const one = { control: { n: 1, mean: 0, m2: 0 }, treatment: { n: 5, mean: 0, m2: 1 } };
    expect(code(() => meanHeterogeneity([one, one]))).toBe("insufficient_data levels 0 control n");
  });
});

describe("resamples", () => {
  const thin = [
    level(0, 66, 31, 1614),
    level(2, 66, 61, 1614),
    level(1, 66, 20, 1614),
    level(6, 66, 22, 1614),
  ];

  it("stand in for χ² only where an arm expects fewer than two events, alike for the same source", () => {
    const random = () => randomSource("thin");
    const found = ok(rateHeterogeneity(thin, { random: random() }));
    expect(found).toMatchObject({ method: "score-bootstrap" });
    expect(found).toEqual(rateHeterogeneity(thin, { random: random() }));
    expect(ok(rateHeterogeneity(thin)).method).toBe("score");
    expect(
      ok(rateHeterogeneity([level(9, 100, 9, 100), level(9, 100, 9, 100)], { random: random() })),
    ).toEqual(rateHeterogeneity([level(9, 100, 9, 100), level(9, 100, 9, 100)]));
  });

  it("are few where nothing is to be seen, 999 at most, and p goes on beyond them", () => {
    const alike = [level(1, 60, 8, 500), level(1, 60, 9, 500), level(1, 60, 8, 500)];
    expect(ok(rateHeterogeneity(alike, { random: randomSource(1) })).resamples).toBeLessThan(60);
    const apart = ok(
      rateHeterogeneity([level(0, 60, 5, 5000), level(2, 60, 2500, 5000)], { random: randomSource(1) }),
    );
    expect(apart.resamples).toBe(999);
    expect(apart.pValue).toBeLessThan(1e-6);
  });
});

/** Share of simulated tables in which a test says that levels differ at 5 %. */
function rejects(
  draw: (random: ReturnType<typeof randomSource>) => Parameters<typeof rateHeterogeneity>[0],
  p: (levels: Parameters<typeof rateHeterogeneity>[0], random: ReturnType<typeof randomSource>) => number,
  times: number,
): number {
  const random = randomSource("levels");
  let rejected = 0;
  for (let i = 0; i < times; i++) if (p(draw(random), random) < 0.05) rejected++;
  return rejected / times;
}

const table =
  (n: readonly [number, number], control: readonly number[], treatment: readonly number[]) =>
  (random: ReturnType<typeof randomSource>) =>
    control.map((p, i) =>
      level(
        sampleBinomial(random, n[0], p),
        n[0],
        sampleBinomial(random, n[1], treatment[i] as number),
        n[1],
      ),
    );
const score =
  (scale: "difference" | "lift") =>
  (levels: Parameters<typeof rateHeterogeneity>[0], random: ReturnType<typeof randomSource>) => {
    const found = rateHeterogeneity(levels, { scale, random });
    return found.status === "ok" ? found.pValue : 1;
  };
const days = [0.019, 0.038, 0.0172, 0.0268, 0.0179, 0.0317, 0.0313];

describe("calibration", () => {
  const nullCells = table([50, 450], Array(24).fill(0.05), Array(24).fill(0.05));
  const constant = [0.03, 0.04, 0.05, 0.05, 0.06, 0.08];
  const times = 400;
  // 5 % and three Monte-Carlo errors of so many tables.
  const bar = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / times);

  it.each(scales)("24 null cells of 50 and 450 units, %s", (scale) => {
    const share = rejects(nullCells, score(scale), times);
    expect(share).toBeLessThan(bar);
    expect(share).toBeGreaterThan(0.015);
  });

  it("sparse days of one difference", () => {
    const share = rejects(
      table(
        [66, 1614],
        days.map((p) => p - 0.0152),
        days,
      ),
      score("difference"),
      times,
    );
    expect(share).toBeLessThan(bar);
    expect(share).toBeGreaterThan(0.015);
  });

  it("levels of one lift", () => {
    const draw = table(
      [900, 100],
      constant,
      constant.map((p) => 1.15 * p),
    );
    expect(rejects(draw, score("lift"), times)).toBeLessThan(bar);
  });

  it("levels of a few normal units, on both scales", () => {
    const random = randomSource("normal levels");
    const arm = (n: number) => momentsOf(Array.from({ length: n }, () => 10 + sampleNormal(random)));
    const wrong = { difference: 0, lift: 0, cochran: 0 };
    for (let i = 0; i < times; i++) {
      const levels = Array.from({ length: 20 }, () => ({ control: arm(4), treatment: arm(4) }));
      for (const scale of scales) if (ok(meanHeterogeneity(levels, { scale })).pValue < 0.05) wrong[scale]++;
      const effects = levels.map(({ control, treatment }) => ({
        value: treatment.mean - control.mean,
        standardError: Math.sqrt((control.m2 + treatment.m2) / 12),
      }));
      if (heterogeneity(effects).pValue < 0.05) wrong.cochran++;
    }
    expect(wrong.difference / times).toBeLessThan(bar);
    expect(wrong.lift / times).toBeLessThan(bar);
    // The named wrong version: Cochran's Q takes estimated variances for known ones.
    expect(wrong.cochran / times).toBeGreaterThan(0.25);
  });

  it("rejects the named wrong versions: Cochran's Q of Wald variances, and the likelihood ratio", () => {
    const spread = ({ x, n }: { x: number; n: number }) => Math.max(1e-12, (x * (n - x)) / n / n / (n - 1));
    const wald = (levels: Parameters<typeof rateHeterogeneity>[0]) =>
      heterogeneity(
        levels.map(({ control, treatment }) => ({
          value: treatment.x / treatment.n - control.x / control.n,
          standardError: Math.sqrt(spread(control) + spread(treatment)),
        })),
      ).pValue;
    expect(rejects(nullCells, wald, times)).toBeGreaterThan(0.25);
    const term = (x: number, expected: number) => (x > 0 ? 2 * x * Math.log(x / expected) : 0);
    const ratio = (levels: Parameters<typeof rateHeterogeneity>[0]) => {
      const chi = levels.reduce((sum, { control: c, treatment: t }) => {
        // Near the null of no effect at all the fit of each level is its pooled rate.
        const p = (c.x + t.x) / (c.n + t.n);
        const own = [c, t].map(({ x, n }) => term(x, n * p) + term(n - x, n * (1 - p)));
        return sum + (own[0] as number) + (own[1] as number);
      }, 0);
      // 24 levels held against no effect: 24 degrees of freedom, one more than against a common one.
      return chi > 36.415 ? 0 : 1;
    };
    expect(rejects(nullCells, ratio, times)).toBeGreaterThan(0.07);
  });

  it("has the power of the score test: one of twelve levels with four points more", () => {
    const lifted = Array.from({ length: 12 }, (_, i) => (i === 3 ? 0.09 : 0.05));
    expect(
      rejects(table([1000, 1000], Array(12).fill(0.05), lifted), score("difference"), 200),
    ).toBeGreaterThan(0.45);
  });
});
