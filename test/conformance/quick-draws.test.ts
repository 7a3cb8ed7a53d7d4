import { type BanditState, decide, quickDecide, rewardModels } from "essai/bandits";
import { describe, expect, test } from "vitest";
import { BAR, quickTable } from "../calibration/quick.mjs";

describe("quick decisions have the law of the recorded vector", () => {
  const rows = quickTable({ seed: "1", draws: 8_000 });

  test("every reward model is tried under every objective, with both policies that have such a draw", () => {
    for (const name of Object.keys(rewardModels))
      expect(rows.filter((row) => row.name.startsWith(`${name} /`)).length).toBe(6);
    expect(rows.length).toBe(6 * (Object.keys(rewardModels).length + 3));
  });

  test("χ², Holm over the table: nothing is told from chance", () => {
    expect(rows.filter(({ adjusted }) => adjusted < BAR)).toEqual([]);
  });

  test("so have decisions drawn from the vector", () => {
    const drawn = quickTable({ seed: "1", draws: 4_000, words: ["bernoulli", "hurdle"], choose: decide });
    expect(drawn.filter(({ adjusted }) => adjusted < BAR)).toEqual([]);
  });

  test("the table would notice draws that are not those counted", () => {
    // The same beliefs, counted among another fixed set of draws.
    const others = new WeakMap<BanditState, BanditState>();
    const other = quickTable({
      seed: "1",
      draws: 8_000,
      words: ["categorical", "hurdle"],
      choose(state, request) {
        const twin = others.get(state) ?? { ...state, setup: { ...state.setup, salt: "other" } };
        others.set(state, twin);
        return quickDecide(twin, request);
      },
    });
    expect(other.filter(({ adjusted }) => adjusted < BAR).length).toBeGreaterThan(other.length / 2);
  });
});
