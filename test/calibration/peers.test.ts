import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { randomSource, sampleBinomial, sampleLognormal } from "../../src/random/index.js";
import { bootstrapLift, lift, pooledProportions, wald, welch } from "../../src/stats/index.js";
import {
  bootstrapLiftTest,
  exactSize,
  fisherTest,
  pooledTest,
  relativeTest,
  unpooledTest,
  welchTest,
} from "./peer-methods.mjs";
import { peerWorlds } from "./peer-worlds.mjs";
import { judgePeers } from "./peers.mjs";

const page = readFileSync(new URL("../../docs/calibration-reports.md", import.meta.url), "utf8");
const arm = (n: number, x: number) => ({ n, mean: x / n, m2: x * (1 - x / n) });
const [control, treatment] = [arm(900, 45), arm(100, 9)];
const counts = [
  { n: 900, x: 45 },
  { n: 100, x: 9 },
] as const;

describe("methods of others", () => {
  it("are their formulas: each agrees with the library's own function of that name", () => {
    const widths = [
      [welchTest, welch(control, treatment)],
      [pooledTest, pooledProportions(...counts)],
      [unpooledTest, wald(...counts)],
      [relativeTest, lift(control, treatment, { method: "delta", critical: "normal" })],
    ] as const;
    for (const [test, estimate] of widths) {
      if (estimate.status !== "ok") throw new Error(estimate.method);
      const [low, high] = estimate.interval;
      expect(test(control, treatment).width).toBeCloseTo(high - low, 9);
    }
  });

  it("the bootstrap that skips zeros is the one that draws them, up to its chance", () => {
    const draw = randomSource("amounts");
    const buyers = [100, 60].map((count) => Array.from({ length: count }, () => sampleLognormal(draw, 3, 1)));
    const raw = buyers.map((values) => [...values, ...new Array<number>(1000).fill(0)]);
    const [a = [], b = []] = raw;
    const own = bootstrapLift(a, b, { random: randomSource("own"), replicates: 1999 });
    const [c, t] = raw.map(({ length }, at) => ({ n: length, values: buyers[at] ?? [] }));
    if (own.status !== "ok" || !c || !t) throw new Error("no bootstrap");
    const [low = 0, high = 0] =
      bootstrapLiftTest(c, t, randomSource("other"), sampleBinomial, 1999).interval ?? [];
    const width = own.interval[1] - own.interval[0];
    expect(Math.abs(low - own.interval[0]) / width).toBeLessThan(0.05);
    expect(Math.abs(high - own.interval[1]) / width).toBeLessThan(0.05);
  });

  it("their exact sizes show who holds 2.65 % where arms are unequal", () => {
    const largest = (test: typeof welchTest) => {
      const { gain, harm } = exactSize(test, [50, 450], 0.04);
      return Math.max(gain, harm);
    };
    expect(largest(fisherTest)).toBeLessThan(0.0265);
    expect(largest(welchTest)).toBeGreaterThan(0.1);
    expect(largest(pooledTest)).toBeGreaterThan(0.0265);
  });
});

describe("reports beside them", () => {
  it("hold their bars in a short slice of each kind, with a fixed seed", async () => {
    for (const key of ["conversion 1800/200 at 10 %", "revenue 500/500, no effect"]) {
      const world = peerWorlds.find((each) => each.key === key);
      if (!world) throw new Error(`${key} is gone`);
      const { lines, bars } = await judgePeers(world, "slice", 40);
      expect(bars.filter(({ held }) => !held)).toEqual([]);
      expect(lines.length).toBe(world.kind === "conversion" ? 7 : 5);
    }
  });

  it("have a row each on the page", () => {
    for (const { key } of peerWorlds) expect(page).toMatch(new RegExp(`\\| ${key}[;, |]`));
  });
});
