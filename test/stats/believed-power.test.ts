import { describe, expect, it } from "vitest";
import type { ExperimentError } from "../../src/errors/index.js";
import { type BeliefPlan, effectPosterior, powerForBeliefs, sizeForBeliefs } from "../../src/stats/index.js";
import { falseChoices } from "../../src/stats/looks/index.js";

const prior = { mean: 0, standardDeviation: 0.05 };
const order = { key: "order", role: "goal", baseline: 0.05, lift: 0.1 } as const;
const plan: BeliefPlan = { metrics: [order], prior, loss: 0.0025, looks: 20 };
const trial = { seed: "believed", runs: 4000 };

describe("power of a decision by beliefs", () => {
  it.each([1, 5, 20])(
    "over %i looks errs as often as the exact integral says, where nothing moves",
    (looks) => {
      const none = { ...order, lift: 0 };
      const found = powerForBeliefs({ ...plan, metrics: [none], looks }, 20_000, trial);
      const standardError = Math.sqrt((2 * 0.95) / 0.05 / 20_000);
      const exact = falseChoices({ standardError }, looks, { prior, loss: 0.0025 }, 1);
      expect(Math.abs(found.none.ship - exact.ship)).toBeLessThan(4 * found.error);
      expect(Math.abs(found.none.stop - exact.stop)).toBeLessThan(4 * found.error);
      expect(found.supposed).toEqual(found.none);
    },
  );

  it("ships by the prior's own lifts as often as one look's posterior is far enough", () => {
    const found = powerForBeliefs({ ...plan, looks: 1 }, 20_000, trial);
    // Of one look, the estimate is normal with both variances together: where does it leave the treatment's loss small?
    const standardError = Math.sqrt((0.95 / 0.05 + 0.945 / 0.055) / 20_000);
    let inside = 0;
    const places = 20_000;
    const wide = Math.hypot(standardError, prior.standardDeviation);
    let all = 0;
    for (let i = 0; i < places; i++) {
      const z = -8 + (16 * (i + 0.5)) / places;
      const weight = Math.exp((-z * z) / 2);
      const { loss } = effectPosterior({ value: z * wide, standardError }, prior);
      all += weight;
      if (loss.treatment < 0.0025 && loss.control >= 0.0025) inside += weight;
    }
    expect(Math.abs(found.drawn.ship - inside / all)).toBeLessThan(4 * found.error);
  });

  it("gives the least size with the power, and ends early on average", () => {
    const size = sizeForBeliefs(plan, trial);
    if (!size) throw new Error("no size");
    expect(size.supposed.ship).toBeGreaterThanOrEqual(0.8);
    expect(size.supposed.expectedUnits).toBeLessThan(size.units);
    expect(powerForBeliefs(plan, 0.95 * size.control, trial).supposed.ship).toBeLessThan(0.8);
    expect(powerForBeliefs(plan, size.control, trial)).toEqual(
      Object.fromEntries(Object.entries(size).filter(([key]) => key !== "control" && key !== "treatment")),
    );
  });

  it("waits for guardrails with a margin, stops at harm, and asks for more units then", () => {
    const unsubscribed = {
      key: "out",
      role: "guardrail",
      baseline: 0.02,
      better: "lower",
      margin: 0.1,
    } as const;
    const guarded = { ...plan, metrics: [order, unsubscribed] };
    const [alone, both] = [sizeForBeliefs(plan, trial), sizeForBeliefs(guarded, trial)];
    expect(both?.control).toBeGreaterThan(alone?.control ?? Number.NaN);
    const harmed = { ...plan, metrics: [order, { ...unsubscribed, margin: 0.3, lift: 0.25 }] };
    const strict = powerForBeliefs({ ...harmed, strict: true }, 40_000, trial).supposed;
    expect(strict.stop).toBeGreaterThan(powerForBeliefs(harmed, 40_000, trial).supposed.stop + 0.2);
  });

  it("is turned round with a metric of which less is better", () => {
    const down = { ...order, better: "lower", lift: 1 / 1.1 - 1 } as const;
    const found = powerForBeliefs({ ...plan, metrics: [down] }, 20_000, trial).supposed;
    expect(found.ship).toBeGreaterThan(0.5);
    expect(found.stop).toBeLessThan(0.02);
  });

  it("says that no size is enough for a gain smaller than the loss, where either side will do", () => {
    expect(sizeForBeliefs({ ...plan, metrics: [{ ...order, lift: 0.001 }] }, trial)).toBeNull();
  });

  it.each([
    ["no prior", { prior: undefined }, ["plan", "prior"], "missing_value"],
    ["a loss of nothing", { loss: 0 }, ["plan", "loss"], "out_of_range"],
    ["no gain", { metrics: [{ ...order, lift: 0 }] }, ["plan", "metrics"], "missing_value"],
    ["looks that fall", { looks: [0.5, 0.2, 1] }, ["plan", "looks", 1], "out_of_range"],
    ["looks that end early", { looks: [0.2, 0.5] }, ["plan", "looks", 1], "out_of_range"],
    ["a word unknown", { correction: "holm" }, ["plan", "correction"], "unknown_key"],
  ])("%s is refused", (_, change, path, code) => {
    expect(() => sizeForBeliefs({ ...plan, ...change } as BeliefPlan, trial)).toThrow(
      expect.objectContaining({ code, path } as Partial<ExperimentError>),
    );
  });
});
