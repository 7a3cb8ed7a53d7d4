import { describe, expect, test } from "vitest";
import {
  addArm,
  type BanditState,
  type BestArmOptions,
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

describe("two equal arms, looked at after every 100 rewards", () => {
  const runs = 100;
  const named = (rates: readonly number[], options: BestArmOptions, most: number) =>
    Array.from({ length: runs }, (_, run) => {
      const random = randomSource(`equal ${rates} ${run}`);
      let state = start(rates.length);
      while (state.rewards < most) {
        const sums = state.sums.map(([wins, losses], i) => {
          const more = sampleBinomial(random, 100 / rates.length, rates[i]!);
          return [wins! + more, losses! + 100 / rates.length - more];
        });
        state = { ...state, sums, rewards: state.rewards + 100 };
        const { verdict, stop } = bestArm(state, options);
        expect(stop).toBe(verdict !== "open");
        if (stop) return verdict;
      }
      return "open";
    });
  const share = (verdicts: readonly string[], wanted: string) =>
    verdicts.filter((each) => each === wanted).length / runs;

  test("the default names a best one in at most 5 % of runs, the posterior rule in many", () => {
    expect(share(named([0.1, 0.1], {}, 10_000), "best")).toBeLessThanOrEqual(0.05);
    expect(share(named([0.1, 0.1], { rule: "posterior" }, 10_000), "best")).toBeGreaterThan(0.4);
  });

  test("calls them equal where the difference that matters is told, and never ones that are that far apart", () => {
    const equal = named([0.1, 0.1], { smallest: 0.04 }, 20_000);
    expect(share(equal, "equal")).toBeGreaterThan(0.9);
    expect(share(equal, "best")).toBeLessThanOrEqual(0.05);
    expect(share(named([0.1, 0.14], { smallest: 0.04 }, 10_000), "equal")).toBeLessThanOrEqual(0.05);
  });

  test("names the better one of arms that differ, by default", () => {
    expect(share(named([0.1, 0.2], { smallest: 0.01 }, 10_000), "best")).toBeGreaterThan(0.95);
  });
});

describe("the bound of calling arms equal", () => {
  test("its e-value divides by the largest likelihood on the edge where an arm is too far", () => {
    const [a, b] = [
      [200, 300],
      [205, 295],
    ] as const;
    const log = (p: number, [wins, losses]: readonly [number, number]) =>
      wins * Math.log(p) + losses * Math.log1p(-p);
    const edge = (far: readonly [number, number], near: readonly [number, number]) => {
      let most = Number.NEGATIVE_INFINITY;
      for (let p = 0; p < 0.8; p += 1e-5) if (p > 0) most = Math.max(most, log(p, near) + log(p + 0.2, far));
      return most;
    };
    const logBeta = ([wins, losses]: readonly [number, number]) => {
      let sum = -Math.log(wins + losses + 1);
      for (let i = 1; i <= losses; i++) sum += Math.log(i) - Math.log(wins + i);
      return sum;
    };
    expect(bestArm(knowing([a, b]), { smallest: 0.2 }).equalBound).toBeLessThan(1e-3);
    const least = logBeta(a) + logBeta(b) - Math.max(edge(a, b), edge(b, a));
    expect(bestArm(knowing([a, b]), { smallest: 0.2 }).equalBound! / (2 * Math.exp(-least))).toBeCloseTo(
      1,
      6,
    );
    expect(bestArm(knowing([a, b])).equalBound).toBeNull();
  });

  test("is refused of a model that has none", () => {
    expect(() => bestArm(start(2, { model: normal() }), { smallest: 1 })).toThrow(
      expect.objectContaining({ code: "no_evidence_rule", path: ["smallest"] }),
    );
    expect(bestArm(start(2, { model: normal() }))).toMatchObject({ verdict: "open", errorBound: null });
  });
});
