// Worlds in which a bandit learns while its log is made: two or three arms with a rate each, batches of 500 decided by
// Thompson sampling with normal posteriors and exact chances of being best, and an additive floor, or the constraint `mixture`.
// Coverage of 95 % intervals, half-widths, and whether one that holds at any time ever missed, looked at after every 100 rounds. `npm run calibrate -- adaptive` prints all of them.

export const adaptiveWorlds = [
  { key: "null", rates: [0.1, 0.1], floor: 0.01 },
  { key: "null, floor .05", rates: [0.1, 0.1], floor: 0.05 },
  { key: "unequal", rates: [0.1, 0.12], floor: 0.01 },
  { key: "unequal, floor .05", rates: [0.1, 0.12], floor: 0.05 },
  { key: "three", rates: [0.1, 0.1, 0.12], floor: 0.01 },
  { key: "three, floor .05", rates: [0.1, 0.1, 0.12], floor: 0.05 },
  { key: "drift", rates: [0.1, 0.1], floor: 0.01, drift: 0.1 },
  { key: "drift, floor .05", rates: [0.1, 0.1], floor: 0.05, drift: 0.1 },
  { key: "mixture, null", rates: [0.1, 0.1], mixed: true },
  { key: "mixture, unequal", rates: [0.1, 0.12], mixed: true },
  { key: "mixture, three", rates: [0.1, 0.1, 0.12], mixed: true },
  { key: "mixture, drift", rates: [0.1, 0.1], drift: 0.1, mixed: true },
];

const [BATCHES, BATCH, LOOK] = [20, 500, 100];
const STEPS = 400;

/** Chance that each of some normal beliefs is the largest, by the midpoint rule over each one's own law. */
function chancesOfBest(beliefs, { normalCdf, normalPdf }) {
  const shares = beliefs.map(({ mean, sd }, i) => {
    let sum = 0;
    for (let step = 0; step < STEPS; step++) {
      const z = ((step + 0.5) / STEPS) * 12 - 6;
      let chance = (normalPdf(z) * 12) / STEPS;
      beliefs.forEach((other, j) => {
        if (j !== i) chance *= normalCdf((mean + sd * z - other.mean) / other.sd);
      });
      sum += chance;
    }
    return sum;
  });
  const all = shares.reduce((sum, each) => sum + each, 0);
  return shares.map((each) => each / all);
}

/**
 * Plays one run, and hands every round on.
 * @param essai  `randomSource`, `normalCdf`, `normalPdf`, `mixture`
 * @param add    takes a round
 * @param look   called after each 100 rounds
 */
export function playAdaptive({ rates, floor, mixed, drift = 0 }, seed, essai, add, look = () => {}) {
  const random = essai.randomSource(seed);
  const sums = rates.map(() => ({ plays: 0, wins: 0 }));
  for (let batch = 0; batch < BATCHES; batch++) {
    const beliefs = sums.map(({ plays, wins }) => {
      const mean = (wins + 1) / (plays + 2);
      return { mean, sd: Math.sqrt((mean * (1 - mean)) / (plays + 3)) };
    });
    const shares = batch === 0 ? rates.map(() => 1 / rates.length) : chancesOfBest(beliefs, essai);
    const eligible = [...rates.keys()];
    const limits = { eligible, actions: eligible.map(String), control: 0, rewards: batch * BATCH };
    const design = essai.mixture();
    const vector = mixed
      ? design.hold(shares, [design], limits)
      : shares.map((share) => floor + (1 - rates.length * floor) * share);
    const rise = (drift * batch) / BATCHES;
    const played = [];
    for (let i = 0; i < BATCH; i++) {
      let rest = random.next();
      let arm = 0;
      while (arm < rates.length - 1 && (rest -= vector[arm]) >= 0) arm += 1;
      const reward = random.next() < rates[arm] + rise ? 1 : 0;
      add({ arm, reward, vector, propensity: vector[arm] });
      played.push([arm, reward]);
      if ((i + 1) % LOOK === 0) look();
    }
    for (const [arm, reward] of played) {
      sums[arm].plays += 1;
      sums[arm].wins += reward;
    }
  }
}

/** What several runs of a world say of the last arm against the first. */
export function calibrateAdaptive(world, { seed, runs }, essai) {
  const names = ["naive", "fixed", "anytime", "mixture", "batched-ols", "weighted-aipw", "aipw"];
  const tallies = Object.fromEntries(names.map((name) => [name, { inside: 0, known: 0, width: 0 }]));
  const last = world.rates.length - 1;
  const truth = world.rates[last] - world.rates[0];
  const keys = world.rates.map((_, i) => `arm-${i}`);
  const options = { level: 0.95, tunedAt: BATCHES * BATCH };
  const covers = ({ status, interval }) => status !== "ok" || (interval[0] <= truth && truth <= interval[1]);
  const missed = { anytime: 0, mixture: 0 };
  for (let run = 0; run < runs; run++) {
    const tally = new essai.AdaptiveTally(keys, 0);
    const plain = keys.map(() => ({ n: 0, sum: 0 }));
    const ever = { anytime: false, mixture: false };
    playAdaptive(
      world,
      `${seed} ${world.key} ${run}`,
      essai,
      (round) => {
        tally.add(round);
        plain[round.arm].n += 1;
        plain[round.arm].sum += round.reward;
      },
      () => {
        const last = tally.contrasts(options).at(-1);
        for (const name of Object.keys(ever)) ever[name] ||= !covers(last[name]);
      },
    );
    for (const name of Object.keys(ever)) if (ever[name]) missed[name] += 1;
    const { fixed, anytime, mixture, others } = tally.contrasts(options).at(-1);
    const means = plain.map(({ n, sum }) => sum / n);
    const reach =
      1.96 * Math.sqrt([0, last].reduce((v, i) => v + (means[i] * (1 - means[i])) / plain[i].n, 0));
    const value = means[last] - means[0];
    const naive = { status: "ok", interval: [value - reach, value + reach] };
    for (const [name, estimate] of Object.entries({ naive, fixed, anytime, mixture, ...others })) {
      const own = tallies[name];
      if (estimate.status !== "ok") continue;
      own.known += 1;
      own.width += (estimate.interval[1] - estimate.interval[0]) / 2;
      if (covers(estimate)) own.inside += 1;
    }
  }
  return {
    everMissed: { anytime: missed.anytime / runs, mixture: missed.mixture / runs },
    methods: Object.fromEntries(
      Object.entries(tallies).map(([name, { inside, known, width }]) => [
        name,
        { coverage: inside / known, halfWidth: width / known, known: known / runs },
      ]),
    ),
  };
}

/** Prints every world; how many figures of `fixed`, `anytime` and `mixture` miss their bars within three Monte-Carlo errors. */
export function printAdaptive({ seed, replications = 1000, words, about }, essai) {
  console.log(about);
  let misses = 0;
  for (const world of adaptiveWorlds) {
    if (words.length > 0 && !words.some((word) => world.key.startsWith(word))) continue;
    const { everMissed, methods } = calibrateAdaptive(world, { seed, runs: replications }, essai);
    const error = 3 * Math.sqrt((0.95 * 0.05) / replications);
    const [low, high] = world.rates.at(-1) === world.rates[0] ? [0.94, 0.96] : [0.935, 0.97];
    const { coverage: covered } = methods.fixed;
    const bars = [
      low - error <= covered && covered <= high + error,
      ...Object.values(everMissed).map((share) => share <= 0.05 + error),
    ];
    misses += bars.filter((held) => !held).length;
    const told = Object.entries(everMissed).map(([name, share]) => `${name} ${(100 * share).toFixed(2)} %`);
    console.log(`${world.key}: of 100 looks one ever missed: ${told.join(", ")}`);
    for (const [name, { coverage, halfWidth, known }] of Object.entries(methods))
      console.log(
        `  ${name.padEnd(14)} ${(100 * coverage).toFixed(2)} %  ± ${halfWidth.toFixed(4)}  known ${(100 * known).toFixed(1)} %`,
      );
  }
  return misses;
}
