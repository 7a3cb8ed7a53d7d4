import { defineExperiment } from "essai";
import { bestArm, createBandit, policies, probabilities } from "essai/bandits";
import { randomSource, sampleBinomial } from "essai/random";
import { trackedCounts } from "./track-and-stop.mjs";

/** Instances of the literature on best-arm identification, one that is close, and worlds that the prior describes. */
const worlds = {
  ladder: { what: ".30, .21, .20, .19, .18", rates: [0.3, 0.21, 0.2, 0.19, 0.18], cap: 50_000 },
  // Of regret.json: ten arms and two.
  ten: { what: ".50 and nine at .40", rates: [0.5, ...Array(9).fill(0.4)], cap: 100_000 },
  two: { what: ".06 and .05", rates: [0.06, 0.05], cap: 400_000 },
  close: { what: ".50 and .48", rates: [0.5, 0.48], cap: 100_000 },
  drawn: { what: "five rates drawn anew each time from the prior", arms: 5, cap: 10_000 },
};

const BATCH = 100;

/** How often each arm is played in the next batch, by chance. */
function drawnCounts(random, vector) {
  let [left, rest] = [BATCH, 1];
  return vector.map((p, i) => {
    const n = i === vector.length - 1 ? left : sampleBinomial(random, left, Math.min(1, p / rest));
    left -= n;
    rest = Math.max(rest - p, Number.MIN_VALUE);
    return n;
  });
}

/** Plays until the rule says stop, looking after every batch; `trackAndStop` is no policy of essai's. */
function play({ rates, arms, cap }, name, rule, seed, settings = {}) {
  const tracks = name === "trackAndStop";
  const policy = tracks ? "uniform" : name;
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
  let state = createBandit(definition, policies, { settings });
  while (state.rewards < cap) {
    const counts = tracks ? trackedCounts(state.sums, BATCH) : drawnCounts(random, probabilities(state));
    const sums = state.sums.map(([wins, losses], i) => {
      const n = counts[i];
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

/** What was measured of `topTwo` before it shared by variances. */
const settingsOf = (policy) => (policy === "topTwo" ? { share: 0.5 } : {});

const row = (name, policy, rule, runs, bar) => ({
  key: `best-arm/${name}/${policy}/${rule}`,
  group: "Best arm: how often a wrong one is named at confidence .95, looking after every 100 rewards",
  what: `${worlds[name].what}; \`${policy}\`${policy === "topTwo" ? " with share .5" : ""}, rule \`${rule}\``,
  runs,
  figures: [
    { name: "named a wrong arm, %", digits: 2, ...(bar ? { atMost: 5 } : {}) },
    { name: "rewards until it stopped", digits: 0 },
  ],
  measure: ({ seed }) => play(worlds[name], policy, rule, seed, settingsOf(policy)),
});

/** Top-two against Track-and-Stop, which knows how to share but has to solve for it, under the same stopping rule. */
const tracked = (name, runs) => ({
  key: `best-arm/track/${name}`,
  group: "Best arm: rewards that `topTwo` needs, beside Track-and-Stop under the same rule at confidence .95",
  what: worlds[name].what,
  runs,
  figures: [
    { name: "rewards of `topTwo`", digits: 0 },
    { name: "rewards of Track-and-Stop", digits: 0 },
    { name: "rewards of `topTwo` beyond 1.15 times those", digits: 0, atMost: 0 },
    { name: "named a wrong arm, %", digits: 2, atMost: 5 },
  ],
  measure({ seed }) {
    const [own, other] = ["topTwo", "trackAndStop"].map((policy) =>
      play(worlds[name], policy, "evidence", `${seed} ${policy}`),
    );
    const rewards = "rewards until it stopped";
    return {
      "rewards of `topTwo`": own[rewards],
      "rewards of Track-and-Stop": other[rewards],
      "rewards of `topTwo` beyond 1.15 times those": own[rewards] - 1.15 * other[rewards],
      "named a wrong arm, %": own["named a wrong arm, %"],
    };
  },
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
  tracked("ladder", 100),
  tracked("ten", 30),
  tracked("two", 20),
];
