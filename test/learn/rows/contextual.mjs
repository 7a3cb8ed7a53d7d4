import { defineExperiment } from "essai";
import { createBandit, linear, logistic, quickDecide, thompson, update } from "essai/bandits";
import { randomSource, sampleNormal } from "essai/random";

const ROUNDS = 60_000;
const BATCH = 250;
const arms = ["a", "b", "c", "d"];
const fields = Array.from({ length: 8 }, (_, i) => `x${i}`);
const features = fields.map((field) => ({ kind: "numeric", field }));
const definition = defineExperiment({
  key: "eight",
  unit: "userId",
  control: "a",
  variants: Object.fromEntries(arms.map((arm) => [arm, null])),
  policy: "thompson",
});

/** Shares of what could be gained over uniform play that were given away, over all rounds and over the last sixth. */
function played(model, seed) {
  const random = randomSource(seed);
  // Log-odds of around a quarter, moved by .5 per standard deviation of each feature, differently in every arm.
  const weights = arms.map(() => fields.map(() => 0.5 * sampleNormal(random)));
  const levels = arms.map(() => -1.2 + 0.1 * sampleNormal(random));
  let bandit = createBandit(definition, { thompson }, { model });
  const all = { lost: 0, gain: 0 };
  const late = { lost: 0, gain: 0 };
  for (let from = 0; from < ROUNDS; from += BATCH) {
    const outcomes = [];
    for (let round = from; round < from + BATCH; round++) {
      const x = fields.map(() => sampleNormal(random));
      const context = Object.fromEntries(fields.map((field, i) => [field, x[i]]));
      const chances = weights.map(
        (weight, arm) => 1 / (1 + Math.exp(-weight.reduce((sum, each, i) => sum + each * x[i], levels[arm]))),
      );
      const { action } = quickDecide(bandit, { unitId: `${round}`, occasion: "", now: 0, context });
      const chance = chances[arms.indexOf(action.variant)];
      const best = Math.max(...chances);
      for (const part of round < (ROUNDS * 5) / 6 ? [all] : [all, late]) {
        part.lost += best - chance;
        part.gain += best - chances.reduce((sum, each) => sum + each / arms.length, 0);
      }
      outcomes.push({ action, context, reward: random.next() < chance ? 1 : 0 });
    }
    bandit = update(bandit, outcomes);
  }
  return { "share lost": all.lost / all.gain, "share lost in the last 10,000": late.lost / late.gain };
}

/** Rows on bandits that read a context. */
export const rows = Object.entries({ linear, logistic }).map(([name, model]) => ({
  key: `contextual/eight/${name}`,
  group:
    "Thompson on eight numeric features, four arms, 60,000 rewards in batches of 250: share of the attainable gain lost",
  what: `\`${name}\``,
  runs: 6,
  figures: [
    { name: "share lost", ...(name === "logistic" ? { atMost: 0.02 } : {}), digits: 4 },
    { name: "share lost in the last 10,000", ...(name === "logistic" ? { atMost: 0.01 } : {}), digits: 4 },
  ],
  measure: ({ seed }) => played(model({ features }), seed),
}));
