import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contextEncoder } from "../../src/bandits/encoders/context-encoder.js";
import {
  type ContextFeature,
  createBandit,
  explainActions,
  factorial,
  hierarchical,
  linear,
  type Outcome,
  policies,
  probabilities,
  restoreBandit,
  rewardModels,
  update,
} from "../../src/bandits/index.js";
import { momentsOf } from "../../src/bandits/posterior/beliefs.js";
import { DRAWS } from "../../src/bandits/posterior/drawn-probabilities.js";
import { normalBest } from "../../src/bandits/posterior/normal-best.js";
import type { Json } from "../../src/core/json.js";
import { conditionReader } from "../../src/definition/compile-condition.js";
import { defineExperiment } from "../../src/index.js";
import { randomSource, sampleNormal } from "../../src/random/index.js";
import { fitEffects } from "../../src/regression/effects-fit.js";
import { links } from "../../src/regression/links.js";
import { parseBanditState } from "../../src/schema/index.js";
import { errorsOf } from "../errors/errors-of.js";
import { definitionOf } from "./definition.js";

const reference: { kind: string; mean: number[]; sd: number[]; p_best: number[] }[] = JSON.parse(
  readFileSync(new URL("../reference/propensity.json", import.meta.url), "utf8"),
);

describe("probability of being best among normals", () => {
  test("agrees with the reference to 1e-8, on either rule", () => {
    const rows = reference.filter(({ kind }) => kind === "normal");
    expect(rows.length).toBe(12);
    for (const { mean, sd, p_best } of rows) {
      normalBest(mean, sd).forEach((p, i) => {
        expect(Math.abs(p - p_best[i]!)).toBeLessThan(1e-8);
      });
    }
  });

  test("equal arms get equal probabilities, a lone arm all of it", () => {
    expect(normalBest([2, 2, 2], [1, 1, 1]).map((p) => p.toFixed(12))).toEqual(
      Array(3).fill((1 / 3).toFixed(12)),
    );
    expect(normalBest([7], [2])).toEqual([1]);
  });
});

describe("context encoders", () => {
  const features: ContextFeature[] = [
    { kind: "numeric", field: "age", mean: 40, sd: 10 },
    { kind: "categorical", field: "plan", levels: ["free", "paid"] },
    { kind: "cyclic", field: "hour", period: 24 },
    {
      kind: "crossed",
      a: { kind: "categorical", field: "plan", levels: ["free", "paid"] },
      b: { kind: "numeric", field: "age", mean: 40, sd: 10 },
    },
    { kind: "vector", field: "taste", size: 2 },
    { kind: "hashed", field: "city", size: 8 },
  ];
  const context = { age: 60, plan: "paid", hour: 6, taste: [0.5, -1], city: "Zürich" };

  test("a constant, then every feature in order", () => {
    const encoder = contextEncoder(features);
    expect(encoder.size).toBe(1 + 1 + 2 + 2 + 2 + 2 + 8);
    const x = Array.from(encoder.encode(context));
    expect(x.slice(0, 10).map((value) => Number(value.toFixed(12)))).toEqual([
      1, 2, 0, 1, 1, 0, 0, 2, 0.5, -1,
    ]);
    const city = x.slice(10);
    expect(city.filter((value) => value !== 0).map(Math.abs)).toEqual([1]);
    expect(Array.from(encoder.encode({ ...context, plan: "trial" })).slice(2, 4)).toEqual([0, 0]);
  });

  test("a missing value is absent, null, NaN or an object, as for audiences, and no kind of feature guesses it", () => {
    const kinds: readonly (readonly [ContextFeature, Json])[] = [
      [{ kind: "numeric", field: "x" }, 1],
      [{ kind: "categorical", field: "x", levels: ["1", "null", "NaN"] }, "1"],
      [{ kind: "cyclic", field: "x", period: 7 }, 1],
      [{ kind: "hashed", field: "x", size: 4 }, "1"],
      [{ kind: "vector", field: "x", size: 1 }, [1]],
    ];
    const wanted = [{ code: "missing_value", path: ["context", "x"] }];
    for (const [feature, value] of kinds) {
      const { problems } = contextEncoder([feature]);
      for (const missing of [undefined, null, Number.NaN, { x: 1 }])
        expect(problems({ x: missing } as Json, ["context"])).toMatchObject(wanted);
      expect(problems({ x: value }, ["context"])).toEqual([]);
    }
    const state = createBandit(definitionOf(2), policies, {
      model: factorial({ segments: { field: "x", levels: ["new", "null"] } }),
    });
    for (const missing of [undefined, null, Number.NaN, {}])
      expect(errorsOf(() => probabilities(state, { context: { x: missing } as Json }))).toMatchObject(wanted);
    const has = conditionReader({})({ attribute: "x", exists: true }, { path: [], problems: [] } as never);
    for (const missing of [undefined, null, Number.NaN, {}]) expect(has({ x: missing })).toBe(false);
  });

  test("every problem of a context and of a feature has its path", () => {
    const encoder = contextEncoder(features);
    const problems = encoder.problems({ age: Number.NaN, hour: "late", taste: [1] }, ["context"]);
    expect(problems.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([
      "missing_value context.age",
      "missing_value context.plan",
      "wrong_type context.hour",
      "missing_value context.plan",
      "missing_value context.age",
      "wrong_length context.taste",
      "missing_value context.city",
    ]);
    expect(encoder.problems(null, ["context"])[0]).toMatchObject({ code: "wrong_type", path: ["context"] });
    const bad = [
      { kind: "numeric", field: "x", sd: 0 },
      { kind: "fourier", field: "x" },
      { kind: "crossed", a: { kind: "cyclic", field: "h", period: -1 }, b: { kind: "numeric", field: "x" } },
    ] as unknown as ContextFeature[];
    try {
      contextEncoder(bad);
      expect.unreachable();
    } catch (error) {
      expect(
        (error as { problems: { path: unknown[] }[] }).problems.map(({ path }) => path.join(".")),
      ).toEqual(["features.0.sd", "features.1.kind", "features.2.a.period"]);
    }
  });
});

describe("linear Thompson", () => {
  const model = linear({ features: [{ kind: "numeric", field: "x" }], ridge: 1, noise: 2 });

  test("posterior mean and spread by hand: (I + XᵀX)⁻¹Xᵀr and σ²·xᵀ(I + XᵀX)⁻¹x", () => {
    const state = update(createBandit(definitionOf(2), policies, { model }), [
      { variant: "a", reward: 1, context: { x: 1 } },
      { variant: "a", reward: 3, context: { x: 2 } },
    ]);
    // XᵀX + I = [[3, 3], [3, 6]], Xᵀr = [4, 7], so β = [1/3, 1]; at x = 1 the variance is 4 · (6 − 6 + 3) / 9.
    const { belief } = model.posterior(state.sums, { x: 1 }, 1);
    const { mean, sd } = momentsOf(belief);
    expect(mean[0]).toBeCloseTo(4 / 3, 12);
    expect(sd[0]).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect(mean[1]).toBe(0);
    expect(sd[1]).toBeCloseTo(Math.sqrt(8), 12);
  });

  test("learns which arm suits which context", () => {
    const random = randomSource("suits");
    const outcomes: Outcome[] = Array.from({ length: 400 }, (_, i) => {
      const x = 2 * random.next() - 1;
      return { variant: "ab"[i % 2]!, reward: (i % 2 ? x : -x) + 0.1 * sampleNormal(random), context: { x } };
    });
    const estimated = linear({ features: [{ kind: "numeric", field: "x" }] });
    const state = update(createBandit(definitionOf(2), policies, { model: estimated }), outcomes);
    expect(probabilities(state, { context: { x: 0.5 } })[1]).toBeGreaterThan(0.999);
    expect(probabilities(state, { context: { x: -0.5 } })[0]).toBeGreaterThan(0.999);
    expect(probabilities(state, { context: { x: 0 } })[0]).toBeGreaterThan(0.05);
  });

  test("a context that is missing or of the wrong length is refused where it is", () => {
    const state = createBandit(definitionOf(2), policies, {
      model: linear({ features: [{ kind: "vector", field: "x", size: 3 }] }),
    });
    expect(() => probabilities(state, { context: { x: [1, 2] } })).toThrow(
      expect.objectContaining({ code: "wrong_length", path: ["context", "x"] }),
    );
    expect(() => update(state, [{ variant: "a", reward: 1 }])).toThrow(
      expect.objectContaining({ code: "wrong_type", path: ["outcomes", 0, "context"] }),
    );
    expect(() => linear({ noise: 0 })).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["noise"] }),
    );
  });
});

describe("effects", () => {
  test("logistic fit: at its mode the gradient is zero, and wide priors give the cells' own log-odds", () => {
    const cells = [
      { row: [0, 1], n: 1000, sum: 100, squares: 100 },
      { row: [0, 2], n: 1000, sum: 300, squares: 300 },
    ];
    const { coefficients } = fitEffects(cells, 3, [{ from: 1, size: 2, sd: 50 }], links.logistic, {
      mean: 0.2,
      n: 1,
    });
    expect(coefficients[0]! + coefficients[1]!).toBeCloseTo(Math.log(0.1 / 0.9), 2);
    expect(coefficients[0]! + coefficients[2]!).toBeCloseTo(Math.log(0.3 / 0.7), 2);
  });

  test("segments that differ are seen from a guess that they hardly do, by variances that go on moving", () => {
    const cells = [0, 1, 2].flatMap((s) =>
      [0, 1, 2, 3, 4, 5].map((arm) => {
        const wins = arm === 2 * s ? 35 : 14;
        return { row: [0, 1 + s, 4 + arm, 10 + s * 6 + arm], n: 140, sum: wins, squares: wins };
      }),
    );
    const blocks = [
      { from: 1, size: 3, sd: 0.4 },
      { from: 4, size: 6, sd: 0.4 },
      { from: 10, size: 18, sd: 0.05 },
    ];
    const { sds } = fitEffects(cells, 28, blocks, links.logistic, { mean: 0.1, n: 1 });
    // Variances that rest when they move by less than a tenth end at 0.07.
    expect(sds[2]).toBeGreaterThan(0.25);
  });

  test("a factor's level learned in one combination counts in another", () => {
    const definition = defineExperiment({
      key: "mv",
      unit: "userId",
      factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
      policy: "thompson",
    });
    const state = createBandit(definition, policies, { model: factorial() });
    expect(state.setup.arms[3]!.action).toEqual({ hero: "B", cta: "Try" });
    const some = (action: Record<string, string>, wins: number) =>
      Array.from({ length: 200 }, (_, i) => ({ action, reward: i < wins ? 1 : 0 }));
    // B with Try was never played.
    const learned = update(state, [
      ...some({ hero: "A", cta: "Buy" }, 20),
      ...some({ hero: "B", cta: "Buy" }, 60),
      ...some({ hero: "A", cta: "Try" }, 50),
    ]);
    const { mean } = momentsOf(learned.setup.model.posterior(learned.sums, null, 1).belief);
    expect(mean[3]).toBeGreaterThan(mean[2]! + 0.02);
    expect(probabilities(learned)[3]).toBeGreaterThan(0.5);
    const [first, second] = explainActions(learned);
    expect(first).toMatchObject({ arm: "cta=Try,hero=B", probability: probabilities(learned)[3] });
    expect(first!.best).toBeGreaterThan(second!.best);
    expect(Object.keys(first!.contributions!)).toEqual(["constant", "cta", "hero", "cta × hero"]);
    const told = Object.values(first!.contributions!).reduce((sum, x) => sum + x, 0);
    expect(1 / (1 + Math.exp(-told))).toBeCloseTo(first!.mean, 1);
    const json = parseBanditState(JSON.parse(JSON.stringify(learned)));
    const again = restoreBandit(json, { ...policies, ...rewardModels });
    expect(probabilities(again)).toEqual(probabilities(learned));
  });

  test("a state written when segments had no guess of their own is read as it was meant", () => {
    const segments = { field: "segment", levels: ["new", "old"] };
    const state = createBandit(definitionOf(2), policies, {
      model: factorial({ segments, main: 0.4, interaction: 0.25 }),
    });
    const json = JSON.parse(JSON.stringify(state));
    delete json.setup.model.settings.segmentInteraction;
    const { model } = restoreBandit(json, { ...policies, ...rewardModels }).setup;
    expect(model.settings).toEqual(state.setup.model.settings);
    expect(model.settings).toMatchObject({ main: 0.4, interaction: 0.25, segmentInteraction: 0.25 });
    expect(factorial().settings).toMatchObject({ main: 0.25, interaction: 0.15, segmentInteraction: 0.45 });
    expect(hierarchical().settings).toMatchObject({ main: 0.4, segmentInteraction: 0.05 });
  });

  test("amounts need no unit: rewards in cents are believed as rewards in euros are", () => {
    const definition = defineExperiment({
      key: "mv",
      unit: "userId",
      factors: { hero: ["A", "B"], cta: ["Buy", "Try"] },
      policy: "thompson",
    });
    const vectorOf = (unit: number) => {
      const random = randomSource("amounts");
      const model = factorial({ link: "identity", mean: 0 });
      const rewards = Array.from({ length: 400 }, (_, i) => ({
        action: { hero: i % 2 ? "A" : "B", cta: i % 4 > 1 ? "Buy" : "Try" },
        reward: unit * ((i % 2 ? 5.5 : 5) + sampleNormal(random)),
      }));
      return probabilities(update(createBandit(definition, policies, { model }), rewards));
    };
    // A draw in a thousand may fall the other way by rounding; the hash of the state, which seeds the draws, differs.
    const [euros, cents, thousands] = [1, 100, 1e-3].map(vectorOf);
    for (const other of [cents, thousands])
      euros!.forEach((p, i) => {
        expect(Math.abs(other![i]! - p)).toBeLessThan(4.5 * Math.sqrt((2 * p * (1 - p)) / DRAWS) + 1 / DRAWS);
      });
    // A's levels are better: what a prior of fixed width in cents would not have seen.
    expect(euros![0]! + euros![2]!).toBeGreaterThan(0.9);
  });

  test("a thin segment starts from the crowd; a thick one speaks for itself", () => {
    const model = hierarchical({ segments: { field: "segment", levels: ["big", "thin"] } });
    const play = (action: string, segment: string, wins: number, n: number) =>
      Array.from({ length: n }, (_, i) => ({
        variant: action,
        reward: i < wins ? 1 : 0,
        context: { segment },
      }));
    const state = update(createBandit(definitionOf(2), policies, { model }), [
      ...play("a", "big", 100, 1000),
      ...play("b", "big", 200, 1000),
      ...play("a", "thin", 1, 3),
      ...play("b", "thin", 0, 3),
    ]);
    expect(probabilities(state, { context: { segment: "big" } })[1]).toBeGreaterThan(0.99);
    // Alone, the thin segment's six rewards would favour a.
    expect(probabilities(state, { context: { segment: "thin" } })[1]).toBeGreaterThan(0.7);
    expect(probabilities(state, { context: { segment: "unheard of" } })[1]).toBeGreaterThan(0.7);
    const thick = update(state, [...play("a", "thin", 300, 1000), ...play("b", "thin", 50, 1000)]);
    expect(probabilities(thick, { context: { segment: "thin" } })[0]).toBeGreaterThan(0.99);
  });

  test.each<[string, () => unknown, string, string[]]>([
    ["a mean reward of 1 under the logistic link", () => factorial({ mean: 1 }), "out_of_range", ["mean"]],
    ["an unknown link", () => factorial({ link: "probit" as never }), "unknown_name", ["link"]],
    ["a spread of 0", () => hierarchical({ interaction: 0 }), "out_of_range", ["interaction"]],
    [
      "segments that cannot differ",
      () => factorial({ segmentInteraction: 0 }),
      "out_of_range",
      ["segmentInteraction"],
    ],
    [
      "segments without levels",
      () => hierarchical({ segments: { field: "x" } as never }),
      "missing_value",
      ["segments", "levels"],
    ],
    [
      "a context without its segment",
      () =>
        probabilities(
          createBandit(definitionOf(2), policies, {
            model: hierarchical({ segments: { field: "s", levels: ["x"] } }),
          }),
          { context: {} },
        ),
      "missing_value",
      ["context", "s"],
    ],
    [
      "no context at all",
      () => {
        const bandit = createBandit(definitionOf(2), policies, {
          model: hierarchical({ segments: { field: "s", levels: ["x"] } }),
        });
        // What is kept for an unknown segment does not let a missing one pass.
        probabilities(bandit, { context: { s: "unheard of" } });
        return probabilities(bandit);
      },
      "wrong_type",
      ["context"],
    ],
  ])("refused: %s", (_name, act, code, path) => {
    expect(act).toThrow(expect.objectContaining({ code, path }));
  });
});
