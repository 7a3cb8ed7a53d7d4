import { describe, expect, test } from "vitest";
import {
  type Constraint,
  caps,
  createBandit,
  decide,
  decideKeeping,
  floor,
  probabilities,
  quickDecide,
  thompson,
  toLogLine,
  update,
  withPropensity,
} from "../../src/bandits/index.js";
import { defineExperiment } from "../../src/index.js";
import { readLog } from "../../src/rounds/index.js";
import { parseBanditRounds } from "../../src/schema/index.js";

const now = new Date("2026-11-21T12:00:00Z");
const definitionOf = (arms: number) =>
  defineExperiment({
    key: "offers",
    unit: "userId",
    control: "v0",
    variants: Object.fromEntries(Array.from({ length: arms }, (_, i) => [`v${i}`, null])),
    policy: "thompson",
  });
const learned = (arms: number, constraints: readonly Constraint[] = []) => {
  const start = createBandit(definitionOf(arms), { thompson }, { constraints });
  return { ...start, sums: start.sums.map((_, i) => [i % 7, 40 + (i % 11)]) };
};
const request = { unitId: "u", occasion: "1", now };

describe("a decision among many actions", () => {
  test("carries the chosen one's probability only, unless asked; the state gives the others back", () => {
    const state = learned(1000);
    const decision = decide(state, request);
    expect(decision).not.toHaveProperty("probabilities");
    expect(decision).not.toHaveProperty("actions");
    expect(JSON.stringify(decision).length).toBeLessThan(400);
    const asked = decide(state, { ...request, vector: true });
    expect(asked.probabilities).toBe(probabilities(state));
    expect(withPropensity(state, decision)).toEqual(asked);
    const few = decide(learned(100), request);
    expect(few.probabilities?.length).toBe(100);
    expect(decide(learned(100), { ...request, vector: false })).not.toHaveProperty("probabilities");
    expect(decide(learned(100), { ...request, vector: false }).propensity).toBe(few.propensity);
  });

  test("says which were eligible where not all were, so that the state gives the same vector", () => {
    const state = learned(300);
    const eligible = ["v3", "v6", "v299"];
    const decision = decide(state, { ...request, eligible });
    expect(decision.eligible).toEqual(eligible);
    expect(withPropensity(state, decision)).toEqual(decide(state, { ...request, eligible, vector: true }));
    expect(withPropensity(state, quickDecide(state, { ...request, eligible })).probabilities).toEqual(
      probabilities(state, { eligible }),
    );
    const kept = decideKeeping(state, request, "v5");
    expect(kept).toMatchObject({ action: { variant: "v5" }, propensity: 1 });
    expect(withPropensity(state, kept)).toEqual(decideKeeping(state, { ...request, vector: true }, "v5"));
  });

  test("is learned, logged and read like any other", () => {
    const state = learned(300);
    const decision = decide(state, { ...request, eligible: ["v3", "v6"] });
    expect(update(state, [{ ...decision, reward: 1 }]).rewards).toBe(1);
    const [round] = parseBanditRounds([JSON.parse(toLogLine({ decision, reward: 1 }))]);
    const { payload: _, ...logged } = decision;
    expect(round).toEqual({ decision: logged, reward: 1 });
    const { rows } = readLog([round!], definitionOf(300));
    expect(rows).toMatchObject({ length: 1, vector: [undefined] });
    expect([rows.propensity[0], rows.reward[0]]).toEqual([decision.propensity, 1]);
    const bare = { ...decide(learned(3), request), actions: undefined };
    expect(() => readLog([{ decision: bare as never, reward: 1 }], definitionOf(3))).toThrow(
      expect.objectContaining({ code: "missing_value", path: ["log", 0, "decision", "actions"] }),
    );
  });

  test("ten thousand of them are decided among within two seconds of computing, constraints included", () => {
    const before = process.cpuUsage();
    const state = learned(10_000, [floor({ share: 1e-5 }), caps({ shares: { v3: 0.001 } })]);
    const decision = decide(state, {
      ...request,
      eligible: state.setup.arms.slice(0, 9_000).map(({ key }) => key),
    });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(4); // twice the bar of the benchmark: other tests run beside this one
    expect(decision.propensity).toBeGreaterThan(0);
  });

  test("vectors of a thousand actions agree with those of the ones that can be the best", () => {
    const state = learned(1000);
    const vector = probabilities(state);
    expect(vector.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    // Arms with the same sums have the same chance.
    expect(vector[0]).toBeCloseTo(vector[77]!, 14);
    const six = vector.filter((_, i) => i % 7 === 6).reduce((sum, p) => sum + p, 0);
    expect(six).toBeGreaterThan(0.5);
  });
});
