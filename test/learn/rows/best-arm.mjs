import { defineExperiment } from "essai";
import { bestArm, createBandit, policies, probabilities } from "essai/bandits";
import { randomSource, sampleBinomial } from "essai/random";

/** Instances of the literature on best-arm identification, one that is close, and worlds that the prior describes. */
const worlds = {
  ladder: { what: ".30, .21, .20, .19, .18", rates: [0.3, 0.21, 0.2, 0.19, 0.18], cap: 50_000 },
  close: { what: ".50 and .48", rates: [0.5, 0.48], cap: 100_000 },
  drawn: { what: "five rates drawn anew each time from the prior", arms: 5, cap: 10_000 },
};

const BATCH = 100;

/** Plays until the rule says stop, looking after every batch. */
function play({ rates, arms, cap }, policy, rule, seed) {
  const random = randomSource(seed);
  const truth = rates ?? Array.from({ length: arms }, () => random.next());
  const keys = truth.map((_, i) => `arm-${String.fromCharCode(97 + i)}`);
  const definition = defineExperiment({
    key: "best",
    unit: "userId",
    control: keys[0],
    variants: Object.fromEntries(keys.map((key) => [key, null])),
    policy,
  });
  let state = createBandit(definition, policies);
  while (state.rewards < cap) {
    const vector = probabilities(state);
    let [left, rest] = [BATCH, 1];
    const sums = state.sums.map(([wins, losses], i) => {
      const n = i === truth.length - 1 ? left : sampleBinomial(random, left, Math.min(1, vector[i] / rest));
      left -= n;
      rest = Math.max(rest - vector[i], Number.MIN_VALUE);
      const more = sampleBinomial(random, n, truth[i]);
      return [wins + more, losses + n - more];
    });
    state = { ...state, sums, rewards: state.rewards + BATCH };
    const { stop, arm } = bestArm(state, { rule });
    if (stop)
      return {
        "named a wrong arm, %": truth[keys.indexOf(arm)] < Math.max(...truth) ? 100 : 0,
        "rewards until it stopped": state.rewards,
      };
  }
  return { "named a wrong arm, %": 0, "rewards until it stopped": cap };
}

const row = (name, policy, rule, runs, bar) => ({
  key: `best-arm/${name}/${policy}/${rule}`,
  group: "Best arm: how often a wrong one is named at confidence .95, looking after every 100 rewards",
  what: `${worlds[name].what}; \`${policy}\`, rule \`${rule}\``,
  runs,
  figures: [
    { name: "named a wrong arm, %", digits: 2, ...(bar ? { atMost: 5 } : {}) },
    { name: "rewards until it stopped", digits: 0 },
  ],
  measure: ({ seed }) => play(worlds[name], policy, rule, seed),
});

/** Rows on the stopping rules. The posterior's promise is an average over the prior; the evidence's holds everywhere. */
export const rows = [
  row("drawn", "topTwo", "posterior", 1000, true),
  row("drawn", "topTwo", "evidence", 1000, true),
  row("close", "topTwo", "posterior", 1000, false),
  row("close", "topTwo", "evidence", 400, true),
  ...["topTwo", "uniform"].flatMap((policy) => [
    row("ladder", policy, "posterior", 1000, false),
    row("ladder", policy, "evidence", 600, true),
  ]),
  row("ladder", "thompson", "posterior", 600, false),
];
