import { describe, expect, it } from "vitest";
import type { Report } from "../../src/analysis/index.js";
import { analyzeProgramme, effectsOfArms, effectsOfReport } from "../../src/programme/index.js";
import { madeReport } from "../report/made-report.js";

describe("effects of a report", () => {
  it("are its goals' log lifts, with the errors of the log", async () => {
    const report = await madeReport();
    const { effects, leftOut } = effectsOfReport(report, { theme: "price" });
    const goals = report.metrics.filter(({ role }) => role === "goal").map(({ key }) => key);
    const own = report.macro.filter(({ metric }) => goals.includes(metric));
    expect(effects.length + leftOut).toBe(own.length);
    expect(effects.length).toBeGreaterThan(0);
    for (const effect of effects) {
      const match = own.find(
        ({ metric, lift }) =>
          metric === effect.metric &&
          lift.fixed.status === "ok" &&
          Math.abs(Math.log1p(lift.fixed.value) - effect.value) < 1e-12,
      )!;
      expect(
        match.lift.fixed.status === "ok" && match.lift.fixed.standardError / (1 + match.lift.fixed.value),
      ).toBe(effect.standardError);
      expect(effect).toMatchObject({ experiment: report.definition.key, theme: "price" });
    }
    analyzeProgramme(effects);
  });

  it("come channel by channel where asked for, and on the scale of differences", async () => {
    const report = await madeReport();
    const [dimension] = report.dimensions;
    const { effects } = effectsOfReport(report, { channel: dimension!, scale: "difference" });
    expect(new Set(effects.map(({ channel }) => channel)).size).toBeGreaterThan(1);
    const [first] = effects;
    const cell = report.micro.find(
      ({ metric, cell: levels, difference: { fixed } }) =>
        metric === first!.metric && levels[dimension!] === first!.channel && fixed.value === first!.value,
    );
    expect(cell).toBeDefined();
  });

  it("that an adaptive test cannot give are counted", async () => {
    const report = await madeReport();
    const adaptive = { status: "adaptive", method: "none", reason: "a bandit" } as const;
    const macro = report.macro.map((each) => ({ ...each, lift: { fixed: adaptive, planned: adaptive } }));
    const { effects, leftOut } = effectsOfReport({ ...report, macro } as Report);
    expect(effects).toEqual([]);
    expect(leftOut).toBeGreaterThan(0);
  });
});

describe("effects of counted arms", () => {
  const arm = (experiment: string, units: number, successes: number) => ({ experiment, units, successes });

  it("compare each arm with the first of its test, or with the one marked as control", () => {
    const arms = [arm("a", 1000, 100), arm("b", 500, 50), arm("a", 1000, 150), arm("b", 500, 25)];
    const first = effectsOfArms(arms).effects.map(({ experiment, value }) => [experiment, Math.exp(value)]);
    expect(first).toEqual([
      ["a", expect.closeTo(1.5, 12)],
      ["b", expect.closeTo(0.5, 12)],
    ]);
    const marked = arms.map((each, i) => ({ ...each, control: i > 1 }));
    expect(Math.exp(effectsOfArms(marked).effects[0]!.value)).toBeCloseTo(1 / 1.5, 12);
  });

  it("have the standard error of a difference of rates", () => {
    const [effect] = effectsOfArms([arm("a", 1000, 100), arm("a", 2000, 300)], {
      scale: "difference",
    }).effects;
    expect(effect!.value).toBeCloseTo(0.05, 12);
    expect(effect!.standardError).toBeCloseTo(Math.sqrt((0.1 * 0.9) / 1000 + (0.15 * 0.85) / 2000), 12);
    expect(effect!.units).toBe(3000);
  });

  it("are left out, and counted, where an arm is too thin or alone", () => {
    const found = effectsOfArms([arm("a", 1000, 9), arm("a", 1000, 100), arm("b", 1000, 100)]);
    expect(found).toEqual({ effects: [], thin: 1, alone: 1 });
  });

  it("refuse more successes than units, with the row", () => {
    expect(() => effectsOfArms([arm("a", 10, 11)])).toThrow(/arms.0.successes: .*10/);
  });
});

describe("what is no programme", () => {
  it.each([
    [[], "effects"],
    [[{ experiment: "a", value: 1, standardError: 0 }], "effects.0.standardError"],
    [[{ experiment: "", value: 1, standardError: 1 }], "effects.0.experiment"],
    [[{ experiment: "a", value: Number.NaN, standardError: 1 }], "effects.0.value"],
    [[{ experiment: "a", value: 1, standardError: 1, them: "x" }], "effects.0.them"],
  ])("%j is refused at its place", (effects, place) => {
    expect(() => analyzeProgramme(effects as never)).toThrow(new RegExp(`^${place.replaceAll(".", "\\W+")}`));
  });

  it("a holdout of a metric that no test has is refused with those there are", () => {
    const holdouts = { ordr: { value: 1, standardError: 1 } };
    const effects = [{ experiment: "a", value: 1, standardError: 1, metric: "order" }];
    expect(() => analyzeProgramme(effects, { holdouts })).toThrow(/order/);
  });
});
