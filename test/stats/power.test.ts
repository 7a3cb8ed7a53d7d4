import { describe, expect, it } from "vitest";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import {
  adjustedVariance,
  minimumDetectableDifference,
  momentsOf,
  pooledT,
  powerForMeans,
  ratioVariance,
  sampleSizeForDifference,
  sampleSizeForMeans,
  sampleSizeForProportions,
} from "../../src/stats/index.js";
import { cases, near } from "./reference.js";

const optionsOf = (input: { alpha: number; power?: number; ratio?: number; sides?: number }) => ({
  alpha: input.alpha,
  ...(input.power ? { power: input.power } : {}),
  ratio: input.ratio ?? 1,
  alternative: input.sides === 1 ? ("one-sided" as const) : ("two-sided" as const),
});

describe("reference", () => {
  it.each(cases("power", "sampleSizeTwoProportions"))("$id", ({ input, expected, rtol }) => {
    for (const [formula, key] of [
      ["pooled", "nControlPooledNull"],
      ["unpooled", "nControlUnpooled"],
      ["arcsine", "nControlArcsine"],
    ] as const)
      near(
        sampleSizeForProportions({ control: input.p1, treatment: input.p2 }, { ...optionsOf(input), formula })
          .exactControl,
        expected[key],
        rtol,
      );
  });

  it.each(cases("power", "sampleSizeTTest"))("$id", ({ input, expected, rtol }) => {
    near(sampleSizeForMeans(input.effectSize, optionsOf(input)).exactControl, expected.nControl, rtol);
  });

  it.each(cases("power", "powerTTest"))("$id", ({ input, expected, rtol }) => {
    near(powerForMeans(input.nControl, input.effectSize, optionsOf(input)), expected.power, rtol);
  });

  it.each(cases("power", "sampleSizeMeanCuped"))("$id", ({ input, expected, rtol }) => {
    const variance = adjustedVariance(input.sd ** 2, input.rho);
    near(sampleSizeForDifference(variance, input.mde, optionsOf(input)).exactControl, expected.nPerArm, rtol);
    near(minimumDetectableDifference(variance, 10_000, optionsOf(input)), expected.mdeAt10000, rtol);
  });

  it.each(cases("power", "sampleSizeRatio"))("$id", ({ input, expected, rtol }) => {
    const n = 1001;
    const variance = ratioVariance({
      n,
      names: ["numerator", "denominator"],
      mean: [input.numMean, input.denMean],
      comoment: [input.numVar, input.cov, input.denVar].map((value) => value * (n - 1)),
    });
    near(variance, expected.linearizedVariance, rtol);
    const difference = (input.relativeMde * input.numMean) / input.denMean;
    near(
      sampleSizeForDifference(variance, difference, optionsOf(input)).exactControl,
      expected.nPerArm,
      rtol,
    );
  });
});

describe("laws", () => {
  it("size and power undo each other, for any ratio and side", () => {
    for (const ratio of [0.25, 1, 3])
      for (const alternative of ["two-sided", "one-sided"] as const)
        for (const power of [0.5, 0.8, 0.99]) {
          const options = { ratio, alternative, power };
          const { exactControl } = sampleSizeForMeans(0.35, options);
          near(powerForMeans(exactControl, 0.35, { ratio, alternative }), power, 1e-9);
          const { exactControl: n } = sampleSizeForDifference(4, 0.5, options);
          near(minimumDetectableDifference(4, n, options), 0.5, 1e-12);
        }
  });

  it("rounds up, in both arms", () => {
    expect(sampleSizeForProportions({ control: 0.1, treatment: 0.11 }, { ratio: 2 })).toMatchObject({
      control: expect.toSatisfy(Number.isInteger),
      treatment: expect.toSatisfy(Number.isInteger),
    });
    const { control, exactControl } = sampleSizeForMeans(0.5);
    expect(control).toBe(Math.ceil(exactControl));
  });

  it("the normal and the t-test's sizes meet for many units", () => {
    near(sampleSizeForMeans(0.01).exactControl, sampleSizeForDifference(1, 0.01).exactControl, 1e-4);
  });

  it("very large effects need few units, never fewer than a t-test can do with", () => {
    expect(sampleSizeForMeans(50).control).toBe(2);
  });
});

describe("edges", () => {
  it.each([
    [() => sampleSizeForProportions({ control: 0, treatment: 0.1 }), "out_of_range", ["rates", "control"]],
    [() => sampleSizeForProportions({ control: 0.1, treatment: 0.1 }), "same_rates", ["rates", "treatment"]],
    [
      () => sampleSizeForProportions({ control: 0.1, treatment: 0.2 }, { formula: "exact" as "pooled" }),
      "unknown_name",
      ["options", "formula"],
    ],
    [() => sampleSizeForMeans(0), "out_of_range", ["effectSize"]],
    [() => sampleSizeForMeans(0.1, { alpha: 0 }), "out_of_range", ["options", "alpha"]],
    [() => sampleSizeForMeans(0.1, { power: 1 }), "out_of_range", ["options", "power"]],
    [() => sampleSizeForMeans(0.1, { ratio: 0 }), "out_of_range", ["options", "ratio"]],
    [
      () => sampleSizeForMeans(0.1, { alternative: "greater" as "one-sided" }),
      "unknown_name",
      ["options", "alternative"],
    ],
    [() => powerForMeans(1, 0.1), "insufficient_data", ["control"]],
    [() => sampleSizeForDifference(-1, 0.1), "out_of_range", ["variance"]],
    [() => sampleSizeForDifference(1, 0), "out_of_range", ["difference"]],
    [() => minimumDetectableDifference(1, 0), "out_of_range", ["control"]],
    [() => adjustedVariance(1, 1), "out_of_range", ["correlation"]],
    [
      () => ratioVariance({ n: 5, names: ["a", "b"], mean: [1, 0], comoment: [1, 0, 1] }),
      "out_of_range",
      ["moments", "mean", 1],
    ],
  ])("%# is refused", (run, code, path) => {
    expect(run).toThrow(expect.objectContaining({ code, path }));
  });
});

it("calibration slice: the power promised is the power found, unequal arms", () => {
  const source = randomSource("power");
  const runs = 2000;
  const promised = powerForMeans(40, 0.6, { ratio: 0.5 });
  let found = 0;
  for (let run = 0; run < runs; run++) {
    const arm = (n: number, mean: number) =>
      momentsOf(Array.from({ length: n }, () => mean + sampleNormal(source)));
    const estimate = pooledT(arm(40, 0), arm(20, 0.6));
    if (estimate.status === "ok" && estimate.pValue < 0.05) found++;
  }
  expect(Math.abs(found / runs - promised)).toBeLessThan(4 * Math.sqrt((promised * (1 - promised)) / runs));
});

it("rejects the wrong version: the normal formula where the t-test needs more", () => {
  const [, second] = cases("power", "sampleSizeTTest");
  const { effectSize, alpha, power } = second!.input;
  const normalSize = sampleSizeForDifference(1, effectSize, { alpha, power }).exactControl;
  expect(normalSize).toBeLessThan(second!.expected.nControl - 0.9);
});
