import type { Moments } from "../../src/core/moments.js";
import {
  type RandomSource,
  randomSource,
  sampleBeta,
  sampleBinomial,
  sampleLognormal,
} from "../../src/random/index.js";
import { MomentsAccumulator, pooledProportions } from "../../src/stats/index.js";

/** Draws arms of the world `ratio_clustered`: users with 1–14 sessions, each with a conversion rate of their own. */
export function binomialSampler(seed: string) {
  const source = randomSource(seed);
  return {
    arm(users: number): Moments {
      const accumulator = new MomentsAccumulator(["conversions", "sessions"]);
      for (let i = 0; i < users; i++) {
        const sessions = 1 + Math.floor(source.next() * 14);
        accumulator.push([sampleBinomial(source, sessions, sampleBeta(source, 2, 8)), sessions]);
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

/** One arm of the world `zero_inflated_lognormal`: 5 % buy, a buyer's value is exp(N(3, 1.2²)) times `factor`. */
export function zeroInflated(source: RandomSource, n: number, factor: number): Float64Array {
  const values = new Float64Array(n);
  const buyers = sampleBinomial(source, n, 0.05);
  for (let i = 0; i < buyers; i++) values[i] = sampleLognormal(source, 3, 1.2) * factor;
  return values;
}
