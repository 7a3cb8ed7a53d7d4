import { describe, expect, it } from "vitest";
import type { Estimate } from "../../src/core/estimate.js";
import { evaluatePolicy, type LoggedChoice, learnPolicy } from "../../src/ope/index.js";
import { learnedValue, RidgeLearner } from "../../src/ope/learning/index.js";
import { randomSource } from "../../src/random/index.js";
import { calibrateLearning, learningWorlds, playLearning } from "../calibration/learning.mjs";
import { errorsOf } from "../errors/errors-of.js";

type Ok = Extract<Estimate, { status: "ok" }>;
const essai = { randomSource, learnedValue, RidgeLearner };
const world = (key: string) => learningWorlds.find((each) => each.key === key)!;

describe("a policy that is learned and judged on one log", () => {
  const runs = 80;
  const error = Math.sqrt((0.95 * 0.05) / runs);
  const found = (key: string) => calibrateLearning(world(key), { seed: "test", runs, rounds: 2_000 }, essai);

  it("has its worth, and what it earns over the best single action, in 95 % of the intervals", () => {
    for (const key of ["personal", "personal, learning log"]) {
      const { value, over, ofSplit } = found(key);
      expect(value, key).toBeGreaterThan(0.94 - 3 * error);
      expect(over, key).toBeGreaterThan(0.94 - 3 * error);
      // A split keeps a fifth of the log for judging.
      expect(ofSplit, key).toBeLessThan(0.95);
    }
  });

  it("hardly ever seems to beat the best single action where all are alike; on its own rows it would seem to earn more", () => {
    const { beats, bias, biasError, sameLogBias } = found("alike");
    expect(beats).toBeLessThan(0.025 + 3 * Math.sqrt((0.025 * 0.975) / runs));
    expect(Math.abs(bias)).toBeLessThan(3 * biasError);
    expect(sameLogBias).toBeGreaterThan(4 * biasError);
  });
});

/** A log as somebody's table. */
function tableOf(key: string, rounds: number): LoggedChoice[] {
  const { action, rewards, propensities, kinds } = playLearning(world(key), "table", rounds, essai);
  return Array.from({ length: rounds }, (_, i) => ({
    action: `a${action[i]}`,
    reward: rewards[i]!,
    propensity: propensities[i]!,
    context: { kind: `k${kinds[i]}` },
  }));
}
const levels = ["k0", "k1", "k2", "k3"];
const features = [{ kind: "categorical", field: "kind", levels }] as const;

describe("learnPolicy", () => {
  const log = tableOf("personal", 8_000);
  const learned = learnPolicy({ log, features });

  it("finds who should get what, and says what that is worth", () => {
    const played = levels.map(
      (kind) => learned.actions[learned.policy({ kind }, learned.actions).indexOf(1)],
    );
    expect(played).toEqual(["a2", "a1", "a1", "a1"]);
    expect(learned.single).toBe("a1");
    expect(learned.differs).toBeGreaterThan(0.2);
    expect(learned.differs).toBeLessThan(0.3);
    const [value, over] = [learned.value as Ok, learned.overSingle as Ok];
    expect(value.interval[0]).toBeLessThan(0.1525);
    expect(value.interval[1]).toBeGreaterThan(0.1525);
    expect(over.interval[0]).toBeGreaterThan(0);
    expect(over.interval[1]).toBeGreaterThan(0.0225);
    expect((learned.gain as Ok).value).toBeCloseTo(
      value.value - log.reduce((sum, { reward }) => sum + reward!, 0) / log.length,
      10,
    );
  });

  it("gives a policy that can be evaluated elsewhere", () => {
    const other = tableOf("personal", 3_000);
    const { estimates } = evaluatePolicy({ log: other, policy: learned.policy, features });
    expect(estimates[0]?.value.status).toBe("ok");
  });

  it("judges a learner of one's own, which sees earlier rounds only, and more of them each time", () => {
    const seen: number[] = [];
    const own = learnPolicy({
      ...{ log, features, batches: 5 },
      learn(rounds) {
        expect(rounds).toEqual(log.slice(0, rounds.length));
        seen.push(rounds.length);
        return { a0: 0.5, a2: 0.5 };
      },
    });
    expect(seen).toEqual([1600, 3200, 4800, 6400, 8000]);
    expect(own.policy({ kind: "k0" }, own.actions)).toEqual(
      own.actions.map((name) => (name === "a1" ? 0 : 0.5)),
    );
    const direct = evaluatePolicy({ log, policy: { a0: 0.5, a2: 0.5 }, features, estimators: ["dr"] });
    expect((own.value as Ok).value).toBeCloseTo((direct.estimates[0]!.value as Ok).value, 1);
  });

  it("takes rounds of one unit for one", () => {
    const several = log.slice(0, 4_000).flatMap((row, i) => [1, 2].map(() => ({ ...row, unit: `u${i}` })));
    const alone = several.map(({ unit, ...row }) => row);
    const width = (rows: LoggedChoice[]) => (learnPolicy({ log: rows, features }).value as Ok).standardError;
    expect(width(several) / width(alone)).toBeGreaterThan(1.3);
  });

  it("says so where one action is best for everyone, or where a log cannot tell", () => {
    const alike = learnPolicy({ log });
    expect(alike.overSingle).toMatchObject({ status: "degenerate", value: 0 });
    expect(alike.differs).toBe(0);
    const few = learnPolicy({ log: log.slice(0, 60), features, leastEffective: 1_000 });
    expect(few.value.status).toBe("undefined");
    const probabilities = { a0: 0.8, a1: 0.1, a2: 0.1 };
    const lied = log.map((row) => ({
      ...row,
      probabilities,
      propensity: probabilities[row.action as keyof typeof probabilities],
    }));
    expect(learnPolicy({ log: lied, features }).value.status).toBe("undefined");
  });

  it("refuses what is not a log, a feature or a policy", () => {
    const codes = (request: object) =>
      errorsOf(() => learnPolicy({ log, features, ...request })).map(({ code, path }) => [code, ...path]);
    expect(codes({ log: log.slice(0, 10) })).toEqual([["out_of_range", "log"]]);
    expect(codes({ log: [{ ...log[0]!, propensity: 0 }] })).toEqual([
      ["out_of_range", "log", 0, "propensity"],
    ]);
    expect(codes({ batches: 2 })).toEqual([["out_of_range", "batches"]]);
    expect(codes({ learn: () => "a9" })).toEqual([["unknown_action", "policy"]]);
    expect(codes({ features: [{ kind: "categorical", field: "age", levels }] })[0]).toEqual([
      "missing_value",
      ...["log", 0, "context", "age"],
    ]);
  });
});
