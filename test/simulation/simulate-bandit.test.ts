import { defineExperiment } from "essai";
import {
  type BanditState,
  createBandit,
  factorial,
  linear,
  normal,
  pauseArm,
  poisson,
  policies,
} from "essai/bandits";
import { type BanditWorld, simulateBandit, simulateRounds } from "essai/simulation";
import { describe, expect, expectTypeOf, test } from "vitest";
import type { ExperimentError } from "../../src/errors/index.js";
import type { FieldsType } from "../../src/shapes/index.js";
import type { worldFields } from "../../src/simulation/bandit/world-shape.js";
import { definitionOf } from "../bandits/definition.js";

const bandit = (arms = 3, policy = "thompson", options = {}) =>
  createBandit(definitionOf(arms, policy), policies, options);
const world: BanditWorld = { arms: { a: 0.1, b: 0.3, c: 0.2 } };
const rounds = (given: BanditWorld, options = {}, state = bandit(3, "uniform")) => [
  ...simulateRounds(state, given, { seed: 1, rounds: 3_000, batch: 100, ...options }),
];

describe("a simulated bandit", () => {
  test("expectations are the world's, shares and regret add up", () => {
    const run = simulateBandit(bandit(), world, { seed: "sums", rounds: 2_000, batch: 50 });
    expect(run.arms).toEqual(["a", "b", "c"]);
    const [a, b, c] = run.shares as [number, number, number];
    expect(a + b + c).toBeCloseTo(1, 12);
    expect(run.regret).toBeCloseTo(2_000 * (0.2 * a + 0.1 * c), 6);
    expect(run.uniformRegret).toBeCloseTo(2_000 * 0.1, 6);
    expect(run.periods.reduce((sum, { regret }) => sum + regret, 0)).toBeCloseTo(run.regret, 6);
    expect(run.periods.reduce((sum, { reward }) => sum + reward, 0)).toBe(run.reward);
    expect(run.state.rewards).toBe(2_000);
    expect(b).toBeGreaterThan(0.7);
  });

  test("the same seed gives the same run; another seed, another", () => {
    const one = () => simulateBandit(bandit(), world, { seed: 7, rounds: 500 });
    expect(JSON.stringify(one())).toBe(JSON.stringify(one()));
    expect(simulateBandit(bandit(), world, { seed: 8, rounds: 500 }).reward).not.toBe(one().reward);
  });

  test("under one seed two policies meet the same units at the same times", () => {
    const given: BanditWorld = { ...world, segments: { field: "kind", shares: { x: 1, y: 2 } } };
    const met = (policy: string) =>
      rounds(given, {}, bandit(3, policy)).map(({ decision, segment }) => [
        decision.at,
        decision.unitId,
        segment,
      ]);
    expect(met("thompson")).toEqual(met("uniform"));
  });

  test("rounds carry true propensities, and leave it to the reader to keep them", () => {
    const game = simulateRounds(bandit(), world, { seed: 1, rounds: 1e12 });
    for (let i = 0; i < 100; i++) {
      const { decision, reward, expected } = game.next().value as Exclude<
        ReturnType<typeof game.next>["value"],
        BanditState
      >;
      const arm = ["a", "b", "c"].indexOf(decision.variant);
      expect(decision.propensity).toBe(decision.probabilities![arm]);
      expect([0, 1]).toContain(reward);
      expect(expected).toEqual({ chosen: [0.1, 0.3, 0.2][arm], best: 0.3, uniform: expect.closeTo(0.2, 12) });
    }
  });

  test("a quick run learns as a run with vectors does", () => {
    const run = simulateBandit(bandit(), world, { seed: 3, rounds: 3_000, quick: true });
    expect(run.regret).toBeLessThan(run.uniformRegret / 3);
  });

  test("paused arms are no part of the best, nor of uniform", () => {
    const run = simulateBandit(pauseArm(bandit(), "b"), world, { seed: 3, rounds: 100 });
    expect(run.shares[1]).toBe(0);
    expect(run.uniformRegret).toBeCloseTo(100 * 0.05, 9);
  });
});

test("nothing follows from the order of a world's keys", () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, reversed(each)]),
    );
  };
  const given: BanditWorld = {
    reward: { kind: "hurdle", amount: { c: 3, a: 1, b: 2 }, law: { kind: "weibull", shape: 0.8 } },
    arms: { c: { y: 0.4, "\u{1F600}": 0.1 }, b: 0.2 },
    segments: { field: "kind", shares: { y: 2, "\u{1F600}": 1, "\uFFFD": 1, 10: 1 } },
    effects: [{ when: { variant: "a", kind: "y" }, by: 0.5 }],
    drift: [{ kind: "walk", sd: 0.3, when: { kind: "y" } }],
    delay: { kind: "exponential", meanHours: 2, lost: 0.1 },
  };
  const run = (each: BanditWorld) =>
    simulateBandit(bandit(3, "thompson", { model: normal() }), each, {
      seed: "order",
      rounds: 400,
      batch: 20,
    });
  const first = run(given);
  expect(first.segments.map(({ segment }) => segment)).toEqual(["10", "y", "\uFFFD", "\u{1F600}"]);
  expect(JSON.stringify(run(reversed(given) as BanditWorld))).toBe(JSON.stringify(first));
});

describe("what is true", () => {
  test.each<[string, BanditWorld, number, number]>([
    ["bernoulli", { arms: { a: 0.2 }, base: 0.2 }, 0.2, 0.2 * 0.8],
    ["poisson", { reward: { kind: "poisson" }, base: 3 }, 3, 3],
    ["normal", { reward: { kind: "normal", sd: 2 }, base: -1 }, -1, 4],
    [
      "hurdle",
      { reward: { kind: "hurdle", amount: 10, law: { kind: "lognormal", sigma: 0.5 } }, base: 0.25 },
      2.5,
      0.25 * 100 * Math.exp(0.25) - 2.5 ** 2,
    ],
  ])("%s rewards have the expectation and the variance of their law", (_, given, mean, variance) => {
    const n = 20_000;
    const amounts = bandit(3, "uniform", { model: normal() });
    const all = rounds(given, { rounds: n, batch: n }, amounts).map(({ reward, expected }) => {
      expect(expected.chosen).toBeCloseTo(mean, 12);
      return reward!;
    });
    const found = all.reduce((sum, x) => sum + x, 0) / n;
    const squares = all.map((x) => (x - mean) ** 2);
    const spread = squares.reduce((sum, x) => sum + x, 0) / n;
    const spreadError = Math.sqrt(squares.reduce((sum, x) => sum + (x - spread) ** 2, 0) / n / n);
    expect(Math.abs(found - mean)).toBeLessThan(4.5 * Math.sqrt(variance / n));
    expect(Math.abs(spread - variance)).toBeLessThan(4.5 * spreadError);
  });

  test("effects of factors and segments add up in log-odds", () => {
    const definition = defineExperiment({
      key: "mv",
      unit: "u",
      factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
      policy: "thompson",
    });
    const segments = { field: "segment", shares: { old: 1, new: 1 } };
    const state = createBandit(definition, policies, {
      model: factorial({ segments: { field: "segment", levels: ["old", "new"] } }),
    });
    const effects = [
      { when: { hero: "B" }, by: 0.5 },
      { when: { segment: "new", cta: "Try" }, by: 1 },
    ];
    for (const { decision, segment, expected } of rounds(
      { base: 0.1, segments, effects },
      { rounds: 200 },
      state,
    )) {
      const { hero, cta } = decision.action;
      const odds = Math.log(1 / 9) + (hero === "B" ? 0.5 : 0) + (segment === "new" && cta === "Try" ? 1 : 0);
      expect(expected.chosen).toBeCloseTo(1 / (1 + Math.exp(-odds)), 12);
      expect(decision.context).toEqual({ segment });
    }
  });

  test("seasons follow hour and weekday, and the decision is told both", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 1 : -1));
    const given: BanditWorld = {
      base: 0.5,
      seasons: [{ hours, when: { variant: "a" } }, { weekdays: [2, 0, 0, 0, 0, 0, 0] }],
    };
    const all = rounds(given, { rounds: 9_000 });
    expect(new Set(all.map(({ period }) => period)).size).toBeGreaterThan(7);
    for (const { decision, expected } of all) {
      const at = new Date(decision.at);
      const [hour, weekday] = [at.getUTCHours(), at.getUTCDay()];
      expect(decision.context).toEqual({ hour, weekday });
      const value = (decision.action.variant === "a" ? (hour < 12 ? 1 : -1) : 0) + (weekday === 0 ? 2 : 0);
      expect(expected.chosen).toBeCloseTo(1 / (1 + Math.exp(-value)), 12);
    }
  });

  test("drift: a switch on its day, a trend by the hour, a walk whose spread grows with the root of time", () => {
    const moved = (drift: BanditWorld["drift"], seed = 1) =>
      rounds({ base: 0.5, ...(drift ? { drift } : {}) }, { rounds: 4_000, seed }).map(
        ({ decision, expected }) => ({
          days: Math.floor((Date.parse(decision.at) - Date.parse("2026-01-05")) / 3.6e6) / 24,
          arm: decision.action.variant,
          odds: Math.log(expected.chosen / (1 - expected.chosen)),
        }),
      );
    for (const { days, arm, odds } of moved([{ kind: "switch", day: 2, by: 0.7, when: { variant: "c" } }]))
      expect(odds).toBeCloseTo(arm === "c" && days >= 2 ? 0.7 : 0, 9);
    for (const { days, odds } of moved([{ kind: "trend", perDay: 0.3 }]))
      expect(odds).toBeCloseTo(0.3 * days, 9);
    const ends = Array.from({ length: 60 }, (_, seed) => moved([{ kind: "walk", sd: 0.2 }], seed).at(-1)!);
    const variance = ends.reduce((sum, { odds, days }) => sum + odds ** 2 / days, 0) / ends.length;
    expect(Math.abs(variance / 0.04 - 1)).toBeLessThan(4.5 * Math.sqrt(2 / ends.length));
  });

  test("arrivals have their number a day and their hours", () => {
    const night = Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0 : 1));
    const all = rounds({ arrivals: { perDay: 500, hours: night } }, { rounds: 5_000 });
    const days = all.at(-1)!.period! + 1;
    expect(Math.abs(5_000 / days - 500)).toBeLessThan(4.5 * Math.sqrt(500 / days) + 500 / days);
    expect(all.every(({ decision }) => new Date(decision.at).getUTCHours() >= 6)).toBe(true);
  });

  test("delayed rewards wait in the ledger until the window closes; late and lost ones are not learned", () => {
    const run = (delay: BanditWorld["delay"], windowHours: number) =>
      simulateBandit(
        bandit(),
        { base: 0.5, arms: { b: 0.9 }, ...(delay ? { delay } : {}) },
        { seed: 5, rounds: 2_000, batch: 50, ledger: { windowHours } },
      );
    const learned = ({ state }: ReturnType<typeof run>) => state.sums.reduce((sum, [wins]) => sum + wins!, 0);
    const all = run({ kind: "fixed", meanHours: 1 }, 2);
    expect([all.late, learned(all), all.state.rewards]).toEqual([0, all.reward, 2_000]);
    // A window of a day is half of this run in which nothing is learned.
    expect(run({ kind: "fixed", meanHours: 1 }, 24).regret).toBeGreaterThan(2 * all.regret);
    const late = run({ kind: "exponential", meanHours: 2 }, 2);
    expect(late.late).toBeGreaterThan(0);
    expect(learned(late)).toBe(late.reward - late.late);
    const share = late.late / late.reward;
    expect(Math.abs(share - Math.exp(-1))).toBeLessThan(4.5 * Math.sqrt(0.24 / late.reward));
    const lost = run({ kind: "lognormal", meanHours: 0.1, sigma: 0.1, lost: 0.4 }, 2);
    expect(Math.abs(1 - learned(lost) / lost.reward - 0.4)).toBeLessThan(4.5 * Math.sqrt(0.24 / lost.reward));
  });

  test("a wrong version, which learns delayed rewards at once, would be told from this one", () => {
    const given: BanditWorld = { base: 0.3, arms: { b: 0.6 } };
    const options = { seed: 2, rounds: 1_000, batch: 10, ledger: { windowHours: 12 } };
    const atOnce = simulateBandit(bandit(), given, options);
    const waiting = simulateBandit(bandit(), { ...given, delay: { kind: "fixed", meanHours: 11 } }, options);
    expect(waiting.regret).toBeGreaterThan(atOnce.regret + 20);
  });

  test("other models learn in their worlds", () => {
    const counts = simulateBandit(
      bandit(3, "thompson", { model: poisson() }),
      { reward: { kind: "poisson" }, base: 1, arms: { c: 2 } },
      { seed: 1, rounds: 1_000, quick: true },
    );
    expect(counts.shares[2]).toBeGreaterThan(0.8);
    const amounts = simulateBandit(
      bandit(3, "thompson", { model: normal() }),
      { reward: { kind: "normal", sd: 1 }, base: -3, arms: { a: -2 } },
      { seed: 1, rounds: 1_000, quick: true },
    );
    expect(amounts.shares[0]).toBeGreaterThan(0.8);
    const hours = Array.from({ length: 24 }, (_, hour) => Math.cos((2 * Math.PI * hour) / 24));
    const daily = simulateBandit(
      bandit(2, "thompson", { model: linear({ features: [{ kind: "cyclic", field: "hour", period: 24 }] }) }),
      { base: 0.5, seasons: [{ when: { variant: "a" }, hours }] },
      { seed: 1, rounds: 3_000, batch: 50 },
    );
    expect(daily.regret).toBeLessThan(daily.uniformRegret / 2);
  });
});

describe("refused, each with its place", () => {
  const found = (given: unknown, options: object = {}) => {
    try {
      simulateBandit(bandit(), given as BanditWorld, { seed: 1, rounds: 10, ...options });
    } catch (error) {
      return (error as { problems: { code: string; path: unknown[] }[] }).problems.map(
        ({ code, path }) => `${code} ${path.join(".")}`,
      );
    }
    return [];
  };

  test.each<[string, unknown, string[]]>([
    ["no world", null, ["wrong_type world"]],
    ["a chance above 1", { arms: { a: 1.2 } }, ["out_of_range world.arms.a"]],
    ["something that is not an arm", { arms: { z: 0.2 } }, ["unknown_action world.arms.z"]],
    ["something that is not a segment", { arms: { a: { x: 0.2 } } }, ["unknown_key world.arms.a.x"]],
    ["a kind of reward", { reward: { kind: "gold" } }, ["unknown_name world.reward.kind"]],
    [
      "a misspelt part",
      { arm: { a: 0.2 }, drifts: [] },
      ["unknown_key world.arm", "unknown_key world.drifts"],
    ],
    [
      "misspelt keys at every level",
      {
        reward: { kind: "normal", sd: 1, mean: 0 },
        effects: [{ when: {}, by: 1, from: 2 }],
        segments: { field: "kind", share: { x: 1 }, shares: { x: 1 } },
        drift: [{ kind: "trend", perDay: 1, sd: 1 }],
        seasons: [{ hour: [] }],
        arrivals: { perday: 5 },
        delay: { kind: "fixed", hours: 24, meanHours: 24 },
      },
      [
        "unknown_key world.reward.mean",
        "unknown_key world.effects.0.from",
        "unknown_key world.segments.share",
        "unknown_key world.drift.0.sd",
        "unknown_key world.seasons.0.hour",
        "unknown_key world.arrivals.perday",
        "unknown_key world.delay.hours",
      ],
    ],
    ["a normal without spread", { reward: { kind: "normal", sd: 0 } }, ["out_of_range world.reward.sd"]],
    [
      "a law out of range",
      { reward: { kind: "hurdle", amount: 1, law: { kind: "lognormal", sigma: 0 } } },
      ["out_of_range world.reward.law.sigma"],
    ],
    [
      "a hurdle without amounts of all arms, and with that of another",
      { reward: { kind: "hurdle", amount: { a: 1, b: 1, z: 1 }, law: { kind: "fixed" } } },
      ["unknown_action world.reward.amount.z", "missing_value world.reward.amount.c"],
    ],
    ["no finite effect", { effects: [{ when: {}, by: Number.NaN }] }, ["not_finite world.effects.0.by"]],
    [
      "what is moved beyond all numbers",
      {
        reward: { kind: "normal", sd: 1 },
        effects: [1, 2].map(() => ({ when: { variant: "b" }, by: 1e308 })),
      },
      ["not_finite world.arms.b"],
    ],
    [
      "effects and seasons for nothing known",
      {
        effects: [{ when: { hero: "A" }, by: 1 }],
        seasons: [{ when: { variant: "z" } }],
        drift: [{ kind: "walk", sd: 1, when: { variant: "z" } }],
      },
      [
        "unknown_key world.effects.0.when.hero",
        "unknown_name world.drift.0.when.variant",
        "unknown_name world.seasons.0.when.variant",
      ],
    ],
    [
      "drift of an unknown kind, and without its setting",
      { drift: [{ kind: "jump" }, { kind: "walk" }, { kind: "walk", sd: -1 }] },
      ["unknown_name world.drift.0.kind", "missing_value world.drift.1.sd", "out_of_range world.drift.2.sd"],
    ],
    [
      "a day of 23 hours",
      { seasons: [{ hours: Array(23).fill(0) }] },
      ["wrong_length world.seasons.0.hours"],
    ],
    [
      "hardly any arrivals",
      { arrivals: { perDay: 0, weekdays: [1, 1, 1, 1, 1, 1, -1] } },
      ["out_of_range world.arrivals.perDay", "out_of_range world.arrivals.weekdays.6"],
    ],
    ["no arrivals", { arrivals: { hours: Array(24).fill(0) } }, ["no_arrivals world.arrivals.hours"]],
    [
      "a delay without length that loses more than all",
      { delay: { kind: "fixed", lost: 2 } },
      ["missing_value world.delay.meanHours", "out_of_range world.delay.lost"],
    ],
    [
      "a delay of an unknown kind",
      { delay: { kind: "slow", meanHours: 1 } },
      ["unknown_name world.delay.kind"],
    ],
    [
      "a delay with a setting of another law, and without its own",
      { delay: { kind: "weibull", meanHours: 1, sigma: 1 } },
      ["unknown_key world.delay.sigma", "missing_value world.delay.shape"],
    ],
    [
      "amounts without a mean",
      { reward: { kind: "hurdle", amount: 1, law: { kind: "pareto", shape: 1 } } },
      ["out_of_range world.reward.law.shape"],
    ],
    [
      "segments without name",
      { segments: { field: "", shares: { x: 1 } } },
      ["missing_value world.segments.field"],
    ],
    [
      "segments without shares",
      { segments: { field: "kind", shares: {} } },
      ["missing_value world.segments.shares"],
    ],
    [
      "segments in the place of a factor",
      { segments: { field: "variant", shares: { x: 1 } } },
      ["duplicate_key world.segments.field"],
    ],
    [
      "segments in the place of the hour",
      { segments: { field: "hour", shares: { x: 1 } }, seasons: [{}] },
      ["duplicate_key world.segments.field"],
    ],
  ])("%s", (_, given, problems) => {
    expect(found(given)).toEqual(problems);
  });

  test("the type of a world is what its table says", () => {
    expectTypeOf<BanditWorld>().toExtend<FieldsType<typeof worldFields>>();
    expectTypeOf<FieldsType<typeof worldFields>>().toExtend<BanditWorld>();
  });

  test("with the range of the number, and the nearest name", () => {
    const errorOf = (given: unknown): ExperimentError | undefined => {
      try {
        simulateBandit(bandit(), given as BanditWorld, { seed: 1, rounds: 1 });
      } catch (error) {
        return error as ExperimentError;
      }
    };
    expect(errorOf({ base: 95 })).toMatchObject({
      expected: { atLeast: 0, atMost: 1 },
      message: "world.base: must be at least 0 and at most 1 (received 95); write 0.95",
    });
    expect(errorOf({ delay: { kind: "wiebull", meanHours: 1 } })).toMatchObject({ near: "weibull" });
    expect(errorOf({ arivals: {} })).toMatchObject({
      near: "arrivals",
      known: expect.arrayContaining(["delay"]),
    });
    expect(
      errorOf({ segments: { field: "s", shares: { new: 1 } }, arms: { a: { nwe: 0.1 } } }),
    ).toMatchObject({
      code: "unknown_key",
      near: "new",
    });
  });

  test("before the first round is asked for", () => {
    expect(() => simulateRounds(bandit(), { arm: {} } as BanditWorld, { seed: 1, rounds: 1 })).toThrow(
      expect.objectContaining({ code: "unknown_key", path: ["world", "arm"] }),
    );
    expect(() => simulateRounds(bandit().setup as never, world, { seed: 1, rounds: 1 })).toThrow(
      expect.objectContaining({ code: "not_a_bandit", path: ["bandit"] }),
    );
  });

  test("a world whose rewards the bandit's model does not learn", () => {
    expect(found({ reward: { kind: "poisson" }, base: 5 })).toEqual(["reward_unsupported world.reward"]);
  });

  test("bad options, all at once", () => {
    const options = { rounds: 0, batch: 1.5, start: 5, periodHours: 0, seed: null, sede: 1 };
    expect(found(world, options)).toEqual([
      "unknown_key sede",
      "wrong_type seed",
      "out_of_range rounds",
      "out_of_range batch",
      "wrong_type start",
      "out_of_range periodHours",
    ]);
    for (const start of ["soon", "2026-02-30", "2026-03-01T09:00"])
      expect(found(world, { seed: 1, rounds: 1, start })).toEqual(["invalid_instant start"]);
    expect(
      found(world, { ledger: { windowHour: 3, windowHours: 2, kinds: { reward: { combin: "max" } } } }),
    ).toEqual(["unknown_key ledger.windowHour", "unknown_key ledger.kinds.reward.combin"]);
    const none = ["a", "b", "c"].reduce(pauseArm, bandit());
    expect(() => simulateBandit(none, world, { seed: 1, rounds: 1 })).toThrow(
      expect.objectContaining({ code: "no_eligible_action", path: ["bandit", "arms"] }),
    );
  });
});
