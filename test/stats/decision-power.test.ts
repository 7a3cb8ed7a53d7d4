import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import {
  type DecisionPlan,
  type PlannedMetric,
  sampleSizeForDecision,
  sampleSizeForProportions,
} from "../../src/stats/index.js";
import { conversionCell, conversionMetric, madeDefinition, madeSource } from "../analysis/made-cells.js";
import { near } from "./reference.js";

const order = { key: "order", role: "goal", baseline: 0.2, lift: 0.15 } as const;
const visit = { key: "visit", role: "goal", baseline: 0.4 } as const;
const returned = { key: "return", role: "guardrail", baseline: 0.2, better: "lower", margin: 0.15 } as const;
const complaint = {
  key: "complaint",
  role: "guardrail",
  baseline: 0.15,
  better: "lower",
  margin: 0.2,
} as const;
const spend = { key: "spend", role: "goal", baseline: 10, variance: 400, lift: 0.05 } as const;

describe("one goal alone", () => {
  it("is the size of a test of two rates", () => {
    const size = sampleSizeForDecision({ metrics: [order] });
    const alone = sampleSizeForProportions({ control: 0.2, treatment: 0.23 });
    near(size.exactControl, alone.exactControl, 1e-9);
    expect(size).toMatchObject({ decides: "order", falseHarm: 0 });
    near(size.beta, 0.2, 1e-12);
    expect(size.power).toBeGreaterThanOrEqual(0.8);
  });

  it("of amounts is the normal size: 2 (z + z)² σ² / δ²", () => {
    near(sampleSizeForDecision({ metrics: [spend] }).exactControl, (2 * 7.84887973434908 * 400) / 0.25, 1e-9);
  });
});

describe("a margin", () => {
  it("of a rate that equals the control's is Farrington and Manning's size for a ratio", () => {
    // Rates .2 and .2 under "treatment = 1.15 control": p̃ .18557… by bisection of the likelihood, z 1.95996 and 1.28155.
    const { tests } = sampleSizeForDecision({ metrics: [order, returned] });
    const [, margin] = tests;
    expect(margin).toMatchObject({
      key: "return",
      test: "non-inferiority",
      alpha: expect.closeTo(0.025, 12),
    });
    let [low, high] = [0.01, 0.5];
    const slope = (p: number) => 0.2 / p - 0.8 / (1 - p) + 0.2 / p - (0.8 * 1.15) / (1 - 1.15 * p);
    for (let i = 0; i < 100; i++) {
      const middle = (low + high) / 2;
      if (slope(middle) > 0) low = middle;
      else high = middle;
    }
    const v = (c: number, t: number) => t * (1 - t) + 1.15 * 1.15 * c * (1 - c);
    const exact =
      ((1.959963984540054 * Math.sqrt(v(low, 1.15 * low)) + 1.2815515655446004 * Math.sqrt(v(0.2, 0.2))) /
        0.03) **
      2;
    expect(margin?.control).toBe(Math.ceil(exact));
  });

  it("is kept sooner where the treatment does better, and never where it is beyond", () => {
    const at = (lift: number) =>
      sampleSizeForDecision({ metrics: [order, { ...returned, lift }] }).tests[1]?.control ?? 0;
    expect(at(-0.05)).toBeLessThan(at(0));
    expect(at(0.05)).toBeGreaterThan(at(0));
    expect(() => at(0.15)).toThrow(/plan\.metrics\.1\.lift/);
  });
});

describe("a decision", () => {
  const size = (changes: Partial<DecisionPlan> = {}) =>
    sampleSizeForDecision({ metrics: [order, returned, complaint], ...changes });

  it("shares β among the goal and each guardrail, and names the metric that decides", () => {
    const { beta, tests, decides, control } = size();
    near(beta, 0.2 / 3, 1e-12);
    expect(tests.map(({ key }) => key)).toEqual(["order", "return", "complaint"]);
    expect(tests.find(({ key }) => key === decides)?.control).toBe(control);
    for (const { power } of tests) expect(power).toBeGreaterThanOrEqual(1 - beta - 1e-9);
    expect(size().power).toBeGreaterThanOrEqual(0.8);
  });

  it("corrects superiority over goals × treatments, margins not at all, both over looks", () => {
    const alphas = (changes: Partial<DecisionPlan>) => size(changes).tests.map(({ alpha }) => alpha);
    const goals = { metrics: [order, visit, returned] };
    expect(alphas({ ...goals, treatments: 3 })).toEqual([
      expect.closeTo(0.025 / 6, 12),
      expect.closeTo(0.025, 12),
    ]);
    expect(alphas({ ...goals, correction: "none" })[0]).toBeCloseTo(0.025, 12);
    expect(alphas({ ...goals, looks: 10, method: "equal-shares" })[1]).toBeCloseTo(0.0025, 12);
  });

  it("keeps the error of false harm where something can be called harmed by chance", () => {
    const open = { key: "load", role: "guardrail", baseline: 0.3, better: "lower" } as const;
    expect(size().falseHarm).toBe(0);
    expect(size({ metrics: [order, visit] }).falseHarm).toBeCloseTo(0.025, 12);
    expect(size({ metrics: [order, open] }).falseHarm).toBeCloseTo(0.025, 12);
    expect(size({ strict: true }).falseHarm).toBeCloseTo(0.025, 12);
    expect(() => size({ strict: true, power: 0.98 })).toThrow(/plan\.power/);
  });

  it("needs the cheapest of several goals that gain, since one is enough", () => {
    const { tests } = size({ metrics: [order, { ...visit, lift: 0.2 }, returned] });
    expect(tests.map(({ key }) => key)).toEqual(["visit", "return"]);
  });

  it("grows with every demand", () => {
    const { control } = size();
    for (const more of [{ power: 0.9 }, { level: 0.99 }, { treatments: 4 }, { looks: 5 }, { strict: true }])
      expect(size(more).control, JSON.stringify(more)).toBeGreaterThan(control);
    expect(size({ ratio: 4 }).control).toBeLessThan(control);
  });
});

describe("edges", () => {
  const refused = (metrics: readonly PlannedMetric[]) => () => sampleSizeForDecision({ metrics });
  it.each([
    ["no goal that gains", [visit, returned], "missing_value", ["plan", "metrics"]],
    ["a rate of one", [{ ...order, baseline: 1 }], "out_of_range", ["plan", "metrics", 0, "baseline"]],
    ["a lift to a rate of one", [{ ...order, lift: 4 }], "out_of_range", ["plan", "metrics", 0, "lift"]],
    ["the same metric twice", [order, order], "duplicate_key", ["plan", "metrics", 1, "key"]],
    [
      "a margin of zero",
      [order, { ...returned, margin: 0 }],
      "out_of_range",
      ["plan", "metrics", 1, "margin"],
    ],
  ] as const)("%s is refused", (_, metrics, code, path) => {
    expect(refused(metrics)).toThrow(expect.objectContaining({ code, path }));
  });

  it("a misspelt key is refused with the nearest", () => {
    expect(() => sampleSizeForDecision({ metrics: [order], treatment: 2 } as never)).toThrow(/treatments/);
  });
});

describe("calibration slice: reports at the planned size, see npm run calibrate -- power", () => {
  const metricsOf = (metrics: readonly PlannedMetric[]) =>
    metrics.map(({ key, role, better, margin }) =>
      conversionMetric(key, role, {
        ...(better === undefined ? {} : { better }),
        ...(margin === undefined ? {} : { margin }),
      }),
    );

  async function shipped(plan: DecisionPlan, units: number, runs: number): Promise<number> {
    const source = randomSource("decision power");
    const experiment = madeDefinition(["control", "b"], { metrics: metricsOf(plan.metrics) });
    let ships = 0;
    for (let run = 0; run < runs; run++) {
      const cells = ["control", "b"].map((variant, side): Cell => {
        const parts = plan.metrics.map(({ baseline, lift = 0 }) => {
          const rate = side === 0 ? baseline : baseline * (1 + lift);
          return conversionCell(variant, units, sampleBinomial(source, units, rate));
        });
        return { ...(parts[0] as Cell), moments: parts.flatMap(({ moments }) => moments) };
      });
      const keys = plan.metrics.map(({ key }) => key);
      const { recommendation } = await analyze({ experiment, source: madeSource(cells, { metrics: keys }) });
      if (recommendation.action === "ship") ships++;
    }
    return ships / runs;
  }

  const plan = { metrics: [order, returned, complaint] };
  const runs = 300;
  const error = Math.sqrt((0.8 * 0.2) / runs);

  it("ship with the power that was planned, or more", async () => {
    const { control } = sampleSizeForDecision(plan);
    expect(await shipped(plan, control, runs)).toBeGreaterThan(0.8 - 3 * error);
  });

  it("rejects the wrong version: each test at power .8 ships too rarely", async () => {
    const { exactControl } = sampleSizeForDecision({ ...plan, power: 1 - 3 * 0.2 });
    expect(await shipped(plan, Math.ceil(exactControl), runs)).toBeLessThan(0.8 - 3 * error);
  });
});
