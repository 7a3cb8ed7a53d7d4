import { describe, expect, test } from "vitest";
import { DRAWS, sharesOfWins } from "../../src/bandits/posterior/drawn-probabilities.js";

/** Wins of k actions of which the first won every draw. */
const oneWinner = (k: number) => [DRAWS, ...new Array<number>(k - 1).fill(0)];

describe("probabilities from counted wins", () => {
  test("up to 16 actions: (wins + ½) / (S + k / 2)", () => {
    for (const k of [2, 10, 16]) {
      const shares = sharesOfWins(oneWinner(k));
      expect(shares[0]).toBeCloseTo((DRAWS + 0.5) / (DRAWS + k / 2), 15);
      expect(shares[1]).toBeCloseTo(0.5 / (DRAWS + k / 2), 15);
    }
  });

  test("law: they sum to 1, none is 0, and those that never won get less than 1 % between them", () => {
    for (const k of [2, 3, 16, 17, 48, 300, 4096]) {
      const shares = sharesOfWins(oneWinner(k));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(1 - shares[0]!).toBeLessThan(0.01);
    }
  });
});
