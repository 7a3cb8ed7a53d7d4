import { assign, type Definition, defineExperiment } from "essai";
import {
  type BanditState,
  createBandit,
  decide,
  explainActions,
  policies,
  probabilities,
  quickDecide,
  rewardModels,
  update,
} from "essai/bandits";
import { fractionalFactorial, optimalDesign } from "essai/designs";
import * as random from "essai/random";
import { type BanditWorld, simulateBandit, simulateCampaign } from "essai/simulation";
import type { Json } from "../../src/core/json.js";
import { Sfc32 } from "../../src/random/hot-loops/index.js";

const { randomSource } = random;
const DRAWS = 24;

/** Every sampler on each of its branches. */
const draws: Record<Exclude<keyof typeof random, "randomSource">, ((r: random.RandomSource) => unknown)[]> = {
  sampleBeta: [
    (r) => random.sampleBeta(r, 0.02, 0.5),
    (r) => random.sampleBeta(r, 0.5, 3),
    (r) => random.sampleBeta(r, 40, 7),
  ],
  sampleBinomial: [
    (r) => random.sampleBinomial(r, 40, 0.1),
    (r) => random.sampleBinomial(r, 1_000, 0.3),
    (r) => random.sampleBinomial(r, 1_000, 0.93),
  ],
  sampleCategorical: [(r) => random.sampleCategorical(r, [1, 0, 3, 0.5])],
  sampleDirichlet: [(r) => random.sampleDirichlet(r, [0.05, 2, 7])],
  sampleExponential: [(r) => random.sampleExponential(r, 4)],
  sampleGamma: [
    (r) => random.sampleGamma(r, 0.05),
    (r) => random.sampleGamma(r, 1),
    (r) => random.sampleGamma(r, 250.5),
  ],
  sampleLogGamma: [(r) => random.sampleLogGamma(r, 1e-6), (r) => random.sampleLogGamma(r, 3)],
  sampleLognormal: [(r) => random.sampleLognormal(r, 0.3, 1.2)],
  sampleNormal: [(r) => random.sampleNormal(r)],
  samplePoisson: [(r) => random.samplePoisson(r, 0.7), (r) => random.samplePoisson(r, 60)],
  shuffle: [(r) => random.shuffle(r, [1, 2, 3, 4, 5])],
};

function samplers() {
  const source = randomSource("streams");
  const named = Object.entries(draws).flatMap(([name, branches]) =>
    branches.map((draw, i) => {
      const own = randomSource(`${name} ${i}`);
      return [`${name} ${i}`, Array.from({ length: DRAWS }, () => draw(own))];
    }),
  );
  const small = new Sfc32().start(1, 2, 3);
  return {
    uniform: Array.from({ length: DRAWS }, () => source.next()),
    ...Object.fromEntries(named),
    sfc32: Array.from({ length: DRAWS }, () => [
      small.word(),
      small.normal(),
      small.gamma(2.5, 1 / Math.sqrt(22.5)),
    ]),
    // Strips' edges and the tail are met once in seventy draws.
    normals: sumOf(100_000, () => random.sampleNormal(source)),
    smallNormals: sumOf(100_000, () => small.normal()),
  };
}

/** A sum that any last bit of any draw moves. */
function sumOf(n: number, draw: () => number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum = draw() - 0.5 * sum;
  return sum;
}

const plain = (policy: string) =>
  defineExperiment({
    key: `streams ${policy}`,
    unit: "userId",
    control: "a",
    variants: { a: null, b: null, c: null },
    policy,
  });
const ofFactors = (policy: string) =>
  defineExperiment({
    key: `streams ${policy}`,
    unit: "userId",
    factors: { hero: ["story", "offer"], cta: ["buy", "try"] },
    policy,
  });

type ModelName = keyof typeof rewardModels;
interface Stream {
  readonly settings?: Json;
  readonly reward: (r: random.RandomSource, arm: number) => number;
}
const coin = (r: random.RandomSource, arm: number) => (r.next() < 0.3 + 0.1 * arm ? 1 : 0);
const counted = (r: random.RandomSource, arm: number) => random.samplePoisson(r, 2 + arm);
const segments = { segments: { field: "segment", levels: ["new", "old"] } };
const aged = { features: [{ kind: "numeric", field: "age", mean: 40, sd: 15 }] };

const streams: Record<ModelName, Stream> = {
  bernoulli: { reward: coin },
  poisson: { reward: counted },
  normal: { reward: (r, arm) => 5 + arm + random.sampleNormal(r) },
  robustBernoulli: {
    settings: {
      history: [
        [30, 70],
        [30, 70],
        [60, 40],
      ],
    },
    reward: coin,
  },
  robustPoisson: {
    settings: {
      history: [
        [27, 10],
        [90, 10],
      ],
      vague: 0.3,
    },
    reward: counted,
  },
  categorical: { settings: { values: [0, 5, 20] }, reward: (r, arm) => (coin(r, arm) ? 20 : 5) },
  hurdle: {
    settings: { typical: 20 },
    reward: (r, arm) => (coin(r, arm) ? random.sampleLognormal(r, 3, 0.6) : 0),
  },
  linear: { settings: aged, reward: (r, arm) => arm + 0.2 * random.sampleNormal(r) },
  logistic: { settings: aged, reward: coin },
  factorial: { settings: segments, reward: coin },
  hierarchical: { settings: segments, reward: coin },
};

function played(name: ModelName, policy: string): BanditState {
  const { settings, reward } = streams[name];
  const make = rewardModels[name] as (settings?: unknown) => ReturnType<(typeof rewardModels)[ModelName]>;
  const factors = name === "factorial";
  const definition: Definition = factors ? ofFactors(policy) : plain(policy);
  const start = createBandit(definition, policies, {
    model: make(settings),
  });
  const r = randomSource(`${name} ${policy}`);
  const arms = start.setup.arms.map(({ key }) => key);
  return update(
    start,
    Array.from({ length: 90 }, (_, i) => {
      const arm = i % arms.length;
      return { variant: arms[arm]!, reward: reward(r, arm), context: contextOf(r) };
    }),
  );
}

const contextOf = (r: random.RandomSource) => ({
  age: 25 + Math.floor(30 * r.next()),
  segment: r.next() < 0.6 ? "new" : "old",
});
const context = { age: 31, segment: "new" };
const now = new Date("2026-03-01T00:00:00Z");

const modelStreams = () =>
  Object.fromEntries(
    (Object.keys(rewardModels) as ModelName[]).map((name) => {
      const state = played(name, "thompson");
      return [
        name,
        {
          sums: state.sums.map((block) => [...block]),
          probabilities: probabilities(state, { context }),
          explained: explainActions(state, { context }),
          decisions: Array.from({ length: 6 }, (_, i) =>
            decide(state, { unitId: `u${i}`, occasion: "1", now, context }),
          ),
          quick: Array.from({ length: 6 }, (_, i) =>
            quickDecide(state, { unitId: `u${i}`, occasion: "2", now, context }),
          ),
        },
      ];
    }),
  );

const policyStreams = () =>
  Object.fromEntries(
    Object.keys(policies).flatMap((policy) =>
      (["bernoulli", "normal", "linear"] as const).map((name) => [
        `${policy} ${name}`,
        probabilities(played(name, policy), { context }),
      ]),
    ),
  );

const world: BanditWorld = {
  reward: { kind: "hurdle", amount: 20, law: { kind: "lognormal", sigma: 0.5 } },
  arms: { a: 0.1, b: { new: 0.3, old: 0.1 }, c: 0.2 },
  segments: { field: "segment", shares: { new: 2, old: 1 } },
  drift: [{ kind: "walk", sd: 0.2 }],
  seasons: [{ hours: Array.from({ length: 24 }, (_, hour) => Math.sin(hour / 4) / 5) }],
  arrivals: { perDay: 400 },
};

function designs() {
  const factors = { a: [0, 1, 2], b: [0, 1, 2], c: ["x", "y"], d: ["x", "y"] };
  const optimal = optimalDesign(factors, {
    runs: 14,
    random: randomSource("designs"),
    effects: ["a", "b", "c", "d", "c:d"],
  });
  const two = Object.fromEntries("abcdefg".split("").map((name) => [name, [0, 1]]));
  const fraction = fractionalFactorial(two, { runs: 16 });
  return { optimal: optimal.runs, efficiency: optimal.efficiency(), fraction: fraction.runs };
}

/** Everything that one seed has to give on every machine and every version of Node, to the last bit. */
export function makeStreams() {
  const campaign = simulateCampaign({ users: 300, seed: "streams" });
  const three = plain("fixed");
  const bandit = createBandit(plain("thompson"), policies, { model: rewardModels.hurdle({ typical: 20 }) });
  return {
    assignments: Array.from({ length: 12 }, (_, i) => {
      const assignment = assign(three, { userId: `ünit-${i}` });
      return assignment.enrolled && [assignment.variant, assignment.point];
    }),
    samplers: samplers(),
    models: modelStreams(),
    policies: policyStreams(),
    simulatedBandit: simulateBandit(bandit, world, {
      seed: "streams",
      rounds: 600,
      batch: 50,
    }),
    campaign: [...campaign.chunks()].map(({ exposures, events }) => ({
      exposures: exposures.slice(0, 8),
      events: events.slice(0, 40),
    })),
    planted: campaign.planted,
    designs: designs(),
  };
}
