import { describe, expect, it } from "vitest";
import { evaluatePolicy, type LoggedChoice } from "../../src/ope/index.js";
import { randomSource } from "../../src/random/index.js";
import { errorsOf } from "../errors/errors-of.js";

const messages = ["a", "b", "c", "d", "e", "f"];
const channels = ["mail", "push", "sms", "web", "post"];
const times = Array.from({ length: 10 }, (_, i) => `${8 + i}h`);
const combinations = messages.flatMap((what) =>
  channels.flatMap((how) => times.map((when) => `${what} ${how} ${when}`)),
);
/** The time does nothing by itself. */
const embedding = (action: string) => action.split(" ").slice(0, 2).join(" ");
const rate = (action: string) => {
  const [what = "", how = ""] = action.split(" ");
  return 0.05 + 0.04 * messages.indexOf(what) + 0.03 * channels.indexOf(how);
};
/** A log that prefers the first combinations a little, and a policy that prefers the last messages, each at an hour of its own. */
const weights = combinations.map((_, i) => 1 + (3 * (combinations.length - i)) / combinations.length);
const total = weights.reduce((sum, each) => sum + each, 0);
const shares = weights.map((each) => each / total);
const policy = combinations.map((_, i) => {
  const [pair, hour] = [Math.floor(i / 10), i % 10];
  return hour === pair % 10 ? (pair + 1) / 465 : 0;
});
const worth = combinations.reduce((sum, action, i) => sum + policy[i]! * rate(action), 0);
const probabilities = Object.fromEntries(combinations.map((action, i) => [action, shares[i]!]));

function logOf(seed: string, n: number): LoggedChoice[] {
  const random = randomSource(seed);
  return Array.from({ length: n }, () => {
    let rest = random.next();
    let at = 0;
    while (at < combinations.length - 1 && (rest -= shares[at]!) >= 0) at += 1;
    const action = combinations[at]!;
    const reward = random.next() < rate(action) ? 1 : 0;
    return { action, reward, propensity: shares[at]!, probabilities };
  });
}
const both = (log: readonly LoggedChoice[], by = embedding) =>
  evaluatePolicy({
    ...{ log, policy: () => policy, actions: combinations, embedding: by },
    estimators: ["ips", "mips"],
  }).estimates.map(({ value }) => value);

describe("mips", () => {
  it("errs less than ips among 300 combinations, and covers the truth as often as it says", () => {
    const runs = 100;
    const squares = [0, 0];
    let [inside, sum] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const found = both(logOf(`mips ${run}`, 1000));
      for (const [k, each] of found.entries()) squares[k]! += ((each.value as number) - worth) ** 2;
      const own = found[1]!;
      if (own.status !== "ok") throw new Error(own.reason);
      sum += own.value;
      if (own.interval[0] <= worth && worth <= own.interval[1]) inside += 1;
    }
    const error = Math.sqrt(squares[1]! / runs / runs);
    expect(Math.abs(sum / runs - worth)).toBeLessThan(4 * error);
    expect(inside / runs).toBeGreaterThan(0.95 - 4.5 * Math.sqrt((0.95 * 0.05) / runs));
    expect(Math.sqrt(squares[1]! / squares[0]!)).toBeLessThan(0.9);
  });

  it("is ips where the embedding is the action, and without one", () => {
    const log = logOf("same", 500);
    const [ips, mips] = both(log, (action) => action);
    expect({ ...mips, method: "ips" }).toEqual(ips);
    const [alone] = evaluatePolicy({
      ...{ log, policy: () => policy, actions: combinations, estimators: ["mips"] },
    }).estimates;
    expect(alone?.value.value).toBe(ips?.value);
  });

  it("is what the policy earns on average, exactly, where nothing else of an action reaches the reward", () => {
    // Every action as often as the log plays it, and its expected reward: the mean over all logs.
    const small = ["a 8h", "a 9h", "b 8h", "b 9h"];
    const chances = [0.4, 0.2, 0.1, 0.3];
    const earned = { a: 0.3, b: 0.8 };
    const vector = Object.fromEntries(small.map((action, i) => [action, chances[i]!]));
    const target = [0.1, 0.6, 0.25, 0.05];
    const log = small.flatMap((action, i) =>
      Array.from({ length: Math.round(100 * chances[i]!) }, () => {
        const reward = earned[action[0] as "a" | "b"];
        return { action, reward, propensity: chances[i]!, probabilities: vector };
      }),
    );
    const ask = (by: (action: string) => string) =>
      evaluatePolicy({
        ...{ log, policy: () => target, actions: small, embedding: by, estimators: ["mips"] },
      }).estimates[0]?.value.value;
    expect(ask((action) => action[0]!)).toBeCloseTo(0.7 * 0.3 + 0.3 * 0.8, 12);
    // With what reaches the reward left out, it is not.
    expect(ask((action) => action.slice(2))).not.toBeCloseTo(0.45, 2);
  });

  it("asks for every round's probabilities, and for text", () => {
    const wrong = (by: (action: string) => string, log: readonly LoggedChoice[]) =>
      errorsOf(() => both(log, by)).map(({ code, path }) => [code, path.join(".")]);
    const [first, ...others] = logOf("bad", 20);
    const { probabilities: _, ...bare } = first!;
    expect(wrong(embedding, [...others, bare])).toEqual([["missing_value", "log.19.probabilities"]]);
    expect(wrong(() => 3 as never, others)[0]?.[0]).toBe("wrong_type");
  });
});
