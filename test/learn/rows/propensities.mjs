import { defineExperiment } from "essai";
import {
  createBandit,
  decide,
  factorial,
  floor,
  linear,
  normal,
  poisson,
  policies,
  quickDecide,
  update,
  withPropensity,
} from "essai/bandits";
import { chiSquareSurvival } from "essai/distributions";
import { randomSource, sampleNormal } from "essai/random";

const DRAWS = 1_000_000;
const now = new Date("2026-11-21T12:00:00Z");
const plain = (policy) =>
  defineExperiment({
    key: "served",
    unit: "userId",
    control: "a",
    variants: Object.fromEntries([..."abcdefgh"].map((key) => [key, null])),
    policy,
  });
const crossed = defineExperiment({
  key: "served",
  unit: "userId",
  factors: { message: ["discount", "story", "news"], channel: ["email", "push"] },
  policy: "sharpened",
});
const bernoulliReward = (random, level) => (random.next() < level ? 1 : 0);

/** Bandits of every way to a vector; `reward` makes what they have learned before they serve. */
const bandits = {
  "bernoulli() + thompson": { make: () => createBandit(plain("thompson"), policies) },
  "bernoulli() + sharpened + floor": {
    make: () => createBandit(plain("sharpened"), policies, { constraints: [floor({ share: 0.02 })] }),
  },
  "poisson() + topTwo": { make: () => createBandit(plain("topTwo"), policies, { model: poisson() }) },
  "normal() + softmax": {
    make: () => createBandit(plain("softmax"), policies, { model: normal() }),
    reward: (random, level) => level + sampleNormal(random),
  },
  "linear() + thompson": {
    make: () =>
      createBandit(plain("thompson"), policies, {
        model: linear({ features: [{ kind: "numeric", field: "x" }] }),
      }),
  },
  "factorial() + sharpened": {
    make: () =>
      createBandit(crossed, policies, {
        model: factorial({ segments: { field: "segment", levels: ["new", "old"] } }),
      }),
  },
};
const contexts = [
  { x: -1, segment: "new" },
  { x: 0.5, segment: "old" },
];

function learned({ make, reward = bernoulliReward }, seed) {
  const random = randomSource(seed);
  const empty = make();
  const outcomes = Array.from({ length: 400 }, () => {
    const arm = Math.floor(random.next() * empty.setup.arms.length);
    return {
      ...{ variant: empty.setup.arms[arm].key, context: contexts[random.next() < 0.5 ? 0 : 1] },
      reward: reward(random, 0.1 + 0.02 * arm),
    };
  });
  return update(empty, outcomes);
}

/** Pearson's χ² of served counts against recorded probabilities, over several vectors; rare actions are pooled. */
function pValue(cells) {
  let [statistic, df] = [0, 0];
  for (const { counts, vector, n } of cells) {
    const kept = vector.flatMap((p, i) => (p * n >= 10 ? [[counts[i], p * n]] : []));
    const rest = [n, n].map((all, side) => all - kept.reduce((sum, pair) => sum + pair[side], 0));
    const all = rest[1] >= 10 ? [...kept, rest] : kept;
    statistic += all.reduce((sum, [seen, expected]) => sum + (seen - expected) ** 2 / expected, 0);
    df += all.length - 1;
  }
  return chiSquareSurvival(statistic, df);
}

function served(bandit, seed, choose) {
  const cells = contexts.map((context) => {
    const counts = new Array(bandit.setup.arms.length).fill(0);
    const n = DRAWS / contexts.length;
    const place = new Map(bandit.setup.arms.map(({ action }, i) => [action, i]));
    let decision;
    for (let i = 0; i < n; i++) {
      decision = choose(bandit, { unitId: `user-${i % 5_000}`, occasion: `${seed} ${i}`, now, context });
      counts[place.get(decision.action)] += 1;
    }
    const { probabilities } = decision.probabilities ? decision : withPropensity(bandit, decision);
    return { counts, vector: probabilities, n };
  });
  return { p: pValue(cells) };
}

const row = (name, what, choose) => ({
  key: `propensity/${what}/${name}`,
  group: "Served frequencies against recorded propensities: χ² at a million draws",
  what: `\`${what}\`, ${name.replaceAll(/\w+\(\)/g, "`$&`")}`,
  runs: 1,
  figures: [{ name: "p", atLeast: 0.001, exact: true, digits: 4 }],
  measure: ({ seed }) => served(learned(bandits[name], seed), seed, choose),
});

/** Rows on whether what is recorded is what is played. */
export const rows = [
  ...Object.keys(bandits).map((name) => row(name, "decide", decide)),
  row("bernoulli() + thompson", "quickDecide", quickDecide),
  row("linear() + thompson", "quickDecide", quickDecide),
];
