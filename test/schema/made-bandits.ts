import { createBandit, type Parts, type Policy, type RewardModel } from "essai/bandits";
import { constraints } from "../../src/bandits/constraints/index.js";
import { rewardModels } from "../../src/bandits/models/index.js";
import { objectives } from "../../src/bandits/objectives/index.js";
import { policies } from "../../src/bandits/policies/index.js";
import { definitionOf } from "../bandits/definition.js";

/** Every part of essai, as `restoreBandit` takes them. */
export const allParts = { ...policies, ...rewardModels, ...constraints, ...objectives } as never;

const numeric = { kind: "numeric", field: "age", mean: 40, sd: 10 } as const;
const terms = {
  features: [
    numeric,
    { kind: "categorical", field: "plan", levels: ["free", "paid"] },
    { kind: "crossed", a: numeric, b: { kind: "hashed", field: "town", size: 2 } },
  ],
  shared: [
    { kind: "cyclic", field: "hour", period: 24 },
    { kind: "vector", field: "taste", size: 2 },
    { kind: "numeric", field: "action.price", mean: 5, sd: 2 },
  ],
  attributes: { a: { price: 3 }, b: { price: 5 }, c: { price: 9 } },
} as const;
const effects = {
  segments: { field: "plan", levels: ["free", "paid"] },
  pairs: false,
  link: "identity",
  mean: 0.4,
  main: 0.3,
  interaction: 0.2,
  segmentInteraction: 0.1,
} as const;
const history = {
  history: [
    [3, 9],
    [4, 8],
    [5, 7],
  ],
  vague: 0.3,
} as const;

/** Models and policies with every setting written, none of them at its default. */
const models: readonly RewardModel[] = [
  rewardModels.bernoulli({ a: 2, b: 3 }),
  rewardModels.poisson({ shape: 2, rate: 3 }),
  rewardModels.normal({ mean: 3, n: 2, shape: 3, scale: 4 }),
  rewardModels.robustBernoulli({ a: 2, b: 3, ...history }),
  rewardModels.robustPoisson({ shape: 2, rate: 3, ...history }),
  rewardModels.categorical({ values: [0, 2, 7], prior: 2 }),
  rewardModels.hurdle({ amounts: "gamma", a: 2, b: 3, typical: 20, n: 2, shape: 3 }),
  rewardModels.linear({ ...terms, ridge: 2, noise: 3 }),
  rewardModels.logistic({ ...terms, ridge: 2, cells: 100 }),
  rewardModels.factorial(effects),
  rewardModels.hierarchical(effects),
];
const policySettings: readonly (readonly [keyof typeof policies, object])[] = [
  ["sharpened", { horizon: 500, start: 2, most: 5, ramp: 0.5, plain: 0.1, opening: 3 }],
  ["topTwo", { share: 0.3 }],
  ["ucb", { width: 1.3 }],
  ["epsilonGreedy", { epsilon: 0.3 }],
  ["softmax", { temperature: 0.3 }],
  ["thompson", {}],
  ["uniform", {}],
];

/** A bandit's JSON for each reward model, with the policies by turns, and with each constraint and objective. */
export const madeBandits: readonly unknown[] = models.map((model, i) => {
  const [policy, settings] = policySettings[i % policySettings.length]!;
  const parts: Parts<Policy> = { [policy]: policies[policy] };
  const state = createBandit(definitionOf(3, policy), parts as never, {
    model,
    settings: settings as never,
    constraints: [
      constraints.floor({ share: 0.03 }),
      constraints.controlShare({ share: 0.2 }),
      constraints.caps({ shares: { b: 0.6 } }),
      constraints.mixture({ decay: 0.2 }),
    ],
    objective: objectives.net({ values: { b: 3 }, costs: { b: 2, c: 1.5 } }),
  });
  return JSON.parse(JSON.stringify(state));
});
