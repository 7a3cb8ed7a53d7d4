import { bernoulli, type RewardModel, rewardModels } from "essai/bandits";
import { modelSuite, modelTrials } from "essai/testing";
import { describe, expect, test } from "vitest";
import { familySuite, rejects } from "./family.js";

familySuite(rewardModels, {
  bernoulli: () => modelSuite(rewardModels.bernoulli, modelTrials.bernoulli),
  poisson: () => modelSuite(rewardModels.poisson, modelTrials.poisson),
  normal: () => modelSuite(rewardModels.normal, modelTrials.normal),
  robustBernoulli: () => modelSuite(rewardModels.robustBernoulli, modelTrials.robustBernoulli),
  robustPoisson: () => modelSuite(rewardModels.robustPoisson, modelTrials.robustPoisson),
  categorical: () => modelSuite(rewardModels.categorical, modelTrials.categorical),
  hurdle: () => modelSuite(rewardModels.hurdle, modelTrials.hurdle),
  linear: () => modelSuite(rewardModels.linear, modelTrials.linear),
  logistic: () => modelSuite(rewardModels.logistic, modelTrials.logistic),
  factorial: () => modelSuite(rewardModels.factorial, modelTrials.factorial),
  hierarchical: () => modelSuite(rewardModels.hierarchical, modelTrials.hierarchical),
});

test.each(Object.entries(rewardModels))("%s is called by its name in the family", (key, make) => {
  expect(make().name).toBe(key);
  expect(modelTrials[key as keyof typeof modelTrials].model().name).toBe(key);
});

describe("wrong models", () => {
  const wrong = (change: (right: RewardModel) => Partial<RewardModel>) => () => {
    const make = (): RewardModel => ({ ...bernoulli(), name: "wrong", ...change(bernoulli()) });
    return modelSuite(make, { ...modelTrials.bernoulli, model: make });
  };
  rejects(
    "a model that writes into the sums it was given",
    wrong(() => ({
      learn(sums, rewards) {
        for (const { arm, reward } of rewards) {
          const block = sums[arm] as number[];
          block[0] = (block[0] ?? 0) + reward;
          block[1] = (block[1] ?? 0) + 1 - reward;
        }
        return sums;
      },
    })),
    /read.only|not extensible|Cannot assign/i,
  );
  rejects(
    "a model whose sums are means, which do not add up",
    wrong((right) => ({
      learn(sums, rewards) {
        const learned = right.learn(sums, rewards);
        return learned.map(([wins = 0, losses = 0]) => [
          wins / (1 + wins + losses),
          losses / (1 + wins + losses),
        ]);
      },
    })),
    /reverse order|all but the last|\(x \+ y\)/,
  );
  rejects(
    "a model that learns any reward",
    wrong(() => ({ supports: () => true })),
    /a reward of 1\.5 was learned/,
  );
  rejects(
    "a model that ignores sharpness",
    wrong((right) => ({ posterior: (sums, context) => right.posterior(sums, context, 1) })),
    /standard deviation is 1 of the honest one/,
  );
  rejects(
    "a model whose chances are not those of its beliefs",
    wrong((right) => ({
      posterior: (sums, context, sharpness) => ({
        ...right.posterior(sums, context, sharpness),
        best: (eligible) => eligible.map(() => 1 / eligible.length),
      }),
    })),
    /quick decisions: action/,
  );
  rejects(
    "a model that takes sums that rewards cannot have made",
    wrong(() => ({ problems: () => [] })),
    /was taken for one|not to 1|outside \[0, 1\]|were taken/,
  );
});
