import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bernoulli } from "../../src/bandits/index.js";
import { bestProbabilities } from "../../src/bandits/posterior/best-probabilities.js";
import { panelEdges } from "../../src/stats/bayes/quadrature/panel-edges.js";

interface Reference {
  readonly kind: string;
  readonly tag: string;
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly mean: readonly number[];
  readonly sd: readonly number[];
  readonly p_best: readonly number[];
}
const reference: Reference[] = JSON.parse(
  readFileSync(new URL("../reference/propensity.json", import.meta.url), "utf8"),
);

/** The vector for Beta(α, β) posteriors, by way of the Bernoulli model with everything in the sums. */
const betaVector = (alpha: readonly number[], beta: readonly number[], tiny = 1e-9) =>
  bernoulli({ a: tiny, b: tiny })
    .posterior(
      alpha.map((a, i) => [a - tiny, beta[i]! - tiny]),
      null,
      1,
    )
    .best([...alpha.keys()], "");

const normalMarginal = (mean: number, sd: number) => {
  const drop = (x: number) => ((x - mean) / sd) ** 2 / 2;
  return { edges: panelEdges(mean, drop, sd), density: (x: number) => Math.exp(-drop(x)) };
};

const farthest = (p: readonly number[], q: readonly number[]) =>
  Math.max(...p.map((value, i) => Math.abs(value - q[i]!)));

describe("probability of being best, by quadrature", () => {
  test.each(
    reference.filter(({ kind }) => kind === "beta").map((row, i) => [`${row.tag} #${i}`, row] as const),
  )("beta %s agrees with the reference to 1e-8", (_name, { alpha, beta, p_best }) => {
    expect(farthest(betaVector(alpha, beta), p_best)).toBeLessThan(1e-8);
  });

  test.each(
    reference.filter(({ kind }) => kind === "normal").map((row, i) => [`${row.tag} #${i}`, row] as const),
  )("normal %s agrees with the reference to 1e-8", (_name, { mean, sd, p_best }) => {
    const vector = bestProbabilities(mean.map((m, i) => normalMarginal(m, sd[i]!)));
    expect(farthest(vector, p_best)).toBeLessThan(1e-8);
  });

  test("two exact values: 5/6 for Beta(2,1) against Beta(1,2), a₂/(a₁+a₂) for powers of a uniform", () => {
    expect(betaVector([2, 1], [1, 2])[0]).toBeCloseTo(5 / 6, 8);
    for (const [a, b] of [
      [0.01, 0.02],
      [0.3, 2],
      [1, 40],
    ] as const)
      expect(betaVector([a, b], [1, 1])[1]).toBeCloseTo(b / (a + b), 8);
  });

  test("two Beta posteriors of a billion rewards, a dead arm, and one arm alone stay finite and sum to 1", () => {
    for (const [alpha, beta] of [
      [
        [1e9, 1e9 + 50_000],
        [1e9, 1e9],
      ],
      [
        [1, 1, 1e-3],
        [1e6, 1, 5],
      ],
      [[3], [4]],
      [Array(50).fill(2), Array(50).fill(9)],
    ] as [number[], number[]][]) {
      const vector = betaVector(alpha, beta, 1e-12);
      expect(vector.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(vector.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  test("arms in another order get the same probabilities; equal arms equal ones", () => {
    const forward = betaVector([5, 9, 30], [40, 50, 300]);
    const backward = betaVector([30, 9, 5], [300, 50, 40]);
    expect(farthest(forward, backward.toReversed())).toBeLessThan(1e-9);
    const equal = betaVector([7, 7, 7], [90, 90, 90]);
    expect(farthest(equal, [1 / 3, 1 / 3, 1 / 3])).toBeLessThan(1e-9);
  });

  test("refuses edges that go back, where the panels would never end", () => {
    const density = () => 1;
    expect(() => bestProbabilities([{ edges: [0, 2, 1], density }])).toThrow(
      expect.objectContaining({ code: "out_of_range", path: ["marginals", 0, "edges", 2] }),
    );
  });

  test("the tests reject a wrong version: normal approximation of the same Beta posteriors", () => {
    const { alpha, beta, p_best } = reference.find(({ tag }) => tag === "mixed")!;
    const approximate = bestProbabilities(
      alpha.map((a, i) => {
        const [b, n] = [beta[i]!, a + beta[i]!];
        return normalMarginal(a / n, Math.sqrt((a * b) / (n * n * (n + 1))));
      }),
    );
    expect(farthest(approximate, p_best)).toBeGreaterThan(1e-3);
  });
});
