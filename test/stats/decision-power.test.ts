import { describe, expect, it } from "vitest";
import { analyze } from "../../src/analysis/index.js";
import type { Cell } from "../../src/core/cells.js";
import { normalSurvivalQuantile } from "../../src/distributions/index.js";
import { randomSource, sampleBinomial, sampleNormal } from "../../src/random/index.js";
import {
  type DecisionPlan,
  detectableLift,
  groupSequentialDesign,
  type PlannedMetric,
  powerForDecision,
  sampleSizeForDecision,
  sampleSizeForProportions,
} from "../../src/stats/index.js";
import { lookRules } from "../../src/stats/looks/index.js";
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

  it("corrects superiority over goals × treatments, margins not at all, each over all looks", () => {
    const alphas = (changes: Partial<DecisionPlan>) => size(changes).tests.map(({ alpha }) => alpha);
    const goals = { metrics: [order, visit, returned] };
    expect(alphas({ ...goals, treatments: 3 })).toEqual([
      expect.closeTo(0.025 / 6, 12),
      expect.closeTo(0.025, 12),
    ]);
    expect(alphas({ ...goals, correction: "none" })[0]).toBeCloseTo(0.025, 12);
    expect(alphas({ ...goals, looks: 10, method: "equal-shares" })[1]).toBeCloseTo(0.025, 12);
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

describe("powerForDecision", () => {
  it("is the size's power, the other way round, for every kind of plan", () => {
    for (const plan of [{}, { looks: 4 }, { looks: 4, method: "equal-shares" }, { looks: "any" }] as const) {
      const whole = { metrics: [order, returned], ...plan };
      const size = sampleSizeForDecision(whole);
      near(powerForDecision(whole, size.control).power, size.power, 1e-9);
      expect(size.power).toBeGreaterThanOrEqual(0.8);
      const goal = sampleSizeForDecision({ metrics: [spend], ...plan });
      near(powerForDecision({ metrics: [spend], ...plan }, goal.exactControl).power, 0.8, 1e-6);
    }
  });

  it("of alpha spending is the group-sequential design's, and so are the units that are used", () => {
    const { inflation, expectedInformation } = groupSequentialDesign({ looks: 5 });
    const [one, five] = [1, 5].map(
      (looks) => sampleSizeForDecision({ metrics: [spend], looks }).exactControl,
    );
    near((five ?? 0) / (one ?? 1), inflation, 1e-6);
    const { expectedUnits, units } = powerForDecision({ metrics: [spend], looks: 5 }, five ?? 1);
    near(expectedUnits / units, expectedInformation.planned, 1e-6);
  });

  it("reads looks by the rule that reports read them by", () => {
    const source = randomSource("walks");
    const plan = { metrics: [{ ...spend, smallest: 0.05 }], looks: "any", times: 8, units: 8000 } as const;
    const boundaries = Array.from({ length: 8 }, (_, at) => {
      const rule = lookRules["always-valid"]({
        ...{ level: 0.95, looks: 8, before: [], spending: { type: "obrien-fleming" } },
        fraction: (at + 1) / 8,
      });
      const level = rule.levelOf(0.95, { effect: (0.5 * Math.sqrt((500 * (at + 1)) / 2)) / 20 });
      return normalSurvivalQuantile((1 - level) / 2);
    });
    const runs = 40_000;
    let shown = 0;
    for (let run = 0; run < runs; run++) {
      let score = 0;
      for (const [at, boundary] of boundaries.entries()) {
        score += (0.5 / 20) * (500 / 2) ** 0.5 + sampleNormal(source);
        if (score > boundary * Math.sqrt(at + 1)) {
          shown++;
          break;
        }
        if (score < -boundary * Math.sqrt(at + 1)) break;
      }
    }
    const { power, looks } = powerForDecision(plan, 4000);
    expect(Math.abs(shown / runs - power)).toBeLessThan(4 * Math.sqrt((power * (1 - power)) / runs));
    const by = looks.map((each) => each.power);
    expect(by).toEqual([...by].sort((a, b) => a - b));
    expect(looks.map(({ units }) => units)[0]).toBe(1000);
  });

  it("is the less the more looks are paid for, and the more where the planned effect is watched for", () => {
    const of = (plan: Partial<DecisionPlan>, metric: PlannedMetric = spend) =>
      powerForDecision({ metrics: [metric], ...plan }, 2000).power;
    const any = { looks: "any", units: 4000 } as const;
    expect(of({})).toBeGreaterThan(of({ looks: 5 }));
    for (const plan of [any, { looks: 20, method: "equal-shares" }] as const)
      expect(of({ looks: 5 })).toBeGreaterThan(of(plan));
    expect(of(any, { ...spend, smallest: 0.05 })).toBeGreaterThan(of(any));
  });

  it("ends where everything is found, or nothing is", () => {
    expect(powerForDecision({ metrics: [spend], looks: 5 }, 1e9).power).toBeGreaterThan(1 - 1e-9);
    expect(powerForDecision({ metrics: [order, returned] }, 2).power).toBe(0);
  });

  it("refuses no units", () => {
    expect(() => powerForDecision({ metrics: [spend] }, 0)).toThrow(/control/);
  });
});

describe("detectableLift", () => {
  it("is the lift whose size is the one that is there", () => {
    for (const looks of [1, 3, "any"] as const) {
      const size = sampleSizeForDecision({ metrics: [order], looks });
      near(detectableLift({ metrics: [order], looks }, size.exactControl) ?? 0, 0.15, 1e-5);
    }
  });

  it("points to the better side", () => {
    const fewer = { ...order, better: "lower", lift: -0.15 } as const;
    const size = sampleSizeForDecision({ metrics: [fewer] });
    near(detectableLift({ metrics: [fewer] }, size.exactControl) ?? 0, -0.15, 1e-5);
  });

  it("is null where no lift is enough", () => {
    expect(detectableLift({ metrics: [order, returned] }, 50)).toBeNull();
  });

  it("refuses a metric that is not a goal", () => {
    expect(() => detectableLift({ metrics: [order, returned] }, 5000, "return")).toThrow(/there are: order/);
  });
});

describe("futility", () => {
  it.each([false, true])("sizes as the design of group-sequential trials does, binding %s", (binding) => {
    const plan = { metrics: [spend], looks: 5, futility: { binding } } as const;
    const size = sampleSizeForDecision(plan);
    const design = groupSequentialDesign({
      ...{ looks: 5, level: 0.975, alternative: "greater", futility: { binding } },
    });
    near(size.exactControl, (2 * 7.84887973434908 * 400 * design.inflation) / 0.25, 1e-5);
    const { power, units, expectedUnits, expectedUnitsWithoutEffect } = powerForDecision(
      plan,
      size.exactControl,
    );
    near(power, 0.8, 1e-5);
    near(expectedUnits / units, design.expectedInformation.planned, 1e-4);
    near(expectedUnitsWithoutEffect / units, design.expectedInformation.none, 1e-4);
  });

  it("saves units where nothing is there, and costs hardly any where something is", () => {
    const plan = { metrics: [order], looks: 5 } as const;
    const [free, without] = [{ ...plan, futility: {} }, plan].map((each) =>
      powerForDecision(each, sampleSizeForDecision(each).control),
    );
    expect(free?.expectedUnitsWithoutEffect).toBeLessThan(0.6 * (without?.expectedUnitsWithoutEffect ?? 0));
    expect(free?.units).toBeLessThan(1.12 * (without?.units ?? 0));
  });

  it("is refused where no error is spent on looks", () => {
    expect(() => sampleSizeForDecision({ metrics: [order], looks: "any", futility: {} })).toThrow(
      expect.objectContaining({ code: "unused_setting", path: ["plan", "futility"] }),
    );
  });
});
