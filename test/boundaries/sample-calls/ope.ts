import { createBandit, thompson } from "../../../src/bandits/index.js";
import { defineExperiment } from "../../../src/index.js";
import { type LearningRequest, learnPolicy } from "../../../src/ope/index.js";
import { randomSource } from "../../../src/random/index.js";
import { made } from "./made.js";
import type { SampleCalls } from "./sample-call.js";

const columns = () => ({
  rewards: [1, 0, 0, 1],
  propensities: [0.5, 0.5, 0.5, 0.5],
  targets: [1, 0, 1, 0],
  predicted: [0.4, 0.4, 0.5, 0.5],
  expected: [0.4, 0.4, 0.5, 0.5],
  units: ["a", "b", "c", "c"],
});
const options = () => ({
  ...{ estimators: ["dr", { name: "ips", clip: 3 }], level: 0.9, alternative: "greater" },
  ...{ leastEffective: 2, support: [0, 1], random: randomSource("sample calls"), replicates: 99 },
});
const log = () =>
  [1, 0, 0, 1, 1, 0].map((reward, i) => ({
    ...{ action: i % 2 ? "a" : "b", reward, propensity: 0.5, context: { age: i }, unit: `u${i}` },
    probabilities: { a: 0.5, b: 0.5 },
  }));

const learning = (): LearningRequest => ({
  ...{ log: log(), features: [{ kind: "numeric", field: "age" }], learn: () => "a" },
  ...{ actions: ["a", "b"], batches: 3, level: 0.9, leastEffective: 2 },
});

/** What the methods of `essai/ope` belong to. */
export const opeObjects = { LearnedPolicy: () => learnPolicy(learning()) };

const experiment = () =>
  defineExperiment({
    key: "offer",
    unit: "id",
    control: "a",
    variants: { a: null, b: null },
    policy: "thompson",
  });

export const ope: SampleCalls = {
  adaptiveInference: () => [{ log: log(), control: "a", actions: ["a", "b"], level: 0.9, tunedAt: 500 }],
  learnPolicy: () => [learning()],
  "LearnedPolicy.policy": () => [{ age: 3 }, ["a", "b"]],
  warmStart: () => [
    { ...{ state: made(createBandit(experiment(), { thompson })), log: log() }, leastEffective: 2, most: 5 },
  ],
  policyValue: () => [columns(), options()],
  roundValues: () => [columns(), "dros", 3],
  evaluatePolicy: () => [
    {
      ...{ log: log(), policy: { a: 0.5, b: 0.5 }, actions: ["a", "b"], folds: 2 },
      ...{ features: [{ kind: "numeric", field: "age" }], predict: () => [0.5, 0.5] },
      embedding: (action: string) => action,
      ...options(),
    },
  ],
};
