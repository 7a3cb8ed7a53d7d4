// Worlds of three actions and four kinds of units, logged by a coin of three sides or by a bandit that learns as it goes. A policy is
// learned from each log and judged on it: coverage of 95 % intervals for its worth and for what it earns over the best single action, how
// often it is said to beat that action, and its error against that of a split, which learns from the first 80 % and judges by the
// rest. `npm run calibrate -- learning` prints all of them.

export const learningWorlds = [
  { key: "alike", rate: () => 0.1 },
  { key: "single", rate: (_, action) => (action === 1 ? 0.15 : 0.1) },
  {
    key: "personal",
    rate: (kind, action) => [0.1, 0.13, [0.22, 0.1, 0.05, 0.1][kind]][action],
  },
  {
    key: "personal, learning log",
    learns: true,
    rate: (kind, action) => [0.1, 0.13, [0.22, 0.1, 0.05, 0.1][kind]][action],
  },
  { key: "alike, learning log", learns: true, rate: () => 0.1 },
];

const [KINDS, ACTIONS, BATCH, FLOOR] = [4, 3, 200, 0.05];

/** Chances of being best by 100 draws of normal beliefs, and a floor. */
function chancesOf(sums, random) {
  const beliefs = sums.map(({ wins, plays }) => {
    const mean = (wins + 1) / (plays + 8);
    return { mean, sd: Math.sqrt((mean * (1 - mean)) / (plays + 8)) };
  });
  const best = beliefs.map(() => 0);
  for (let draw = 0; draw < 100; draw++) {
    const scores = beliefs.map(
      ({ mean, sd }) =>
        mean + sd * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()),
    );
    best[scores.indexOf(Math.max(...scores))] += 0.01;
  }
  return best.map((share) => FLOOR + (1 - ACTIONS * FLOOR) * share);
}

/** A log of so many rounds, in columns. */
export function playLearning({ rate, learns = false }, seed, rounds, { randomSource }) {
  const random = randomSource(seed);
  const [action, kinds] = [new Int32Array(rounds), new Int32Array(rounds)];
  const [rewards, propensities] = [new Float64Array(rounds), new Float64Array(rounds)];
  const vectors = [];
  const sums = Array.from({ length: KINDS }, () =>
    Array.from({ length: ACTIONS }, () => ({ wins: 0, plays: 0 })),
  );
  let chances = sums.map((own) => own.map(() => 1 / ACTIONS));
  for (let i = 0; i < rounds; i++) {
    if (learns && i > 0 && i % BATCH === 0) chances = sums.map((own) => chancesOf(own, random));
    const kind = Math.floor(random.next() * KINDS);
    const vector = chances[kind];
    let [rest, played] = [random.next(), 0];
    while (played < ACTIONS - 1 && (rest -= vector[played]) >= 0) played += 1;
    const reward = random.next() < rate(kind, played) ? 1 : 0;
    [action[i], kinds[i], rewards[i], propensities[i]] = [played, kind, reward, vector[played]];
    vectors.push(vector);
    const own = sums[kind][played];
    own.plays += 1;
    own.wins += reward;
  }
  const x = new Float64Array(1 + KINDS);
  const encode = (kind) => {
    x.fill(0);
    [x[0], x[1 + kind]] = [1, 1];
    return x;
  };
  const columns = { actions: ACTIONS, action, rewards, propensities, vector: (i) => vectors[i] };
  return { ...columns, size: 1 + KINDS, contexts: KINDS, contextOf: (i) => kinds[i], encode, kinds };
}

const kinds = Array.from({ length: KINDS }, (_, kind) => kind);
const mean = (values) => values.reduce((sum, each) => sum + each, 0) / values.length;

/** What a learner plays, and what that is worth. */
function worthOf({ rate }, rounds, learner) {
  return mean(kinds.map((kind) => rate(kind, learner.choose(rounds.encode(kind)))));
}

/** The mean score of a learner's policy in some rounds. */
function scoreOf(rounds, learner, from, to) {
  const policy = learner.policy();
  const [expected, chances] = [new Float64Array(ACTIONS), new Float64Array(ACTIONS)];
  let sum = 0;
  for (let i = from; i < to; i++) {
    learner.expect(i, expected);
    chances.fill(0);
    policy.add(i, 1, chances);
    for (let a = 0; a < ACTIONS; a++) {
      const surprise =
        a === rounds.action[i] ? (rounds.rewards[i] - expected[a]) / rounds.propensities[i] : 0;
      sum += chances[a] * (expected[a] + surprise);
    }
  }
  return sum / (to - from);
}

/** @returns rates over so many runs; `sameLogBias` is that of a policy that is judged by the rows that it learned from */
export function calibrateLearning(world, { seed, runs, rounds }, essai) {
  const covers = ({ status, interval, value }, truth) =>
    status === "ok"
      ? interval[0] <= truth && truth <= interval[1]
      : status !== "degenerate" || Math.abs(value - truth) < 1e-12;
  const tally = { value: 0, over: 0, known: 0, beats: 0, better: 0, halfWidth: 0 };
  let [own, split] = [0, 0];
  const [gaps, sameLog] = [[], []];
  for (let run = 0; run < runs; run++) {
    const log = playLearning(world, `${seed} ${world.key} ${run}`, rounds, essai);
    const learner = new essai.RidgeLearner(log);
    const found = essai.learnedValue(log, learner, { level: 0.95, batches: 10, least: 50 });
    const worth = worthOf(world, log, learner);
    const over = worth - mean(kinds.map((kind) => world.rate(kind, found.single)));
    if (covers(found.value, worth)) tally.value += 1;
    if (covers(found.overSingle, over)) tally.over += 1;
    if (over > 1e-12) tally.better += 1;
    if (found.overSingle.status === "ok") {
      tally.known += 1;
      tally.halfWidth += (found.overSingle.interval[1] - found.overSingle.interval[0]) / 2;
      if (found.overSingle.interval[0] > 0) tally.beats += 1;
    }
    own += (found.value.value - worth) ** 2;
    const parts = new essai.RidgeLearner(log);
    const at = Math.floor(0.8 * rounds);
    for (let i = 0; i < at; i++) parts.add(i);
    split += (scoreOf(log, parts, at, rounds) - worthOf(world, log, parts)) ** 2;
    // The wrong version: every kind's best mean against the best mean of all, on the same rows.
    const sums = kinds.map(() => Array.from({ length: ACTIONS }, () => [0, 0]));
    for (let i = 0; i < rounds; i++) {
      const cell = sums[log.kinds[i]][log.action[i]];
      cell[0] += log.rewards[i];
      cell[1] += 1;
    }
    const rateOf = ([wins, plays]) => wins / plays;
    const total = (a) => sums.reduce((all, cells) => all + rateOf(cells[a]), 0);
    const single = [0, 1, 2].reduce((best, a) => (total(a) > total(best) ? a : best), 0);
    const ahead = mean(sums.map((cells) => Math.max(...cells.map(rateOf)) - rateOf(cells[single])));
    sameLog.push(
      ahead -
        (mean(kinds.map((kind) => Math.max(...[0, 1, 2].map((a) => world.rate(kind, a))))) -
          mean(kinds.map((kind) => world.rate(kind, single)))),
    );
    gaps.push((found.overSingle.value ?? 0) - over);
  }
  const rate = (count) => count / runs;
  return {
    ...{ value: rate(tally.value), over: rate(tally.over), known: rate(tally.known) },
    ...{ beats: rate(tally.beats), better: rate(tally.better) },
    ...{ bias: mean(gaps), sameLogBias: mean(sameLog) },
    biasError: Math.sqrt((mean(gaps.map((gap) => gap * gap)) - mean(gaps) ** 2) / runs),
    halfWidth: tally.halfWidth / Math.max(1, tally.known),
    error: Math.sqrt(own / runs),
    ofSplit: Math.sqrt(own / split),
  };
}

/** Prints every world; how many figures miss their bars within three Monte-Carlo errors. */
export function printLearning({ seed, replications = 400, words, about }, essai) {
  console.log(about);
  let misses = 0;
  const percent = (share) => `${(100 * share).toFixed(1)} %`;
  for (const world of learningWorlds) {
    if (words.length > 0 && !words.some((word) => world.key.startsWith(word))) continue;
    const found = calibrateLearning(world, { seed, runs: replications, rounds: 10_000 }, essai);
    const error = 3 * Math.sqrt((0.95 * 0.05) / replications);
    const held = [found.value >= 0.94 - error, found.over >= 0.94 - error];
    if (found.better === 0) held.push(found.beats <= 0.025 + error);
    misses += held.filter((each) => !each).length;
    console.log(
      `${world.key}: worth covered ${percent(found.value)}, over the single action ${percent(found.over)}`,
    );
    console.log(
      `  said to beat it ${percent(found.beats)}, off by ${found.bias.toFixed(4)} ± ${found.biasError.toFixed(4)}, judged on its own rows by ${found.sameLogBias.toFixed(4)}; ± ${found.halfWidth.toFixed(4)}; error ${found.error.toFixed(4)}, ${found.ofSplit.toFixed(2)} of a split's`,
    );
  }
  return misses;
}
