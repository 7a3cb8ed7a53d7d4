import { assign, createAssigner, defineExperiment } from "essai";
import { describe, expect, it } from "vitest";
import { murmur3 } from "../../src/hash/murmur3.js";
import { seedOf, VARIANT } from "../../src/hash/seed.js";

// A slice; the whole, 4,950 pairs at 200,000 units, is test/bench/independence.bench.ts.
const UNITS = 10_000;
const ids = Array.from({ length: UNITS }, (_, i) => `user-${i}`);

/** Phi of two yes/no splits, in standard errors. */
function z(a: readonly boolean[], b: readonly boolean[]): number {
  let [both, inA, inB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    if (a[i]) inA++;
    if (b[i]) inB++;
    if (a[i] && b[i]) both++;
  }
  const [n, p, q] = [a.length, inA / a.length, inB / a.length];
  return ((both / n - p * q) / Math.sqrt(p * (1 - p) * q * (1 - q))) * Math.sqrt(n);
}

describe("similar keys over ids that count up", () => {
  it("split independently: variants, coverage and layers of 20 keys, 1,770 pairs, within 5 standard errors", () => {
    const splits = Array.from({ length: 20 }, (_, i) => {
      const key = `experiment-${i}`;
      const variants = { control: 0, b: 1 };
      const plain = defineExperiment({ key, unit: "u", variants });
      const covered = defineExperiment({ key, unit: "u", variants, coverage: 0.5 });
      const layered = createAssigner({
        experiments: [
          defineExperiment({ key: "x", unit: "u", variants, layer: { key, ranges: [[0, 2 ** 31]] } }),
        ],
      });
      return [
        ids.map((u) => assign(plain, { u }).variant === "b"),
        ids.map((u) => assign(covered, { u }).enrolled),
        ids.map((u) => layered.assign("x", { u }).enrolled),
      ];
    }).flat();
    let largest = 0;
    for (let i = 0; i < splits.length; i++)
      for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(z(splits[i]!, splits[j]!)));
    expect(largest).toBeLessThan(5);
  });

  it("would notice the wrong version: plain murmur3 with a seed a key is correlated beyond 5 standard errors", () => {
    const many = Array.from({ length: 200_000 }, (_, i) => `user-${i}`);
    const says = (key: string) => {
      const seed = seedOf(key, VARIANT);
      return many.map((id) => murmur3(id, seed) >= 2 ** 31);
    };
    expect(Math.abs(z(says("experiment-33"), says("experiment-4")))).toBeGreaterThan(5);
  });
});
