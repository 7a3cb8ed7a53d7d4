import { describe, expect, it } from "vitest";
import { randomSource, sampleBeta, sampleBinomial } from "../../src/random/index.js";
import { designEffect, powerForDecision, sampleSizeForDecision } from "../../src/stats/index.js";

const metric = { key: "order", role: "goal", baseline: 0.1, lift: 0.2 } as const;

describe("clusters in planning", () => {
  it("take 1 + (size − 1) × correlation times the units, more where sizes differ", () => {
    expect(designEffect({ size: 25, correlation: 0.05 })).toBeCloseTo(2.2, 12);
    expect(designEffect({ size: 25, correlation: 0.05, variation: 1 })).toBeCloseTo(3.45, 12);
    expect(designEffect({ size: 1, correlation: 1 })).toBe(1);
    const plain = sampleSizeForDecision({ metrics: [metric] });
    const clusters = { size: 25, correlation: 0.05 };
    const whole = sampleSizeForDecision({ metrics: [{ ...metric, clusters }] });
    expect(whole.exactControl / plain.exactControl).toBeCloseTo(2.2, 9);
    for (const looks of [5, "any"] as const) {
      const size = sampleSizeForDecision({ metrics: [{ ...metric, clusters }], looks });
      const own = sampleSizeForDecision({ metrics: [metric], looks });
      // Always-valid plans are tuned to a number of units, so that more units cost a little more or less than in proportion.
      expect(size.exactControl / own.exactControl).toBeGreaterThan(looks === 5 ? 2.199 : 1.9);
      expect(size.exactControl / own.exactControl).toBeLessThan(looks === 5 ? 2.201 : 2.5);
    }
  });

  it("give the power that tests by clusters have, whose sizes differ", () => {
    const [random, runs, perArm] = [randomSource("clusters"), 2500, 80] as const;
    const [small, large] = [5, 35];
    const clusters = { size: 20, correlation: 0.04, variation: 0.75 };
    const planned = powerForDecision({ metrics: [{ ...metric, lift: 0.25, clusters }] }, perArm * 20).power;
    const arm = (rate: number) => {
      // A beta law of rates per cluster with this correlation.
      const weight = 1 / clusters.correlation - 1;
      const all = Array.from({ length: perArm }, (_, i) => {
        const size = i % 2 ? small : large;
        const own = sampleBeta(random, rate * weight, (1 - rate) * weight);
        return { size, hits: sampleBinomial(random, size, own) };
      });
      const units = all.reduce((sum, { size }) => sum + size, 0);
      const mean = all.reduce((sum, { hits }) => sum + hits, 0) / units;
      const spread = all.reduce((sum, { size, hits }) => sum + (hits - size * mean) ** 2, 0);
      return { mean, variance: ((perArm / (perArm - 1)) * spread) / (units * units) };
    };
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const [control, treatment] = [arm(0.1), arm(0.125)];
      const error = Math.sqrt(control.variance + treatment.variance);
      if ((treatment.mean - control.mean) / error > 1.975) found++;
    }
    // Within a point, and three Monte-Carlo errors.
    expect(Math.abs(found / runs - planned)).toBeLessThan(0.01 + 3 * Math.sqrt(0.25 / runs));
    expect(found / runs).toBeLessThan(
      powerForDecision({ metrics: [{ ...metric, lift: 0.25 }] }, perArm * 20).power - 0.1,
    );
  });

  it("are refused where they cannot be", () => {
    expect(() => designEffect({ size: 0.5, correlation: 0.1 })).toThrow(/clusters\.size/);
    expect(() => designEffect({ size: 5, correlation: 1.1 })).toThrow(/clusters\.correlation/);
    const clusters = { size: 5, correlation: -0.1 };
    expect(() => sampleSizeForDecision({ metrics: [{ ...metric, clusters }] })).toThrow(
      /plan\.metrics\.?\[?0\]?\.clusters\.correlation/,
    );
  });
});
