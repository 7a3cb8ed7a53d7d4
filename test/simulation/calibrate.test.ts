import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { ExperimentError } from "../../src/errors/index.js";
import { sampleNormal } from "../../src/random/index.js";
import {
  type CalibrationWorld,
  calibrate,
  calibrationChunks,
  calibrationTable,
  coverageWorld,
  covering,
  exactTally,
  gatherCalibration,
  judgeFigure,
  mergeTallies,
  rejectionWorld,
  runCalibrationChunk,
  TallyBuilder,
} from "../../src/simulation/calibration/index.js";

const around = (value: number, reach: number): Estimate => ({
  status: "ok",
  method: "toy",
  value,
  standardError: 1,
  interval: [value - reach, value + reach],
  level: 0.95,
  pValue: 1,
});
const unbounded = (complement?: readonly [number, number]): Estimate => ({
  status: "unbounded",
  method: "toy",
  reason: "toy",
  ...(complement ? { complement } : {}),
});

/** A mean of one normal value with known variance: 1.96 covers 95 %, 1.645 covers 90 %. */
const toy = (bars: { wide?: object; narrow?: object } = {}): CalibrationWorld =>
  coverageWorld<number>({
    key: "toy/normal",
    group: "Toy",
    title: "N(2, 1)",
    truth: 2,
    draw: (random) => 2 + sampleNormal(random),
    methods: [
      { method: "1.96", ...bars.wide, estimate: (x) => around(x, 1.959964) },
      { method: "1.645", ...bars.narrow, estimate: (x) => around(x, 1.644854) },
    ],
  });

describe("covering", () => {
  it("tells a hit from a miss by side", () => {
    expect(covering(around(0, 1), 0.5)).toBe("covered");
    expect(covering(around(0, 1), 1)).toBe("covered");
    expect(covering(around(0, 1), -1.5)).toBe("left");
    expect(covering(around(0, 1), 1.5)).toBe("right");
  });
  it("counts the whole line and a complement as the sets they are", () => {
    expect(covering(unbounded(), 7)).toBe("covered");
    expect(covering(unbounded([0, 1]), 2)).toBe("covered");
    expect(covering(unbounded([0, 1]), -2)).toBe("covered");
    expect(covering(unbounded([0, 1]), 0.2)).toBe("right");
    expect(covering(unbounded([0, 1]), 0.9)).toBe("left");
  });
  it("lets an estimate without a set cover nothing", () => {
    expect(covering({ status: "degenerate", method: "toy", reason: "toy", value: 2 }, 2)).toBe("none");
  });
});

describe("tallies", () => {
  it("of parts merge to the tally of the whole", () => {
    const values = [0, 1, 1, 0, 0.5, 7, -3, 1];
    const build = (part: readonly number[]) => {
      const builder = new TallyBuilder();
      for (const value of part) {
        builder.add(value);
        if (value > 0) builder.count("positive");
      }
      return builder.tally();
    };
    const whole = build(values);
    const merged = mergeTallies(build(values.slice(0, 3)), build(values.slice(3)));
    expect(merged.moments.n).toBe(8);
    expect(merged.moments.mean).toBeCloseTo(whole.moments.mean, 14);
    expect(merged.moments.m2).toBeCloseTo(whole.moments.m2, 12);
    expect(merged.counts).toEqual({ positive: 5 });
  });
  it("keep an exact figure as it is", () => {
    const exact = exactTally(0.94, { left: 0.04 });
    expect(mergeTallies(exact, exact)).toBe(exact);
    expect(judgeFigure({ method: "toy", measure: "coverage", atLeast: 0.941 }, exact)).toMatchObject({
      value: 0.94,
      monteCarloError: 0,
      held: false,
    });
  });
});

describe("judgeFigure", () => {
  const tally = (hits: number, n: number) => ({
    moments: { n, mean: hits / n, m2: hits * (1 - hits / n) },
    counts: {},
  });
  const figure = { method: "toy", measure: "coverage", atLeast: 0.94, atMost: 0.96 } as const;
  it("allows three Monte-Carlo errors and not a fourth", () => {
    const error = Math.sqrt((0.94 * 0.06) / 10_000);
    expect(judgeFigure(figure, tally(9_400 - 2.9 * error * 10_000, 10_000)).held).toBe(true);
    expect(judgeFigure(figure, tally(9_400 - 3.2 * error * 10_000, 10_000)).held).toBe(false);
    expect(judgeFigure(figure, tally(9_600 + 3.2 * error * 10_000, 10_000)).held).toBe(false);
  });
  it("says nothing where there is no bar", () => {
    expect(judgeFigure({ method: "toy", measure: "coverage" }, tally(1, 10)).held).toBeNull();
  });
  it("gives a mean its standard error", () => {
    const judged = judgeFigure(
      { method: "toy", measure: "mean", atMost: 10 },
      {
        moments: { n: 101, mean: 12, m2: 100 * 101 },
        counts: {},
      },
    );
    expect(judged.monteCarloError).toBeCloseTo(1, 12);
    expect(judged.held).toBe(true);
  });
  it("does not take a share of 100 % for certainty", () => {
    expect(judgeFigure(figure, tally(100, 100)).monteCarloError).toBeGreaterThan(0.009);
  });
});

describe("calibrate", () => {
  it("finds the known coverage of a known interval, and the misses on either side", () => {
    const [world] = calibrate({
      seed: "toy",
      worlds: [toy({ wide: { atLeast: 0.95 } })],
      replications: 40_000,
    });
    const [wide, narrow] = world!.figures;
    expect(Math.abs(wide!.value - 0.95)).toBeLessThan(4.5 * wide!.monteCarloError);
    expect(Math.abs(narrow!.value - 0.9)).toBeLessThan(4.5 * narrow!.monteCarloError);
    expect(narrow!.shares.left! + narrow!.shares.right!).toBeCloseTo(1 - narrow!.value, 12);
    expect(Math.abs(narrow!.shares.left! - narrow!.shares.right!)).toBeLessThan(0.01);
    expect(wide!.held).toBe(true);
  });
  it("misses the bar with an interval that is too narrow", () => {
    const [world] = calibrate({
      seed: 1,
      worlds: [toy({ narrow: { atLeast: 0.94 } })],
      replications: 10_000,
    });
    expect(world!.figures[1]!.held).toBe(false);
  });
  it("gives the same figures for the same seed, others for another, in whatever order the chunks ran", () => {
    const worlds = [toy()];
    const options = { worlds, replications: 12_000 };
    const once = calibrate({ seed: "a", ...options });
    const chunks = calibrationChunks(options);
    expect(chunks.map(({ replications }) => replications)).toEqual([5_000, 5_000, 2_000]);
    const reversed = chunks
      .reverse()
      .map((chunk) => ({ chunk, tallies: runCalibrationChunk("a", chunk, worlds) }));
    expect(gatherCalibration(reversed, worlds)).toEqual(once);
    expect(calibrate({ seed: "b", ...options })).not.toEqual(once);
  });
  it("measures how often a test rejects, and takes no p-value for no rejection", () => {
    const world = rejectionWorld<number>({
      key: "toy/null",
      group: "Toy",
      title: "uniform p",
      alpha: 0.1,
      draw: (random) => random.next(),
      methods: [
        { method: "right", atMost: 0.1, pValue: (u) => u },
        { method: "too eager", atMost: 0.1, pValue: (u) => u / 2 },
        { method: "silent", pValue: () => null },
      ],
    });
    const [{ figures }] = calibrate({ seed: 3, worlds: [world], replications: 20_000 }) as [
      ReturnType<typeof calibrate>[number],
    ];
    expect(figures.map(({ held }) => held)).toEqual([true, false, null]);
    expect(Math.abs(figures[1]!.value - 0.2)).toBeLessThan(4.5 * figures[1]!.monteCarloError);
    expect(figures[2]).toMatchObject({ value: 0, shares: { none: 1 } });
  });
  it("refuses something that is not a number of replications, and a chunk of an unknown world", () => {
    const code = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return error instanceof ExperimentError ? [error.code, ...error.path] : error;
      }
    };
    expect(code(() => calibrate({ seed: 1, worlds: [toy()], replications: 0 }))).toEqual([
      "out_of_range",
      "replications",
    ]);
    expect(code(() => runCalibrationChunk(1, { world: "nowhere", index: 0, replications: 1 }))).toEqual([
      "unknown_name",
      "world",
    ]);
    expect(code(() => calibrate({ seed: 1, replication: 5 } as never))).toEqual([
      "unknown_key",
      "replication",
    ]);
    const wrong = { ...toy(), figures: [{ method: "m", measure: "covrage" }] } as never;
    expect(code(() => calibrationChunks({ worlds: [wrong] }))).toEqual([
      ...["unknown_name", "worlds", 0, "figures", 0, "measure"],
    ]);
    expect(code(() => toy({ wide: { atleast: 0.95 } }))).toEqual(["unknown_key", "methods", 0, "atleast"]);
    expect(
      code(() => rejectionWorld({ key: "k", group: "g", title: "t", alpha: 5, draw: () => 0, methods: [] })),
    ).toEqual(["out_of_range", "alpha"]);
  });
});

describe("calibrationTable", () => {
  it("prints a row a figure with error, sides and verdict", () => {
    const worlds = calibrate({
      seed: "t",
      worlds: [toy({ narrow: { atLeast: 0.94 } })],
      replications: 5_000,
    });
    const lines = calibrationTable(worlds).split("\n");
    expect(lines).toContain("## Toy");
    const row = lines.find((line) => line.includes("1.645"));
    expect(row).toMatch(/\| 1\.645 \(coverage\) \| 9\d\.\d\d % \| 0\.4\d % \| .* % \/ .* % \|/);
    expect(row).toContain("≥ 94 % **missed**");
  });
});
