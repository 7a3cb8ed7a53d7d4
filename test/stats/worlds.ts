import type { Moments } from "../../src/core/moments.js";
import { beta, binomial, randomSource } from "../../src/random/index.js";
import { MomentsAccumulator, pooledProportions } from "../../src/stats/index.js";

/** Draws arms of the world `ratio_clustered`: users with 1–14 sessions, each with a conversion rate of their own. */
export function binomialSampler(seed: string) {
  const source = randomSource(seed);
  return {
    arm(users: number): Moments {
      const accumulator = new MomentsAccumulator(["conversions", "sessions"]);
      for (let i = 0; i < users; i++) {
        const sessions = 1 + Math.floor(source.next() * 14);
        accumulator.push([binomial(source, sessions, beta(source, 2, 8)), sessions]);
      }
      return accumulator.moments();
    },
    pooledRateTest(control: Moments, treatment: Moments): number {
      const of = ({ n, mean }: Moments) => ({ x: Math.round(n * mean[0]!), n: Math.round(n * mean[1]!) });
      const estimate = pooledProportions(of(control), of(treatment));
      return estimate.status === "ok" ? estimate.pValue : 1;
    },
  };
}
