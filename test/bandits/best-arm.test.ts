import { describe, expect, test } from "vitest";
import {
  addArm,
  type BanditState,
  bestArm,
  createBandit,
  linear,
  net,
  normal,
  pauseArm,
  poisson,
  probabilities,
  topTwo,
  update,
} from "../../src/bandits/index.js";
import { randomSource, sampleBinomial } from "../../src/random/index.js";
import { definitionOf } from "./definition.js";

const start = (arms: number, options = {}) => createBandit(definitionOf(arms, "topTwo"), { topTwo }, options);
const knowing = (sums: readonly (readonly number[])[]): BanditState => ({
  ...start(sums.length),
  sums,
  rewards: sums.flat().reduce((sum, n) => sum + n, 0),
});

/** Plays top-two in batches until the rule says stop or the rewards run out; whether it named a wrong arm. */
function wrongly(rates: readonly number[], rule: "posterior" | "evidence", seed: string): boolean {
  const random = randomSource(seed);
  let state = start(rates.length);
  while (state.rewards < 4000) {
    let [left, rest] = [50, 1];
    const vector = probabilities(state);
    const sums = state.sums.map(([wins, losses], i) => {
      const n = i === rates.length - 1 ? left : sampleBinomial(random, left, Math.min(1, vector[i]! / rest));
      left -= n;
      rest -= vector[i]!;
      const more = sampleBinomial(random, n, rates[i]!);
      return [wins! + more, losses! + n - more];
    });
    state = { ...state, sums, rewards: state.rewards + 50 };
    const { stop, arm } = bestArm(state, { rule });
    if (stop) return rates[arm.charCodeAt(0) - 97]! < Math.max(...rates);
  }
  return false;
}

describe("the error bound of the arm that looks best", () => {
  test("is the prior-averaged likelihood against the best one under which it is not the best", () => {
    // Uniform priors: 3!1!/5! and 1!3!/5!; one common rate of 4/8.
    const e = (6 / 120) ** 2 / 0.5 ** 8;
    expect(
      bestArm(
        knowing([
          [3, 1],
          [1, 3],
        ]),
      ).errorBound,
    ).toBeCloseTo(Math.min(1, 1 / e), 12);
    const strong = bestArm(
      knowing([
        [1, 1],
        [30, 2],
        [2, 30],
      ]),
    );
    const beta = (a: number, b: number): number =>
      b === 0 ? 1 / (a + 1) : (b / (a + b + 1)) * beta(a, b - 1);
    const close = (beta(30, 2) * beta(1, 1)) / ((31 / 34) ** 31 * (3 / 34) ** 3);
    expect(strong.errorBound).toBeCloseTo(Math.min(1, 2 / close), 12);
    const twoArms = (beta(30, 2) * beta(2, 30)) / 0.5 ** 64;
    expect(
      bestArm(
        knowing([
          [30, 2],
          [2, 30],
        ]),
      ).errorBound! * twoArms,
    ).toBeCloseTo(1, 9);
  });

  test.each([
    [0.3, 0.3],
    [0.2, 0.5],
    [0.9, 0.95],
  ])("its e-value has an expectation of at most 1 when the arm is not better (%s against %s)", (p, q) => {
    const [n, m] = [9, 6];
    const chance = (k: number, of: number, rate: number): number =>
      k === 0 ? (1 - rate) ** of : (chance(k - 1, of, rate) * (of - k + 1) * rate) / (k * (1 - rate));
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      for (let j = 0; j <= m; j++) {
        const { arm, errorBound } = bestArm(
          knowing([
            [i, n - i],
            [j, m - j],
          ]),
        );
        // Below 1 the bound is cut, so 1 / bound is the e-value or less; what names the better arm is no error.
        if (arm === "a") sum += chance(i, n, p) * chance(j, m, q) * (errorBound! < 1 ? 1 / errorBound! : 0);
      }
    }
    expect(sum).toBeLessThanOrEqual(1);
  });

  test("one chance for every other arm there ever was; nobody to compare with is no error", () => {
    const two = knowing([
      [90, 10],
      [10, 90],
    ]);
    const more = addArm(two, { key: "z" });
    const paused = pauseArm(more, "z");
    expect(bestArm(paused).errorBound).toBeCloseTo(2 * bestArm(two).errorBound!, 25);
    expect(bestArm(more).errorBound).toBeGreaterThan(0.1);
    expect(bestArm(pauseArm(two, "b"))).toMatchObject({ arm: "a", errorBound: 0, stop: true });
    expect(() => bestArm(pauseArm(pauseArm(two, "b"), "a"))).toThrow(
      expect.objectContaining({ code: "no_eligible_action", path: ["state"] }),
    );
  });

  test("counts have one too; other models and objectives say that they have none", () => {
    const counts = update(start(2, { model: poisson() }), [
      ...Array.from({ length: 30 }, () => ({ variant: "a", reward: 4 })),
      ...Array.from({ length: 30 }, () => ({ variant: "b", reward: 2 })),
    ]);
    expect(bestArm(counts, { rule: "evidence" })).toMatchObject({ arm: "a", stop: true });
    // The same totals on either side of the null's common rate: log e-value by hand.
    const logFactorial = (n: number) =>
      Array.from({ length: n }, (_, i) => Math.log(i + 1)).reduce((x, y) => x + y, 0);
    const log =
      logFactorial(120) -
      121 * Math.log(31) +
      logFactorial(60) -
      61 * Math.log(31) -
      (180 * Math.log(3) - 180);
    expect(bestArm(counts).errorBound! / Math.exp(-log)).toBeCloseTo(1, 9);
    for (const options of [{ model: normal() }, { model: linear() }, { objective: net() }]) {
      expect(bestArm(start(2, options)).errorBound).toBe(null);
      expect(() => bestArm(start(2, options), { rule: "evidence" })).toThrow(
        expect.objectContaining({ code: "no_evidence_rule", path: ["rule"] }),
      );
    }
    expect(() => bestArm(start(2), { rule: "glr" as never })).toThrow(
      expect.objectContaining({ code: "unknown_name", path: ["rule"] }),
    );
  });

  test("looked at after every batch, arms that are close: the evidence keeps its word, the posterior cannot", () => {
    const runs = 150;
    const wrong = (rule: "posterior" | "evidence") =>
      Array.from({ length: runs }, (_, i) => wrongly([0.5, 0.498], rule, `close ${i}`)).filter(Boolean)
        .length;
    expect(wrong("evidence")).toBeLessThanOrEqual(0.05 * runs);
    // The wrong version that the row above rejects: stopping at a posterior probability of .95.
    expect(wrong("posterior")).toBeGreaterThan(0.05 * runs + 3 * Math.sqrt(0.0475 * runs));
  });
});
