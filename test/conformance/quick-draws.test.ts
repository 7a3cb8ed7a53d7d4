import { defineExperiment } from "essai";
import {
  type BanditOptions,
  type BanditState,
  bernoulli,
  createBandit,
  decide,
  factorial,
  floor,
  policies,
  quickDecide,
  type RewardModel,
  rewardModels,
  withPropensity,
} from "essai/bandits";
import { describe, expect, test } from "vitest";
import { BAR, quickTable } from "../calibration/quick.mjs";

describe("quick decisions have the law of the recorded vector", () => {
  const rows = quickTable({ seed: "1", draws: 4_000 });

  test("every reward model is tried under every objective, with both policies that have such a draw", () => {
    for (const name of Object.keys(rewardModels))
      expect(rows.filter((row) => row.name.startsWith(`${name} /`)).length).toBe(6);
    expect(rows.length).toBe(6 * (Object.keys(rewardModels).length + 3));
  });

  test("χ², Holm over the table: nothing is told from chance", () => {
    expect(rows.filter(({ adjusted }) => adjusted < BAR)).toEqual([]);
  });

  test("so have decisions drawn from the vector", () => {
    const drawn = quickTable({ seed: "1", draws: 4_000, words: ["bernoulli"], choose: decide });
    expect(drawn.filter(({ adjusted }) => adjusted < BAR)).toEqual([]);
  });

  test("the table would notice draws that are not those counted", () => {
    // The same beliefs, counted among another fixed set of draws.
    const others = new WeakMap<BanditState, BanditState>();
    const other = quickTable({
      seed: "1",
      draws: 8_000,
      words: ["categorical"],
      choose(state, request) {
        const twin = others.get(state) ?? { ...state, setup: { ...state.setup, salt: "other" } };
        others.set(state, twin);
        return quickDecide(twin, request);
      },
    });
    expect(other.filter(({ adjusted }) => adjusted < BAR).length).toBeGreaterThan(other.length / 2);
  });
});

describe("what has no quick draw is refused, by the part that has none", () => {
  const request = { unitId: "u", occasion: "1", now: new Date(0) };
  const plain = (options: BanditOptions<never>) =>
    createBandit(
      defineExperiment({ key: "x", unit: "id", control: "a", variants: { a: 0, b: 1 }, policy: "thompson" }),
      policies,
      options,
    );
  const silent: RewardModel = {
    ...bernoulli(),
    posterior(...given) {
      const { quick: _, ...rest } = bernoulli().posterior(...given);
      return rest;
    },
  };
  const levels = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"];
  const large = createBandit(
    defineExperiment({
      key: "x",
      unit: "id",
      factors: { one: levels, two: levels, three: levels },
      policy: "thompson",
    }),
    policies,
    { model: factorial({ pairs: false }) },
  );

  test.each<[string, BanditState, string]>([
    ["constraints", plain({ constraints: [floor()] }), "constraints"],
    ["a model that states none", plain({ model: silent }), "model"],
    [
      "an objective that states none",
      plain({ objective: { name: "own", settings: {}, of: ({ best, belief }) => ({ best, belief }) } }),
      "objective",
    ],
    ["effects over more combinations than are looked up", large, "model"],
  ])("%s", (_name, state, place) => {
    expect(() => quickDecide(state, request)).toThrow(
      expect.objectContaining({ code: "no_quick_draw", path: [place] }),
    );
  });

  test("where few of many combinations are eligible, they are looked up, and have one", () => {
    const eligible = large.setup.arms.slice(0, 40).map(({ key }) => key);
    const decision = quickDecide(large, { ...request, eligible });
    expect(withPropensity(large, decision).propensity).toBeGreaterThan(0);
  });
});
