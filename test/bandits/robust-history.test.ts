import { describe, expect, test } from "vitest";
import {
  bernoulli,
  createBandit,
  mergeBandits,
  normal,
  type Outcome,
  poisson,
  policies,
  probabilities,
  quickDecide,
  restoreBandit,
  rewardModels,
  robustBernoulli,
  robustPoisson,
  update,
  withHistory,
  withSource,
} from "../../src/bandits/index.js";
import { randomSource, sampleBeta, sampleGamma } from "../../src/random/index.js";
import { fc } from "../properties.js";
import { definitionOf } from "./definition.js";

const start = createBandit(definitionOf(3), policies);
const rewards = (action: string, wins: number, losses: number): Outcome[] => [
  ...Array.from({ length: wins }, () => ({ variant: action, reward: 1 })),
  ...Array.from({ length: losses }, () => ({ variant: action, reward: 0 })),
];
const past = update(start, [...rewards("a", 5, 45), ...rewards("b", 10, 40), ...rewards("c", 2, 48)]);
const parametersOf = (state: typeof start) => {
  const { belief } = state.setup.model.posterior(state.sums, null, 1);
  if (belief.law === "joint") throw new Error("independent laws");
  return belief.parameters;
};

describe("a history that is doubted", () => {
  const doubting = withHistory(start, past, { vague: 0.5 });

  test("before any reward both parts weigh what they were given", () => {
    expect(doubting.setup.model.name).toBe("robustBernoulli");
    expect(parametersOf(doubting).map(([weight]) => weight)).toEqual(
      [0.5, 0.5, 0.5].map((p) => expect.closeTo(p, 12)),
    );
    expect(parametersOf(doubting)[0]!.slice(1)).toEqual([6, 46, 1, 1]);
  });

  // ∫ binomial likelihood × Beta prior, by hand: B(7, 46) / B(6, 46) = 6/52 against B(2, 1) / B(1, 1) = 1/2.
  test("one reward moves the weight by the ratio of what the two parts foresaw", () => {
    const [weight] = parametersOf(update(doubting, rewards("a", 1, 0)))[0]!;
    expect(weight).toBeCloseTo(6 / 52 / (6 / 52 + 1 / 2), 12);
  });

  test("rewards that agree confirm the history, rewards that do not leave it behind, arm by arm", () => {
    const state = update(doubting, [...rewards("a", 20, 180), ...rewards("b", 120, 80)]);
    const weights = parametersOf(state).map(([weight]) => weight!);
    expect(weights[0]).toBeGreaterThan(0.8);
    expect(weights[1]).toBeLessThan(1e-4);
    expect(weights[2]).toBeCloseTo(0.5, 12);
    // What is left is the vague posterior: the wrong history costs nothing any more.
    const vague = update(start, rewards("b", 120, 80));
    const { mean: doubted } = state.setup.model.posterior(state.sums, null, 1).belief as never as {
      mean: number;
    };
    expect(doubted).toBeUndefined();
    expect(parametersOf(state)[1]!.slice(3)).toEqual(parametersOf(vague)[1]);
  });

  test("the vector is what draws from the mixture give, for rates and for counts", () => {
    const counts = createBandit(definitionOf(3), policies, { model: poisson() });
    const many = update(
      counts,
      ["a", "b", "b", "c"].map((action, i) => ({ variant: action, reward: 3 * i })),
    );
    const cases = [
      { state: update(doubting, [...rewards("a", 1, 6), ...rewards("b", 2, 2)]), draw: sampleBeta },
      {
        state: update(withHistory(counts, many, { vague: 0.4 }), [{ variant: "a", reward: 4 }]),
        draw: (random: ReturnType<typeof randomSource>, shape: number, rate: number) =>
          sampleGamma(random, shape) / rate,
      },
    ];
    for (const { state, draw } of cases) {
      const vector = probabilities(state);
      const random = randomSource("mixture");
      const wins = [0, 0, 0];
      const n = 40_000;
      for (let i = 0; i < n; i++) {
        const scores = parametersOf(state).map(([weight, a, b, c, d]) =>
          random.next() < weight! ? draw(random, a!, b!) : draw(random, c!, d!),
        );
        wins[scores.indexOf(Math.max(...scores))]! += 1;
      }
      vector.forEach((p, i) => {
        expect(Math.abs(wins[i]! / n - p)).toBeLessThan(4.5 * Math.sqrt((p * (1 - p)) / n));
      });
    }
  });

  test("without a history the vector is the plain model's", () => {
    const outcomes = [...rewards("a", 3, 9), ...rewards("b", 4, 4)];
    const of = (model: ReturnType<typeof bernoulli>, rate = 1) =>
      probabilities(
        update(
          createBandit(definitionOf(3), policies, { model }),
          outcomes.map((each) => ({ ...each, reward: each.reward * rate })),
        ),
      );
    of(robustBernoulli()).forEach((p, i) => {
      expect(p).toBeCloseTo(of(bernoulli())[i]!, 9);
    });
    of(robustPoisson()).forEach((p, i) => {
      expect(p).toBeCloseTo(of(poisson())[i]!, 9);
    });
  });

  test("it is JSON, merges, and passes on to the next campaign only what was learned since", () => {
    const state = update(doubting, rewards("b", 2, 8));
    const restored = restoreBandit(JSON.stringify(state), { ...policies, ...rewardModels });
    expect(probabilities(restored)).toEqual(probabilities(state));
    expect(mergeBandits(state, update(withSource(doubting, "c"), rewards("c", 1, 1))).sums).toEqual([
      [0, 0],
      [2, 8],
      [1, 1],
    ]);
    const next = withHistory(start, state, { vague: 0.5 });
    expect(parametersOf(next)[1]).toEqual([expect.closeTo(0.5, 12), 3, 9, 1, 1]);
  });

  test("a past of any size is capped, and no weight ever leaves [0, 1]", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1e6), fc.nat(1e6)), { minLength: 3, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(1e5), fc.nat(1e5)), { minLength: 3, maxLength: 3 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (history, present, vague) => {
          const model = robustBernoulli({ history, vague });
          const { belief, best } = model.posterior(present, null, 1);
          if (belief.law === "joint") throw new Error("independent laws");
          for (const [weight] of belief.parameters) {
            expect(weight).toBeGreaterThanOrEqual(0);
            expect(weight).toBeLessThanOrEqual(1);
          }
          const vector = best([0, 1, 2], "");
          expect(vector.every((p) => p >= 0 && p <= 1)).toBe(true);
          expect(vector.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        },
      ),
      { numRuns: 40 },
    );
    const capped = withHistory(start, update(past, rewards("a", 5_000, 45_000)), { most: 100, vague: 0.5 });
    const totals = parametersOf(capped).map(([, a, b]) => a! + b! - 2);
    expect(totals).toEqual([100, 50, 50].map((each) => expect.closeTo(each, 6)));
  });

  test("bad settings and models that cannot", () => {
    const at = (code: string, path: readonly (string | number)[]) => expect.objectContaining({ code, path });
    expect(() => robustBernoulli({ history: [[1, 1]], vague: 1 })).toThrow(at("out_of_range", ["vague"]));
    expect(() => robustBernoulli({ history: [[1, -1]] })).toThrow(at("out_of_range", ["history", 0, 1]));
    expect(() => robustPoisson({ history: [[1, 1], [2] as never] })).toThrow(
      at("wrong_length", ["history", 1]),
    );
    const amounts = createBandit(definitionOf(3), policies, { model: normal() });
    expect(() => withHistory(amounts, amounts, { vague: 0.5 })).toThrow(at("no_robust_model", ["vague"]));
    expect(() => withHistory(start, amounts, { vague: 0.5 })).toThrow(at("other_model", ["past", "model"]));
  });
});

describe("what a history saves and costs, a seeded slice (docs/bandits.md has the figures)", () => {
  const rates = [0.4, 0.4, 0.5];
  const now = new Date("2026-11-21T12:00:00Z");
  const regretOf = (bandit: typeof start, seed: number): number => {
    const chance = randomSource(`history ${seed}`);
    let regret = 0;
    let state = bandit;
    for (let round = 0; round < 2000; round += 20) {
      const outcomes = Array.from({ length: 20 }, (_, i) => {
        const { variant, action } = quickDecide(state, { unitId: `u${round + i}`, occasion: `${seed}`, now });
        const rate = rates["abc".indexOf(variant)]!;
        regret += 0.5 - rate;
        return { action, reward: chance.next() < rate ? 1 : 0 };
      });
      state = update(state, outcomes);
    }
    return regret;
  };
  const mean = (bandit: typeof start) =>
    Array.from({ length: 20 }, (_, seed) => regretOf(bandit, seed)).reduce((sum, r) => sum + r, 0) / 20;
  const told = (of: readonly number[]) =>
    update(
      start,
      of.flatMap((rate, i) => rewards("abc"[i]!, 1000 * rate, 1000 * (1 - rate))),
    );

  test("a right one saves most of the regret; a wrong one costs less than double, where all trust costs far more", () => {
    const none = mean(start);
    const options = { most: 500, vague: 0.5 };
    expect(mean(withHistory(start, told(rates), options))).toBeLessThan(0.7 * none);
    const wrong = told([0.5, 0.4, 0.4]);
    expect(mean(withHistory(start, wrong, options))).toBeLessThan(2 * none);
    expect(mean(withHistory(start, wrong, { most: 500 }))).toBeGreaterThan(2.5 * none);
  });
});
