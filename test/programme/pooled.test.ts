import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyzeProgramme, type PastEffect } from "../../src/programme/index.js";
import { top } from "../boundaries/source-files.js";

interface Case {
  readonly name: string;
  readonly effects: readonly number[];
  readonly standardErrors: readonly number[];
  readonly estimate: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  readonly pValue: number;
  readonly betweenVariance: number;
  readonly prediction: readonly [number, number];
}
const { cases }: { cases: readonly Case[] } = JSON.parse(
  readFileSync(join(top, "test/reference/programme.json"), "utf8"),
);
const near = (value: number, expected: number, tolerance: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));

const effectsOf = ({ effects, standardErrors }: Case, theme?: string): PastEffect[] =>
  effects.map((value, i) => ({
    ...{ experiment: `${theme ?? "t"}${i}`, value, standardError: standardErrors[i]! },
    ...(theme ? { theme } : {}),
  }));

describe("pooled effects", () => {
  // metafor stops its iterations at a change of 1e-12 in the variance, the rest follows from that.
  it.each(cases.map((each) => [each.name, each] as const))("%s: as R metafor", (_, each) => {
    const [all] = analyzeProgramme(effectsOf(each)).metrics[0]!.pooled;
    const { estimate, prediction, spread } = all!.pooled!;
    if (estimate.status !== "ok") return expect.fail(estimate.reason);
    near(spread * spread, each.betweenVariance, 1e-7);
    near(estimate.value, each.estimate, 1e-8);
    near(estimate.standardError, each.standardError, 1e-8);
    near(estimate.pValue, each.pValue, 1e-7);
    for (const i of [0, 1] as const) {
      near(estimate.interval[i], each.interval[i], 1e-7);
      near(prediction[i], each.prediction[i], 1e-7);
    }
  });

  it("are those of each theme as if it were alone", () => {
    const themes = cases.slice(1, 4);
    const effects = themes.flatMap((each) => effectsOf(each, each.name));
    const { pooled } = analyzeProgramme(effects).metrics[0]!;
    expect(pooled.map(({ by }) => by)).toEqual(["all", "theme", "theme", "theme"]);
    for (const each of themes) {
      const alone = analyzeProgramme(effectsOf(each)).metrics[0]!.pooled[0]!.pooled;
      expect(pooled.find(({ group }) => group === each.name)!.pooled).toEqual(alone);
    }
  });

  it("take the effects of one test together, as treatments of equal size that share a control are correlated", () => {
    const two = [0.2, 0.4].map((value) => ({ experiment: "both", value, standardError: 0.1 }));
    const { only, tests, effects } = analyzeProgramme(two).metrics[0]!.pooled[0]!;
    expect([tests, effects]).toEqual([1, 2]);
    // Two equal arms: Var = s² (1 + ½) / 2.
    near(only!.value, 0.3, 1e-12);
    near(only!.standardError, 0.1 * Math.sqrt(0.75), 1e-12);
  });

  it("turn metrics round where lower is better, so that positive is good", () => {
    const bounce = [-0.2, -0.3, -0.25].map((value, i) => ({
      ...{ experiment: `t${i}`, value, standardError: 0.02, metric: "bounce", better: "lower" as const },
    }));
    const [metric] = analyzeProgramme(bounce).metrics;
    expect(metric!.outcomes.wins).toBe(3);
    expect(metric!.impact.corrected).toBeGreaterThan(0.6);
  });

  it("never mix metrics, and tell the one with the most tests first", () => {
    const effects = ["a", "b", "b"].map((metric, i) => ({
      ...{ experiment: `t${i}`, value: i, standardError: 1, metric },
    }));
    expect(analyzeProgramme(effects).metrics.map(({ metric, tests }) => [metric, tests])).toEqual([
      ["b", 2],
      ["a", 1],
    ]);
  });
});
