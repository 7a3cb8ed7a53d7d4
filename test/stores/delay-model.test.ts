import { describe, expect, it } from "vitest";
import { DelayModel } from "../../src/stores/ledger/delay-model.js";

/** A quarter of the decisions get a reward, a tenth of the window after they were made. */
function learned(): DelayModel {
  const model = new DelayModel(1_000, { arrived: [], all: [0, 0], actions: [] });
  for (let i = 0; i < 4_000; i++) model.closed("b", i % 4 === 0 ? 100 : undefined);
  return model;
}

describe("the delay model", () => {
  it("knows the share of rewards that have come by an age, and of decisions that get one", () => {
    const model = learned();
    expect([model.arrivedBy(0), model.arrivedBy(1_000)]).toEqual([0, expect.closeTo(1, 12)]);
    expect(model.arrivedBy(50)).toBeLessThan(0.1);
    expect(model.arrivedBy(200)).toBeGreaterThan(0.95);
    expect(model.rewarded("b")).toBeCloseTo(0.25, 2);
  });

  it("lets silence count so that at every age the rate learned is the rate that there is", () => {
    const model = learned();
    for (const age of [50, 100, 130, 400, 1_000]) {
      const [by, p, silence] = [model.arrivedBy(age), model.rewarded("b"), model.silence("b", age)];
      const won = p * by;
      expect(won / (won + (1 - won) * silence)).toBeCloseTo(p, 12);
    }
    expect(model.silence("b", 0)).toBe(0);
    expect(model.silence("b", 1_000)).toBeCloseTo(1, 12);
  });
});
