import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import type { Moments } from "../../src/core/moments.js";
import { randomSource, sampleNormal, samplePoisson } from "../../src/random/index.js";
import {
  ancova,
  covariateMoments,
  cuped,
  cupedRatio,
  MomentsAccumulator,
  mergeMoments,
  ratioDifference,
  type SlopeSource,
  scalar,
  stratifiedCuped,
  welch,
} from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const ok = (estimate: Estimate): Ok => {
  expect(estimate.status).toBe("ok");
  return estimate as Ok;
};
const momentsFrom = (rows: readonly (readonly number[])[], names: readonly string[]) => {
  const accumulator = new MomentsAccumulator(names);
  for (const row of rows) accumulator.push(row);
  return accumulator.moments();
};
interface Summary {
  n: number;
  meanY: number;
  varY: number;
  meanX: number;
  varX: number;
  cov: number;
}
const moments = ({ n, meanY, varY, meanX, varX, cov }: Summary): Moments => ({
  n,
  names: ["y", "x"],
  mean: [meanY, meanX],
  comoment: [varY * (n - 1), cov * (n - 1), varX * (n - 1)],
});
const slopes: SlopeSource[] = ["within", "joint", "separate"];

describe("reference", () => {
  it.each(cases("adjustment", "cupedSummary"))("$id", ({ input, expected, rtol }) => {
    for (const slope of ["joint", "within"] as const) {
      const {
        adjusted,
        slopes: found,
        health,
      } = cuped(moments(input.control), moments(input.treatment), {
        slope,
        level: 1 - input.alpha,
      });
      const difference = ok(adjusted.difference);
      near(found.control[0], expected[slope].theta, rtol);
      near(difference.value, expected[slope].diff, rtol);
      near(difference.standardError, expected[slope].se, rtol);
      near(difference.df, expected[slope].df, rtol);
      near(difference.pValue, expected[slope].pWelch, rtol);
      near(difference.interval[0], expected[slope].ci[0], rtol);
      near(difference.interval[1], expected[slope].ci[1], rtol);
      near(health.varianceReduction, expected[slope].varianceReduction, 1e-8);
    }
  });

  it.each(cases("adjustment", "ancovaMultiCovariate"))("$id", ({ input, expected, rtol }) => {
    const arm = (which: number) =>
      momentsFrom(
        input.y.flatMap((y: number, i: number) =>
          input.treatment[i] === which ? [[y, ...input.covariates[i]]] : [],
        ),
        ["y", "a", "b", "c"],
      );
    const estimate = ok(ancova(arm(0), arm(1)));
    near(estimate.value, expected.effect, rtol);
    near(estimate.standardError, expected.seOLS, rtol);
    expect(estimate.df).toBe(60 - 5);
    const { adjusted, slopes: found } = cuped(arm(0), arm(1));
    near(ok(adjusted.difference).value, expected.effect, rtol);
    found.control.forEach((slope, i) => {
      near(slope, expected.coef[i + 2], rtol);
    });
  });
});

const source = randomSource("cuped");
const rows = (n: number, effect: number, slope = 1) =>
  Array.from({ length: n }, () => {
    const x = sampleNormal(source);
    return [effect + slope * x + 0.5 * sampleNormal(source), x];
  });
const [controlRows, treatmentRows] = [rows(200, 1), rows(120, 1.2)];
const [control, treatment] = [momentsFrom(controlRows, ["y", "x"]), momentsFrom(treatmentRows, ["y", "x"])];

describe("laws", () => {
  it.each(slopes)("%s: swapping the arms negates; the covariate's unit and origin do not matter", (slope) => {
    const run = (a: Moments, b: Moments) => ok(cuped(a, b, { slope }).adjusted.difference);
    const forth = run(control, treatment);
    near(run(treatment, control).value, -forth.value, 1e-12);
    near(run(treatment, control).pValue, forth.pValue, 1e-10);
    const other = (list: number[][]) =>
      momentsFrom(
        list.map(([y, x]) => [y!, 40 - 3 * x!]),
        ["y", "x"],
      );
    near(run(other(controlRows), other(treatmentRows)).pValue, forth.pValue, 1e-9);
    expect(forth.method).toBe(`cuped-${slope}`);
  });

  it("separate slopes: the error and its df by the book, from rows, what the slopes' gap adds among it", () => {
    const arms = [controlRows, treatmentRows.map(([y, x]) => [y! + 0.7 * x!, x!])];
    const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
    const every = arms.flat().map((row) => row[1]!);
    const [size, center] = [every.length, mean(every)];
    const found = arms.map((rows) => {
      const n = rows.length;
      const [my, mx] = [mean(rows.map((row) => row[0]!)), mean(rows.map((row) => row[1]!))];
      const sum = (value: (y: number, x: number) => number) =>
        rows.reduce((total, [y, x]) => total + value(y! - my, x! - mx), 0);
      const slope = sum((y, x) => y * x) / sum((_, x) => x * x);
      const error = sum((y, x) => (y - slope * x) * (y - slope * x)) / (n - 2) / n;
      return { n, slope, error, adjusted: my - slope * (mx - center) };
    });
    const [c, t] = [found[0]!, found[1]!];
    const spread = every.reduce((sum, x) => sum + (x - center) * (x - center), 0) / (size - 1);
    const gap = ((t.slope - c.slope) * (t.slope - c.slope) * spread) / size;
    const parts = [
      [c.error, c.n - 1],
      [t.error, t.n - 1],
      [gap, size - 1],
    ] as const;
    const variance = parts.reduce((sum, [part]) => sum + part, 0);
    const [first, second] = arms.map((rows) => momentsFrom(rows as number[][], ["y", "x"]));
    const difference = ok(cuped(first!, second!, { slope: "separate" }).adjusted.difference);
    near(difference.value, t.adjusted - c.adjusted, 1e-10);
    near(difference.standardError, Math.sqrt(variance), 1e-10);
    near(
      difference.df,
      (variance * variance) / parts.reduce((sum, [part, df]) => sum + (part * part) / df, 0),
      1e-10,
    );
    expect(gap / variance).toBeGreaterThan(0.05);
  });

  it("cells merged give the whole's result", () => {
    const halves = [controlRows.slice(0, 90), controlRows.slice(90)].map((list) =>
      momentsFrom(list, ["y", "x"]),
    );
    const merged = mergeMoments(halves[0]!, halves[1]!);
    near(
      ok(cuped(merged, treatment).adjusted.difference).standardError,
      ok(cuped(control, treatment).adjusted.difference).standardError,
      1e-12,
    );
  });

  it("raw stands beside adjusted, and adjusting for a good covariate narrows", () => {
    const { raw, adjusted, health } = cuped(control, treatment);
    expect(raw.difference).toEqual(welch(scalar(control), scalar(treatment)));
    expect(health.varianceReduction).toBeGreaterThan(0.6);
    expect(health.correlation).toBeGreaterThan(0.85);
    expect(health.warnings).toEqual([]);
    near(ok(adjusted.lift).pValue, ok(adjusted.difference).pValue, 1e-9);
  });

  it("a covariate given twice, or constant, is dropped and named, and changes nothing", () => {
    const twice = (list: number[][]) =>
      momentsFrom(
        list.map(([y, x]) => [y!, x!, 2 * x! - 1, 7]),
        ["y", "x", "again", "constant"],
      );
    for (const slope of slopes) {
      const result = cuped(twice(controlRows), twice(treatmentRows), { slope });
      near(
        ok(result.adjusted.difference).value,
        ok(cuped(control, treatment, { slope }).adjusted.difference).value,
        1e-9,
      );
      expect(result.health.dropped).toEqual(["again", "constant"]);
    }
  });

  it("one stratum of stratified CUPED has CUPED's standard error; strata swap and negate", () => {
    const estimate = ok(stratifiedCuped([{ control, treatment }]));
    near(estimate.value, ok(cuped(control, treatment).adjusted.difference).value, 1e-12);
    near(estimate.standardError, ok(cuped(control, treatment).adjusted.difference).standardError, 1e-12);
    near(ok(stratifiedCuped([{ control: treatment, treatment: control }])).value, -estimate.value, 1e-12);
  });
});

describe("health", () => {
  it("a covariate the treatment changed is seen", () => {
    const moved = momentsFrom(
      treatmentRows.map(([y, x]) => [y!, x! + 2]),
      ["y", "x"],
    );
    const { health } = cuped(control, moved);
    expect(health.warnings).toContain("unbalanced");
    expect(health.balance.pValue).toBeLessThan(1e-6);
    expect(health.balance.covariates[0]!.standardizedDifference).toBeGreaterThan(1.5);
  });

  it("a useless covariate is called weak", () => {
    const noise = (n: number) =>
      momentsFrom(
        Array.from({ length: n }, () => [sampleNormal(source), sampleNormal(source)]),
        ["y", "noise"],
      );
    expect(cuped(noise(3000), noise(2000)).health.warnings).toEqual(["weak"]);
  });

  it("balance p-values of randomised arms are uniform", () => {
    let small = 0;
    for (let run = 0; run < 400; run++) {
      const arm = (n: number) =>
        momentsFrom(
          rows(n, 0).map(([y, x]) => [y!, x!, sampleNormal(source) + x!]),
          ["y", "x", "z"],
        );
      if (cuped(arm(60), arm(40)).health.balance.pValue < 0.1) small++;
    }
    expect(Math.abs(small / 400 - 0.1)).toBeLessThan(3 * Math.sqrt(0.09 / 400) + 0.01);
  });
});

describe("missing pre-period", () => {
  it("indicators keep every unit; the share is reported", () => {
    const arm = (list: number[][]) =>
      covariateMoments(
        list.map(([y]) => y!),
        { before: list.map(([, x], i) => (i % 4 === 0 ? null : x!)) },
      );
    const [a, b] = [arm(controlRows), arm(treatmentRows)];
    expect(a.names).toEqual(["outcome", "before", "before_missing"]);
    expect(a.n).toBe(200);
    const { health, adjusted, raw } = cuped(a, b);
    near(health.shareMissing, 0.25, 1e-12);
    expect(ok(adjusted.difference).standardError).toBeLessThan(ok(raw.difference).standardError);
    near(ok(raw.difference).value, ok(cuped(control, treatment).raw.difference).value, 1e-12);
  });

  it("nothing missing drops the indicator", () => {
    const arm = (list: number[][]) =>
      covariateMoments(
        list.map(([y]) => y!),
        { before: list.map(([, x]) => x!) },
      );
    const { health, adjusted } = cuped(arm(controlRows), arm(treatmentRows));
    expect(health.dropped).toEqual(["before_missing"]);
    near(ok(adjusted.difference).value, ok(cuped(control, treatment).adjusted.difference).value, 1e-10);
  });
});

describe("ratios", () => {
  const arm = (n: number, rate: number) =>
    momentsFrom(
      Array.from({ length: n }, () => {
        const taste = Math.exp(0.6 * sampleNormal(source));
        const [now, before] = [1 + samplePoisson(source, 4), 1 + samplePoisson(source, 4)];
        return [
          samplePoisson(source, now * taste * rate),
          now,
          samplePoisson(source, before * taste),
          before,
        ];
      }),
      ["orders", "sessions", "orders_before", "sessions_before"],
    );
  const [a, b] = [arm(400, 1), arm(300, 1.05)];

  it("raw is the delta method's; adjusting for the ratio before narrows it", () => {
    const result = cupedRatio(a, b, { covariate: "ratio" });
    if ("status" in result) throw new Error(result.reason);
    near(ok(result.raw.difference).standardError, ok(ratioDifference(a, b)).standardError, 1e-9);
    expect(result.health.varianceReduction).toBeGreaterThan(0.2);
    expect(ok(result.adjusted.difference).method).toBe("cuped-within");
  });

  it("plain covariates adjust a ratio too, and a denominator near zero is stated", () => {
    const result = cupedRatio(a, b);
    if ("status" in result) throw new Error(result.reason);
    expect(result.health.balance.covariates.map(({ name }) => name)).toEqual([
      "orders_before",
      "sessions_before",
    ]);
    expect(cupedRatio({ ...a, mean: [1, 0, 1, 1] }, b)).toMatchObject({ status: "undefined" });
    const two = { n: 9, names: ["a", "b"], mean: [1, 1], comoment: [1, 0, 1] };
    expect(() => cupedRatio(two, two)).toThrow(
      expect.objectContaining({ code: "wrong_length", path: ["control", "names"] }),
    );
  });
});

describe("edges", () => {
  it.each([
    [{ ...control, n: 2 }, "insufficient_data", ["control", "n"]],
    [{ ...control, comoment: [1, 5, 1] }, "inconsistent_moments", ["control", "comoment", 1]],
    [{ n: 9, names: ["y"], mean: [1], comoment: [4] }, "wrong_length", ["control", "names"]],
    [{ ...control, names: ["y", "z"] }, "mismatched_names", ["treatment", "names"]],
  ])("%o is refused as %s", (wrong, code, path) => {
    expect(() => cuped(wrong as Moments, treatment)).toThrow(expect.objectContaining({ code, path }));
    expect(() => ancova(wrong as Moments, treatment)).toThrow(expect.objectContaining({ code, path }));
  });

  it.each([
    [() => cuped(control, treatment, { slope: "pooled" as "joint" }), "unknown_name", ["options", "slope"]],
    [() => cuped(control, treatment, { level: 7 }), "out_of_range", ["options", "level"]],
    [() => stratifiedCuped([]), "insufficient_data", ["strata"]],
    [() => covariateMoments([], {}), "insufficient_data", ["outcome", "length"]],
    [() => covariateMoments([1], { x: [1, 2] }), "wrong_length", ["covariates", "x"]],
    [() => covariateMoments([Number.NaN], {}), "not_finite", ["outcome", 0]],
    [() => covariateMoments([1], { x: [Number.NaN] }), "not_finite", ["covariates", "x", 0]],
  ])("%s is refused as %s", (run, code, path) => {
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });

  it("an outcome its covariate explains wholly is degenerate", () => {
    const exact = (n: number, shift: number) =>
      momentsFrom(
        Array.from({ length: n }, (_, i) => [3 * i + shift, i]),
        ["y", "x"],
      );
    expect(cuped(exact(10, 0), exact(12, 1)).adjusted.difference).toMatchObject({ status: "degenerate" });
    expect(ancova(exact(10, 0), exact(12, 1))).toMatchObject({ status: "degenerate" });
  });
});

describe("calibration slice: 95 % intervals, unequal arms, slopes that differ between them", () => {
  const runs = 800;
  const error = 3 * Math.sqrt((0.95 * 0.05) / runs);
  const draw = randomSource("cuped slice");
  const covered: Record<string, number> = { within: 0, joint: 0, separate: 0, both: 0 };
  const count = (name: string, estimate: Estimate, truth: number) => {
    const { interval } = ok(estimate);
    if (interval[0] <= truth && truth <= interval[1]) covered[name]! += 1;
  };
  for (let run = 0; run < runs; run++) {
    const arm = (n: number, effect: number, slope: number) => {
      const strata = [new MomentsAccumulator(["y", "x"]), new MomentsAccumulator(["y", "x"])] as const;
      for (let i = 0; i < n; i++) {
        const x = sampleNormal(draw);
        const stratum = draw.next() < 0.4 ? 1 : 0;
        strata[stratum].push([effect + slope * x + stratum * 2 + sampleNormal(draw), x]);
      }
      return [strata[0].moments(), strata[1].moments()] as const;
    };
    const [c, t] = [arm(150, 0, 1), arm(70, 0.5, 1.6)];
    for (const slope of slopes)
      count(slope, cuped(mergeMoments(...c), mergeMoments(...t), { slope }).adjusted.difference, 0.5);
    count(
      "both",
      stratifiedCuped([
        { control: c[0], treatment: t[0] },
        { control: c[1], treatment: t[1] },
      ]),
      0.5,
    );
  }

  it.each(["within", "joint", "separate", "both"])("%s covers 94 to 96 in a hundred", (name) => {
    expect(covered[name]! / runs).toBeGreaterThan(0.94 - error);
    expect(covered[name]! / runs).toBeLessThan(0.965 + error);
  });
});

it("rejects the wrong version: the adjusted mean without moving to the overall covariate mean", () => {
  const moved = momentsFrom(
    treatmentRows.map(([y, x]) => [y! + 1.5, x! + 1.5]),
    ["y", "x"],
  );
  const { raw, adjusted } = cuped(control, moved, { slope: "within" });
  expect(Math.abs(ok(adjusted.difference).value - 0.2)).toBeLessThan(0.3);
  expect(ok(raw.difference).value).toBeGreaterThan(1.3);
});
