import { randomSource } from "../../../src/random/index.js";
import type { SampleCalls } from "./sample-call.js";

const source = () => randomSource("sample calls");

export const random: SampleCalls = {
  randomSource: () => ["seed"],
  sampleBeta: () => [source(), 2, 3],
  sampleBinomial: () => [source(), 100, 0.4],
  sampleCategorical: () => [source(), [1, 2]],
  sampleDirichlet: () => [source(), [1, 2]],
  sampleExponential: () => [source(), 2],
  sampleGamma: () => [source(), 2.5],
  sampleLogGamma: () => [source(), 2.5],
  sampleLognormal: () => [source(), 1, 0.5],
  sampleNormal: () => [source()],
  samplePoisson: () => [source(), 20],
  shuffle: () => [source(), [1, 2, 3]],
};
