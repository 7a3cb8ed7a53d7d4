import { describe, expect, test } from "vitest";
import {
  type BanditState,
  bernoulli,
  createBandit,
  decide,
  fixed,
  hurdle,
  mergeBandits,
  normal,
  type Outcome,
  poisson,
  probabilities,
  quickDecide,
  type RewardModel,
  restoreBandit,
  thompson,
  update,
  withPropensity,
  withSource,
} from "../../src/bandits/index.js";
import { ExperimentError } from "../../src/errors/index.js";
import { defineExperiment } from "../../src/index.js";
import { parseBanditState } from "../../src/schema/index.js";
import { definitionOf } from "./definition.js";

const now = new Date("2026-11-21T12:00:00Z");
const outcomes = (action: string, wins: number, losses: number): Outcome[] => [
  ...Array.from({ length: wins }, () => ({ variant: action, reward: 1 })),
  ...Array.from({ length: losses }, () => ({ variant: action, reward: 0 })),
];
const learned = (arms = 3): BanditState =>
  update(createBandit(definitionOf(arms), { thompson }), [
    ...outcomes("a", 20, 180),
    ...outcomes("b", 25, 175),
    ...outcomes("c", 22, 178),
  ]);

function thrown(act: () => unknown): ExperimentError {
  try {
    act();
  } catch (error) {
    if (error instanceof ExperimentError) return error;
    throw error;
  }
  throw new Error("did not throw");
}

describe("decide", () => {
  test("returns the design's decision, with the whole vector and the propensity in it", () => {
    const state = learned();
    const decision = decide(state, { unitId: "u1", occasion: "visit 1", now });
    expect(decision).toEqual({
      id: "checkout:2:u1:visit 1",
      experiment: "checkout",
      definitionVersion: 1,
      unitId: "u1",
      occasion: "visit 1",
      at: "2026-11-21T12:00:00.000Z",
      variant: decision.variant,
      payload: null,
      reason: "decided",
      action: { variant: expect.stringMatching(/^[abc]$/) },
      propensity: probabilities(state)["abc".indexOf(decision.variant)],
      actions: ["a", "b", "c"],
      probabilities: probabilities(state),
      context: null,
      policy: "thompson",
      stateHash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(decision.probabilities!.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });

  test("the same occasion gives the same decision, also after a trip through JSON", () => {
    const state = learned();
    const again = restoreBandit(JSON.stringify(state), { thompson, bernoulli });
    for (let i = 0; i < 200; i++) {
      const request = { unitId: `u${i}`, occasion: "first", now };
      expect(decide(again, request)).toEqual(decide(state, request));
    }
  });

  test("served frequencies agree with the recorded propensities over a million draws (χ² p > .001)", () => {
    const state = learned();
    const vector = probabilities(state);
    const served = new Map<string, number>();
    for (let unit = 0; unit < 20_000; unit++) {
      for (let occasion = 0; occasion < 50; occasion++) {
        const { variant } = decide(state, { unitId: `user-${unit}`, occasion: `${occasion}`, now });
        served.set(variant, (served.get(variant) ?? 0) + 1);
      }
    }
    const chi2 = ["a", "b", "c"].reduce((sum, key, i) => {
      const expected = vector[i]! * 1e6;
      return sum + ((served.get(key) ?? 0) - expected) ** 2 / expected;
    }, 0);
    expect(chi2).toBeLessThan(13.82);
  });

  test("a unit's occasions are independent: the table of first against second action has no pattern", () => {
    const state = learned();
    const vector = probabilities(state);
    const table = vector.map(() => vector.map(() => 0));
    const n = 60_000;
    for (let unit = 0; unit < n; unit++) {
      const [first, second] = ["1", "2"].map((occasion) => {
        const { action } = decide(state, { unitId: `u${unit}`, occasion, now });
        return state.setup.arms.findIndex(({ key }) => key === action.variant);
      });
      table[first!]![second!]! += 1;
    }
    const chi2 = table.flatMap((row, i) =>
      row.map((count, j) => {
        const expected = vector[i]! * vector[j]! * n;
        return (count - expected) ** 2 / expected;
      }),
    );
    // 8 degrees of freedom, p = .001.
    expect(chi2.reduce((sum, x) => sum + x, 0)).toBeLessThan(26.12);
  });

  test("two bandits with other salts choose independently for the same units", () => {
    const states = ["one", "two"].map((key) => createBandit(definitionOf(2, "thompson", key), { thompson }));
    let same = 0;
    for (let i = 0; i < 20_000; i++) {
      const [x, y] = states.map(
        (state) => decide(state, { unitId: `u${i}`, occasion: "", now }).action.variant,
      );
      if (x === y) same += 1;
    }
    expect(Math.abs(same - 10_000) / Math.sqrt(5000)).toBeLessThan(4.5);
  });

  test("from test to bandit and back is one word of the definition", () => {
    const parts = { thompson, fixed };
    const test = createBandit(definitionOf(4, "fixed"), parts);
    const bandit = createBandit(definitionOf(4, "thompson"), parts);
    const rewards = outcomes("d", 40, 10);
    expect(probabilities(update(test, rewards))).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(probabilities(update(bandit, rewards))[3]).toBeGreaterThan(0.45);
  });

  test("only eligible actions are chosen, and their probabilities are those of a bandit of them alone", () => {
    const state = learned();
    const vector = probabilities(state, { eligible: ["c", "a"] });
    expect(vector[1]).toBe(0);
    const alone = update(createBandit(definitionOf(2), { thompson }), [
      ...outcomes("a", 20, 180),
      ...outcomes("b", 22, 178),
    ]);
    expect(vector[0]).toBeCloseTo(probabilities(alone)[0]!, 9);
    for (let i = 0; i < 500; i++) {
      const decision = decide(state, { unitId: `u${i}`, occasion: "", now, eligible: ["b"] });
      expect(decision.action).toEqual({ variant: "b" });
      expect(decision.propensity).toBe(1);
    }
  });

  test("the vector is worked out once a state", () => {
    const state = learned();
    expect(probabilities(state)).toBe(probabilities(state));
    expect(probabilities(state)).not.toBe(probabilities(update(state, [])));
  });
});

describe("update", () => {
  test("counts rewards, leaves its input alone, and does not depend on their order", () => {
    const start = createBandit(definitionOf(2), { thompson });
    const rewards = [...outcomes("a", 2, 3), ...outcomes("b", 1, 0)];
    const state = update(start, rewards);
    expect(start.sums).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(state.sums).toEqual([
      [2, 3],
      [1, 0],
    ]);
    expect(state.rewards).toBe(6);
    expect(update(start, rewards.toReversed())).toEqual(state);
    expect(rewards.reduce((s, reward) => update(s, [reward]), start)).toEqual(state);
  });

  test("learns a decision with its reward as it is", () => {
    const state = learned();
    const decision = decide(state, { unitId: "u", occasion: "1", now });
    const next = update(state, [{ ...decision, reward: 1 }]);
    const arm = "abc".indexOf(decision.variant);
    expect(next.sums[arm]![0]).toBe(state.sums[arm]![0]! + 1);
  });

  test("a decision learned from a store is the one that was made, also when the store reorders its keys", () => {
    const definition = defineExperiment({
      key: "levels",
      unit: "userId",
      factors: { first: ["low", "high"], second: ["low", "high"] },
      policy: "thompson",
    });
    const start = createBandit(definition, { thompson });
    for (let i = 0; i < 20; i++) {
      const quick = quickDecide(start, { unitId: `u${i}`, occasion: "1", now });
      const { first, second } = quick.action as { first: string; second: string };
      const stored = { ...quick, action: { second, first } };
      expect(update(start, [{ ...stored, reward: 1 }])).toEqual(update(start, [{ ...quick, reward: 1 }]));
      expect(withPropensity(start, stored)).toEqual(withPropensity(start, quick));
      expect(withPropensity(start, stored).propensity).toBeCloseTo(0.25, 6);
    }
    // Reading levels in the order in which they come would learn this for another arm.
    expect(update(start, [{ action: { second: "low", first: "high" }, reward: 1 }])).toEqual(
      update(start, [{ action: { first: "high", second: "low" }, reward: 1 }]),
    );
    const foreign = { ...quickDecide(start, { unitId: "u", occasion: "1", now }), action: { first: "low" } };
    expect(() => withPropensity(start, foreign)).toThrow(
      expect.objectContaining({ code: "unknown_action", path: ["action"] }),
    );
  });

  test("merging is commutative and associative, and equals learning everything in one place", () => {
    const start = createBandit(definitionOf(2), { thompson });
    const parts = [outcomes("a", 2, 3), outcomes("b", 5, 1), outcomes("a", 1, 1)];
    const [x, y, z] = parts.map((part, i) => update(withSource(start, `${i}`), part)) as [
      BanditState,
      BanditState,
      BanditState,
    ];
    const whole = update(start, parts.flat());
    const merged = mergeBandits(mergeBandits(x, y), z);
    expect([merged.sums, merged.rewards]).toEqual([whole.sums, whole.rewards]);
    expect(mergeBandits(x, mergeBandits(z, y))).toEqual(merged);
    expect(decide(mergeBandits(x, mergeBandits(y, z)), { unitId: "u", occasion: "", now })).toEqual(
      decide(whole, { unitId: "u", occasion: "", now }),
    );
  });

  test("the state's hash follows its content, not its history", () => {
    const start = createBandit(definitionOf(2), { thompson });
    const hash = (state: BanditState) => decide(state, { unitId: "u", occasion: "", now }).stateHash;
    const once = update(start, outcomes("a", 2, 1));
    expect(hash(update(update(start, outcomes("a", 1, 1)), outcomes("a", 1, 0)))).toBe(hash(once));
    expect(hash(once)).not.toBe(hash(start));
    expect(hash(createBandit(definitionOf(3), { thompson }))).not.toBe(hash(start));
  });
});

test("states that differ in one bit of one number have other hashes; the sign of zero, which JSON loses, does not count", () => {
  const start = createBandit(definitionOf(3), { thompson });
  const hashOf = (sums: number[][]) =>
    quickDecide({ ...start, sums }, { unitId: "u", occasion: "1", now }).stateHash;
  const seen = new Set<string>();
  for (let n = 0; n < 20_000; n++)
    seen.add(
      hashOf([
        [n, 0],
        [n % 7, n >> 3],
        [0, n],
      ]),
    );
  for (let bit = 0; bit < 52; bit++)
    seen.add(
      hashOf([
        [1 + 2 ** -bit, 0.5],
        [0, 0],
        [0, 0],
      ]),
    );
  seen.add(
    hashOf([
      [0, 1],
      [0, 0],
      [0, 0],
    ]),
  );
  seen.add(
    hashOf([
      [0, 0],
      [1, 0],
      [0, 0],
    ]),
  );
  expect(seen.size).toBe(20_000 + 52 + 2);
  expect(
    hashOf([
      [-0, 1],
      [0, 0],
      [0, 0],
    ]),
  ).toBe(
    hashOf([
      [0, 1],
      [0, 0],
      [0, 0],
    ]),
  );
});

describe("numbers at the end of their range", () => {
  const stateOf = (model: RewardModel, rewards: readonly (readonly [string, number])[]) =>
    update(
      createBandit(definitionOf(3), { thompson }, { model }),
      rewards.map(([action, reward]) => ({ variant: action, reward })),
    );
  // Densities narrower than numbers are apart once kept the quadrature going until memory ran out.
  test.each<[string, RewardModel, number]>([
    ["counts of 1e30", poisson(), 1e30],
    ["counts of 1e308", poisson(), 1e308],
    ["amounts of 1e20", normal(), 1e20],
    ["amounts of −1e149", normal(), -1e149],
    ["revenue of 1e149", hurdle(), 1e149],
  ])("%s give a vector, and a state of numbers", (_name, model, reward) => {
    const state = stateOf(model, [
      ["a", reward],
      ["b", 0],
      ["b", 0],
    ]);
    expect(state.sums.flat().every(Number.isFinite)).toBe(true);
    const vector = probabilities(state);
    expect(vector.every((p) => p >= 0)).toBe(true);
    expect(vector.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
    for (const one of [
      stateOf(model, [["a", reward]]),
      stateOf(model, [
        ["a", reward],
        ["b", reward],
      ]),
    ])
      expect(probabilities(one).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
  });

  test("what cannot be summed is refused, in a reward, a batch and a merge", () => {
    expect(() => stateOf(normal(), [["a", 1e200]])).toThrow(
      expect.objectContaining({ code: "reward_unsupported" }),
    );
    const half = stateOf(poisson(), [["a", 1e308]]);
    const other = withSource(createBandit(definitionOf(3), { thompson }, { model: poisson() }), "other");
    expect(() => mergeBandits(half, update(other, [{ variant: "a", reward: 1e308 }]))).toThrow(
      expect.objectContaining({ code: "not_finite", path: ["sums", 0] }),
    );
    // The second of them, as the first can be summed.
    const two = ["x", "y"].map((decisionId) => ({ variant: "a", reward: 1e308, decisionId }));
    expect(() => update(createBandit(definitionOf(3), { thompson }, { model: poisson() }), two)).toThrow(
      expect.objectContaining({ code: "not_finite", path: ["outcomes", 1], decisionId: "y" }),
    );
  });

  test("merging normal rewards gives the same bits either way round", () => {
    const [x, y] = [0, 1].map((k) =>
      stateOf(
        normal(),
        Array.from({ length: 7 + 4 * k }, (_, i) => ["abc"[i % 3]!, 0.1 * i + k / 3]),
      ),
    ) as [BanditState, BanditState];
    // What each learned before it had a name is not shared.
    const apart = { ...y, marks: withSource({ ...y, rewards: 0 }, "y").marks! };
    expect(mergeBandits(x, apart).sums).toEqual(mergeBandits(apart, x).sums);
  });

  test("something that is not a count of rewards is refused", () => {
    for (const [rewards, code] of [
      [null, "wrong_type"],
      [-1, "out_of_range"],
      ["5", "wrong_type"],
    ])
      expect(() =>
        restoreBandit({ ...JSON.parse(JSON.stringify(learned())), rewards }, { thompson, bernoulli }),
      ).toThrow(expect.objectContaining({ code, path: ["rewards"] }));
  });
});

describe("bad input is refused with code and path", () => {
  const state = learned();
  const json = () => JSON.parse(JSON.stringify(state));
  const parts = { thompson, bernoulli };
  test.each<[string, () => unknown, string, (string | number)[]]>([
    [
      "a reward above the support",
      () => update(state, [{ variant: "a", reward: 2 }]),
      "reward_unsupported",
      ["outcomes", 0, "reward"],
    ],
    [
      "a reward that is not a number",
      () =>
        update(state, [
          { variant: "a", reward: 1 },
          { variant: "a", reward: Number.NaN },
        ]),
      "reward_unsupported",
      ["outcomes", 1, "reward"],
    ],
    [
      "an unknown action",
      () => update(state, [{ variant: "z", reward: 1 }]),
      "unknown_action",
      ["outcomes", 0, "variant"],
    ],
    [
      "an unknown eligible action",
      () => decide(state, { unitId: "u", occasion: "", now, eligible: ["a", "z"] }),
      "unknown_action",
      ["eligible"],
    ],
    [
      "nothing eligible",
      () => decide(state, { unitId: "u", occasion: "", now, eligible: [] }),
      "no_eligible_action",
      ["eligible"],
    ],
    ["no unit", () => decide(state, { unitId: "", occasion: "", now }), "missing_value", ["unitId"]],
    [
      "a unit that is a number",
      () => decide(state, { unitId: 7 as never, occasion: "", now }),
      "wrong_type",
      ["unitId"],
    ],
    ["no occasion", () => decide(state, { unitId: "u", now } as never), "missing_value", ["occasion"]],
    [
      "an invalid time",
      () => decide(state, { unitId: "u", occasion: "", now: new Date("x") }),
      "wrong_type",
      ["now"],
    ],
    [
      "no time for a quick decision",
      () => quickDecide(state, { unitId: "u", occasion: "" } as never),
      "missing_value",
      ["now"],
    ],
    [
      "eligible actions that are not a list",
      () => decide(state, { unitId: "u", occasion: "", now, eligible: "a" as never }),
      "wrong_type",
      ["eligible"],
    ],
    ["no outcome", () => update(state, [null as never]), "unknown_action", ["outcomes", 0, "action"]],
    [
      "holes between outcomes",
      () => update(state, new Array(2)),
      "unknown_action",
      ["outcomes", 0, "action"],
    ],
    [
      "an action of other factors",
      () => update(state, [{ action: { color: "a" }, reward: 1 }]),
      "unknown_action",
      ["outcomes", 0, "action"],
    ],
    [
      "a policy that was not passed",
      () => createBandit(definitionOf(2, "ucb"), { thompson }),
      "unknown_part",
      ["policy"],
    ],
    ["a prior of zero", () => bernoulli({ a: 0 }), "out_of_range", ["a"]],
    [
      "a state of a newer format",
      () => restoreBandit({ ...json(), format: "essai.bandit/2" }, parts),
      "unsupported_format",
      ["format"],
    ],
    ["text that is not JSON", () => restoreBandit("{", parts), "invalid_json", []],
    ["JSON of something else", () => restoreBandit("null", parts), "unsupported_format", ["format"]],
    [
      "a negative count",
      () =>
        restoreBandit(
          {
            ...json(),
            sums: [
              [1, -1],
              [0, 0],
              [0, 0],
            ],
          },
          parts,
        ),
      "out_of_range",
      ["sums", 0, 1],
    ],
    [
      "a count that is not finite",
      () =>
        restoreBandit(
          {
            ...json(),
            sums: [
              [1, 0],
              [0, null],
              [0, 0],
            ],
          },
          parts,
        ),
      "wrong_type",
      ["sums", 1, 1],
    ],
    [
      "sums of too few arms",
      () =>
        restoreBandit(
          {
            ...json(),
            sums: [
              [1, 0],
              [0, 0],
            ],
          },
          parts,
        ),
      "wrong_length",
      ["sums"],
    ],
    [
      "a model that was not passed",
      () => restoreBandit(json(), { thompson }),
      "unknown_part",
      ["setup", "model"],
    ],
    [
      "states of two bandits",
      () => mergeBandits(state, createBandit(definitionOf(2), { thompson })),
      "bandits_differ",
      ["b"],
    ],
  ])("%s", (_name, act, code, path) => {
    const error = thrown(act);
    expect(error.code).toBe(code);
    expect(error.path).toEqual(path);
    expect(error.fix.length).toBeGreaterThan(10);
  });

  test("JSON with any one part of it missing or of another type is refused by a typed error", () => {
    const places = (value: unknown, path: (string | number)[]): (string | number)[][] =>
      value && typeof value === "object"
        ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...places(inner, [...path, key])])
        : [];
    const needed =
      /^(format|rewards|sums.*|setup(\.(salt|control|experiment|arms|arms\.\d+|arms\.\d+\.key|constraints|(policy|model)(\.name)?))?)$/;
    const paths = places(json(), []).filter((path) => needed.test(path.join(".")));
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      for (const wrong of [undefined, null, {}, true]) {
        const broken = json();
        const parent = path.slice(0, -1).reduce((at, key) => at[key], broken);
        parent[path.at(-1)!] = wrong;
        expect(
          thrown(() => restoreBandit(broken, parts)),
          path.join("."),
        ).toBeInstanceOf(ExperimentError);
      }
    }
    const turned = json();
    turned.setup.policy = turned.setup.model;
    expect(thrown(() => restoreBandit(turned, parts)).path).toEqual(["setup", "policy"]);
  });

  test("the schema accepts what was written, and reports every problem of what was not", () => {
    expect(restoreBandit(parseBanditState(json()), parts).sums).toEqual(state.sums);
    const bad = json();
    bad.sums[0][0] = "many";
    bad.extra = 1;
    const problems = thrown(() => parseBanditState(bad)).problems;
    expect(problems.map(({ code, path }) => `${code} ${path.join(".")}`).toSorted()).toEqual([
      "unknown_key extra",
      "wrong_type sums.0.0",
    ]);
    // What is of another format is not judged by this one.
    const newer = { ...bad, format: "essai.bandit/9" };
    expect(thrown(() => parseBanditState(newer)).problems.map(({ code }) => code)).toEqual([
      "unsupported_format",
    ]);
    expect(thrown(() => parseBanditState(7)).code).toBe("wrong_type");
  });

  test("every bad outcome is reported, and nothing of the batch is learned", () => {
    const error = thrown(() =>
      update(state, [
        { variant: "z", reward: -1 },
        { variant: "a", reward: 1 },
        { variant: "b", reward: 1 / 0 },
      ]),
    );
    expect(error.problems.map(({ path }) => path.join("."))).toEqual([
      "outcomes.0.variant",
      "outcomes.0.reward",
      "outcomes.2.reward",
    ]);
  });
});
