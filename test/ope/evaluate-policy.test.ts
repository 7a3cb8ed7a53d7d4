import { describe, expect, it } from "vitest";
import { createBandit, decide, thompson, update } from "../../src/bandits/index.js";
import { defineExperiment } from "../../src/index.js";
import { type EvaluationRequest, evaluatePolicy, type LoggedChoice } from "../../src/ope/index.js";
import { type RandomSource, randomSource } from "../../src/random/index.js";
import type { BanditRound } from "../../src/rounds/index.js";
import { errorsOf } from "../errors/errors-of.js";

const actions = ["mail", "push", "sms"];
/** Expected reward of an action for a unit of some age; the best action depends on it. */
const rate = (action: number, age: number) => [0.3, 0.1 + 0.4 * age, 0.5 - 0.4 * age][action]!;
const features = [{ kind: "numeric", field: "age" }] as const;
/** What the policy to evaluate plays: push for the old, sms for the young, mostly. */
const policy = (context: unknown) => {
  const { age } = context as { age: number };
  return age > 0.5 ? [0.1, 0.8, 0.1] : [0.1, 0.1, 0.8];
};

/** A log whose shares depend on the context, and what the policy is worth in its contexts. */
function world(random: RandomSource, n: number) {
  let truth = 0;
  const log = Array.from({ length: n }, (): LoggedChoice => {
    const age = random.next();
    const shares = age > 0.5 ? [0.5, 0.3, 0.2] : [0.2, 0.6, 0.2];
    for (const [i, chance] of policy({ age }).entries()) truth += (chance * rate(i, age)) / n;
    let rest = random.next();
    let arm = 0;
    while (arm < 2 && (rest -= shares[arm]!) >= 0) arm += 1;
    const reward = random.next() < rate(arm, age) ? 1 : 0;
    const probabilities = Object.fromEntries(actions.map((name, i) => [name, shares[i]!]));
    return { action: actions[arm]!, reward, propensity: shares[arm]!, context: { age }, probabilities };
  });
  return { log, truth };
}

describe("evaluatePolicy", () => {
  it("covers the truth as often as it says, and is narrower where the model reads the context", () => {
    const runs = 200;
    const inside: Record<string, number> = { dr: 0, mrdr: 0, ips: 0, sndr: 0 };
    const width: Record<string, number> = { dr: 0, mrdr: 0, ips: 0, sndr: 0 };
    for (let run = 0; run < runs; run++) {
      const { log, truth } = world(randomSource(`evaluate ${run}`), 800);
      const { estimates } = evaluatePolicy({
        ...{ log, policy, features, actions },
        estimators: ["dr", "mrdr", "ips", "sndr"],
      });
      for (const { estimator, value } of estimates) {
        if (value.status !== "ok") throw new Error(value.reason);
        if (value.interval[0] <= truth && truth <= value.interval[1]) inside[estimator]! += 1;
        width[estimator]! += value.interval[1] - value.interval[0];
      }
    }
    const band = 4.5 * Math.sqrt((0.95 * 0.05) / runs);
    // The truth is that of the log's own contexts, which the interval treats as drawn: it may cover a little more.
    for (const [name, count] of Object.entries(inside))
      expect([name, count / runs > 0.95 - band]).toEqual([name, true]);
    expect(width.dr! / width.ips!).toBeLessThan(0.95);
    expect(width.mrdr! / width.ips!).toBeLessThan(0.95);
  });

  const { log } = world(randomSource("one"), 3000);
  const value = (request: Omit<EvaluationRequest, "log">, rows: EvaluationRequest["log"] = log) =>
    evaluatePolicy({ log: rows, actions, ...request });

  it("takes a rule, a split, a bandit's state and a function, and they agree where they play alike", () => {
    const split = value({ policy: { mail: 0, push: 1, sms: 0 } });
    expect(value({ policy: "push" })).toEqual(split);
    expect(value({ policy: () => "push" })).toEqual(split);
    expect(value({ policy: () => [0, 1, 0] })).toEqual(split);
    const experiment = defineExperiment({
      ...{ key: "offers", unit: "userId", control: "mail", policy: "thompson" },
      variants: { mail: null, push: null, sms: null },
    });
    let bandit = createBandit(experiment, { thompson });
    bandit = update(
      bandit,
      Array.from({ length: 4000 }, (_, i) => ({ variant: "push" as const, reward: i % 10 ? 1 : 0 })),
    );
    bandit = update(
      bandit,
      Array.from({ length: 2000 }, () => ({ variant: "mail" as const, reward: 0 })),
    );
    const shares = value({ policy: bandit }).actions.map((each) => each.policy);
    expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
    expect(shares[0]).toBeLessThan(0.001);
  });

  it("reads a bandit's rounds as it reads rows", () => {
    const experiment = defineExperiment({
      ...{ key: "offers", unit: "userId", control: "mail", policy: "thompson" },
      variants: { mail: null, push: null, sms: null },
    });
    const bandit = createBandit(experiment, { thompson });
    const rounds = Array.from({ length: 200 }, (_, i): BanditRound => {
      const now = new Date(Date.UTC(2026, 2, 1, 0, i));
      const decision = decide(bandit, { unitId: `u${i}`, occasion: "1", now });
      return { decision, reward: i % 3 ? 0 : 1 };
    });
    const rows = rounds.map(
      ({ decision, reward }): LoggedChoice => ({
        ...{ action: decision.variant!, reward, propensity: decision.propensity, unit: decision.unitId },
      }),
    );
    const flat = rounds.map(({ decision, reward }) => ({ ...decision, reward }));
    const expected = value({ policy: "push", leastEffective: 10 }, rows);
    expect(value({ policy: "push", leastEffective: 10 }, rounds)).toEqual(expected);
    expect(value({ policy: "push", leastEffective: 10 }, flat as never)).toEqual(expected);
    const more = [
      ...rounds,
      { ...rounds[0]!, reward: null },
      { ...rounds[1]!, decision: { ...rounds[1]!.decision, id: "x" }, reward: null },
    ];
    expect(value({ policy: "push", leastEffective: 10 }, more)).toEqual({
      ...expected,
      leftOut: { pending: 1, kept: 0, repeated: 1 },
    });
    const mixed = [...rounds, { ...rounds[0]!, decision: { ...rounds[0]!.decision, experiment: "another" } }];
    expect(
      errorsOf(() => value({ policy: "push" }, mixed)).map(({ code, path }) => [code, path.join(".")]),
    ).toEqual([["mixed_experiments", "log.200.decision.experiment"]]);
  });

  it("does not believe propensities that the served shares contradict", () => {
    const lied = log.map((row) => ({
      ...row,
      propensity: 1 / 3,
      probabilities: { mail: 1 / 3, push: 1 / 3, sms: 1 / 3 },
    }));
    for (const { value: found } of value({ policy: "push" }, lied).estimates)
      expect(found).toMatchObject({
        status: "undefined",
        reason: expect.stringContaining("not served as often"),
      });
    expect(value({ policy: "push" }).estimates[0]?.value.status).toBe("ok");
  });

  it("gives what a caller's own model predicts, unchanged", () => {
    const predict = (context: unknown) => actions.map((_, i) => rate(i, (context as { age: number }).age));
    const [direct] = value({ policy, predict, estimators: ["dm"] }).estimates;
    const expected = log.map(({ context }) =>
      policy(context).reduce((sum, chance, i) => sum + chance * predict(context)[i]!, 0),
    );
    expect(direct?.value.value).toBeCloseTo(expected.reduce((sum, each) => sum + each, 0) / log.length, 12);
  });

  it("keeps the rounds of a unit in one fold: repeating a log in units that know themselves tells nothing new", () => {
    // Rewards are noise: a fit that sees the copy of a round predicts it, and the estimate's error would seem to shrink.
    const random = randomSource("noise");
    const rows = Array.from({ length: 60 }, (_, i): LoggedChoice => {
      const context = { who: `w${i}` };
      return { action: i % 2 ? "a" : "b", reward: random.next(), propensity: 0.5, context, unit: `u${i}` };
    });
    const levels = rows.map(({ unit }) => unit!.replace("u", "w"));
    const ask = (log: readonly LoggedChoice[]) =>
      evaluatePolicy({
        ...{ log, policy: "a", leastEffective: 2, estimators: ["dr"] },
        features: [{ kind: "categorical", field: "who", levels }],
      }).estimates[0]!.value;
    const [once, twice] = [ask(rows), ask([...rows, ...rows])];
    if (once.status !== "ok" || twice.status !== "ok") throw new Error("refused");
    expect(twice.standardError / once.standardError).toBeGreaterThan(0.9);
  });

  it("names each mistake at its place", () => {
    const wrong = (request: object, rows: readonly unknown[] = log) =>
      errorsOf(() => value({ policy: "push", ...request }, rows as never)).map(({ code, path }) => [
        code,
        path.join("."),
      ]);
    const first = log[0]!;
    expect(wrong({}, [{ ...first, propensity: 0 }])).toEqual([["out_of_range", "log.0.propensity"]]);
    expect(wrong({}, [{ ...first, propensity: undefined }])).toEqual([["missing_value", "log.0.propensity"]]);
    expect(wrong({}, [{ ...first, propensity: 1.5 }])).toEqual([["out_of_range", "log.0.propensity"]]);
    expect(wrong({}, [{ ...first, probabilities: { [first.action]: first.propensity } }])).toEqual([
      ["probabilities_sum", "log.0.probabilities"],
    ]);
    expect(wrong({}, [{ ...first, propensity: 0.01 }])).toEqual([
      ["propensity_mismatch", "log.0.propensity"],
    ]);
    expect(wrong({}, [{ ...first, porpensity: 1 }])).toEqual([["unknown_key", "log.0.porpensity"]]);
    expect(wrong({}, [])).toEqual([["empty_data", "log"]]);
    expect(wrong({ support: [0, 0.5] })[0]?.[0]).toBe("out_of_range");
    expect(wrong({ policy: "pusch" })).toEqual([["unknown_action", "policy"]]);
    expect(wrong({ policy: { push: 0.5 } })).toEqual([["policy_sum", "policy"]]);
    expect(wrong({ policy: { pusch: 1 } })).toEqual([["unknown_action", "policy.pusch"]]);
    expect(wrong({ policy: () => [1] })).toEqual([["wrong_length", "policy.0"]]);
    expect(wrong({ features: [{ kind: "numeric", field: "height" }] })[0]).toEqual([
      "missing_value",
      "log.0.context.height",
    ]);
  });
});
