import { defineExperiment, gatesOf } from "essai";
import {
  type BanditState,
  bernoulli,
  constraint,
  createBandit,
  decide,
  factorial,
  linear,
  logistic,
  net,
  type Outcome,
  probabilities,
  quickDecide,
  thompson,
  update,
} from "essai/bandits";
import { type BenchRow, measure } from "./harness.js";

const now = new Date("2026-11-21T12:00:00Z");
const arms = "abcdefghij".split("");
const definition = defineExperiment({
  key: "bench",
  unit: "userId",
  control: "a",
  variants: Object.fromEntries(arms.map((arm) => [arm, null])),
  policy: "thompson",
});
const ids = Array.from({ length: 4096 }, (_, i) => `user-${i * 7919}`);

/** Reproducible numbers in [−1, 1) without a generator's cost. */
const wave = (i: number): number => Math.sin(i * 12.9898) * 0.999;

function betaState() {
  const outcomes: Outcome[] = Array.from({ length: 20_000 }, (_, i) => ({
    variant: arms[i % 10]!,
    reward: wave(i) > 0.8 - 0.02 * (i % 10) ? 1 : 0,
  }));
  return update(createBandit(definition, { thompson }, { model: bernoulli() }), outcomes);
}

function linearState(d: number) {
  const model = linear({ features: [{ kind: "vector", field: "x", size: d - 1 }] });
  const contexts = Array.from({ length: 256 }, (_, i) => ({
    x: Array.from({ length: d - 1 }, (_, j) => wave(i * 131 + j)),
  }));
  const outcomes: Outcome[] = Array.from({ length: 3000 }, (_, i) => ({
    variant: arms[i % 10]!,
    reward: wave(i * 3 + (i % 10)),
    context: contexts[i % 256]!,
  }));
  return { state: update(createBandit(definition, { thompson }, { model }), outcomes), contexts, outcomes };
}

const levelsOf = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);

/** What × how × when for three segments, with 20,000 rewards. */
function factorialState(counts: readonly number[]) {
  const factors = Object.fromEntries(counts.map((count, i) => [`factor${i}`, levelsOf("level", count)]));
  const segments = { field: "segment", levels: levelsOf("segment", 3) };
  const campaign = defineExperiment({ key: "campaign", unit: "userId", factors, policy: "thompson" });
  const empty = createBandit(campaign, { thompson }, { model: factorial({ segments }) });
  const outcomes: Outcome[] = Array.from({ length: 20_000 }, (_, i) => ({
    variant: empty.setup.arms[(i * 7919) % empty.setup.arms.length]!.key,
    reward: wave(i) > 0.85 - 0.02 * (i % 5) ? 1 : 0,
    context: { segment: `segment${i % 3}` },
  }));
  return update(empty, outcomes);
}

function logisticState(d: number, cells: number) {
  const model = logistic({ features: [{ kind: "vector", field: "x", size: d - 1 }], cells });
  const outcomes: Outcome[] = Array.from({ length: cells * 10 }, (_, i) => ({
    variant: arms[i % 10]!,
    reward: wave(i) > 0.7 - 0.02 * (i % 10) ? 1 : 0,
    context: { x: Array.from({ length: d - 1 }, (_, j) => wave(i * 131 + j)) },
  }));
  return update(createBandit(definition, { thompson }, { model }), outcomes);
}

/** The same knowledge, nothing worked out from it yet. */
const anew = (state: BanditState): BanditState => ({ ...state, sums: state.sums.slice() });

const offers = (count: number) => Array.from({ length: count }, (_, i) => `offer${i}`);

const catalogue = (count: number) =>
  defineExperiment({
    key: "catalogue",
    unit: "userId",
    control: "offer0",
    variants: Object.fromEntries(offers(count).map((key) => [key, null])),
    policy: "thompson",
  });

/** Up to 500 rewards of each of many arms. */
function manyState(count: number): BanditState {
  const state = createBandit(catalogue(count), { thompson });
  const sums = state.sums.map((_, i) => {
    const n = Math.floor(250 * (1 + wave(i)));
    const wins = Math.floor(0.15 * n * (1 + wave(i + 0.5)));
    return [wins, n - wins];
  });
  return { ...state, sums };
}

/** Puts a lopsided vector, a third of it zeros, under a floor, a cap of every third action and a fixed share. */
function projections(count: number): (n: number) => number {
  const weights = offers(count).map((_, i) => (i % 3 === 2 ? 0 : Math.exp(6 * wave(i))));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const vector = weights.map((weight) => weight / total);
  const bounds = {
    least: vector.map((_, i) => (i === 1 ? 0.1 : 0.1 / count)),
    most: vector.map((_, i) => (i === 1 ? 0.1 : i % 3 === 0 ? 3 / count : 1)),
  };
  const held = constraint({ name: "held", settings: {}, bounds: () => bounds });
  const limits = { eligible: [...vector.keys()], actions: offers(count), control: 0, rewards: 0 };
  return (n) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += held.hold(vector, [held], limits)[0]!;
    return sum;
  };
}

/** Decisions, vectors and updates, one core. */
export function bench(): BenchRow[] {
  const beta = betaState();
  const priced = { ...beta, setup: { ...beta.setup, objective: net({ costs: { b: 0.01 } }) } };
  const [many, thousands] = [manyState(1000), catalogue(10_000)];
  const [small, large] = [linearState(20), linearState(100)];
  const row = (name: string, value: number, unit: string, bound: Partial<BenchRow> = {}): BenchRow => ({
    group: "bandits",
    name,
    value,
    unit,
    ...bound,
  });
  const decisions = (n: number, act: (i: number) => { readonly variant: string | null }) => {
    let chosen = 0;
    for (let i = 0; i < n; i++) chosen += act(i).variant?.length ?? 0;
    return chosen;
  };
  const perSecond = (act: (i: number) => { readonly variant: string | null }) =>
    measure((n) => decisions(n, act)).perSecond;
  const milliseconds = (act: (i: number) => number) =>
    measure((n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += act(i);
      return sum;
    }).microseconds / 1000;
  const campaign = factorialState([4, 3, 4]);
  const wide = factorialState(Array.from({ length: 6 }, () => 4));
  const dense = logisticState(200, 500);
  const request = (i: number) => ({ unitId: ids[i & 4095]!, occasion: "o", now });
  const gates = gatesOf(definition);

  return [
    row(
      "Beta-Thompson, 10 arms, decide with the cached vector",
      perSecond((i) => decide(beta, request(i))),
      "decisions / CPU-s",
      { atLeast: 1e6, note: "the unit's and occasion's own point; the whole decision record" },
    ),
    row(
      "the same behind the definition's gates",
      perSecond((i) => decide(beta, { ...request(i), gates })),
      "decisions / CPU-s",
      { note: "whether the unit may enter, asked of the catalogue" },
    ),
    row(
      "Beta-Thompson, 10 arms, one posterior draw from the unit's stream",
      perSecond((i) => quickDecide(beta, request(i))),
      "decisions / CPU-s",
      { atLeast: 1e6, note: "twenty gamma draws and the whole decision record" },
    ),
    row(
      "Beta-Thompson, 10 arms, exact vector",
      measure((n) => {
        let sum = 0;
        for (let i = 0; i < n; i++) sum += probabilities({ ...beta })[3]!;
        return sum;
      }).microseconds / 1000,
      "ms",
      { atMost: 0.3, note: "quadrature, nothing cached" },
    ),
    row(
      "Beta-Thompson, 1,000 arms, exact vector",
      milliseconds(() => probabilities({ ...many })[3]!),
      "ms",
      { atMost: 200, note: "up to 500 rewards an arm" },
    ),
    row(
      "Beta-Thompson, 10,000 arms, created and decided among",
      milliseconds(() => decide(createBandit(thousands, { thompson }), request(0)).propensity),
      "ms",
      { atMost: 2000, note: "its definition is not counted; the record carries one probability" },
    ),
    row(
      "projection onto a floor, caps and a control share, 10 arms",
      measure(projections(10)).microseconds,
      "µs",
      { atMost: 2 },
    ),
    row("the same, 1,000 arms", measure(projections(1000)).microseconds, "µs", { atMost: 60 }),
    row(
      "Beta-Thompson with `net`, 10 arms, a quick decision",
      perSecond((i) => quickDecide(priced, request(i))),
      "decisions / CPU-s",
      { atLeast: 500_000, note: "one draw of the fixed set" },
    ),
    row(
      "linear Thompson, d = 20, 10 arms, one posterior draw",
      perSecond((i) => quickDecide(small.state, { ...request(i), context: small.contexts[i & 255]! })),
      "decisions / CPU-s",
      { atLeast: 150_000 },
    ),
    row(
      "linear Thompson, d = 20, 10 arms, with the vector",
      perSecond((i) =>
        decide(small.state, { ...request(i), context: { x: small.contexts[i & 255]!.x.with(0, wave(i)) } }),
      ),
      "decisions / CPU-s",
      { atLeast: 15_000, note: "a new context each time; quadrature over normals" },
    ),
    row(
      "linear Thompson, d = 20, update",
      measure((n) => {
        let state = small.state;
        for (let i = 0; i < n; i += 1000)
          state = update(state, small.outcomes.slice(0, Math.min(1000, n - i)));
        return state.rewards;
      }).perSecond,
      "rewards / CPU-s",
      { atLeast: 400_000, note: "batches of 1,000" },
    ),
    row(
      "linear Thompson, d = 100, 10 arms, one posterior draw",
      perSecond((i) => quickDecide(large.state, { ...request(i), context: large.contexts[i & 255]! })),
      "decisions / CPU-s",
      { atLeast: 7_000 },
    ),
    row(
      "what × how × when, 4 × 3 × 4 in three segments: learned from and decided by one draw",
      milliseconds(
        (i) =>
          quickDecide(anew(campaign), { ...request(i), context: { segment: "segment1" } }).stateHash.length,
      ),
      "ms",
      { note: "88 coefficients in 10 blocks fitted anew" },
    ),
    row(
      "the same with the vector",
      milliseconds(() => probabilities(anew(campaign), { context: { segment: "segment1" } })[3]!),
      "ms",
      { note: "1,024 posterior draws of 48 combinations" },
    ),
    row(
      "six factors of four levels: the vector over 4,096 combinations",
      milliseconds(() => probabilities(anew(wide), { context: { segment: "segment1" } })[3]!),
      "ms",
      { note: "coordinate ascent in each of 1,024 posterior draws; fit included" },
    ),
    row(
      "logistic, d = 200, 10 arms of 500 distinct contexts: fit and vector",
      milliseconds(
        () => probabilities(anew(dense), { context: { x: Array.from({ length: 199 }, () => 0.5) } })[3]!,
      ),
      "ms",
      { note: "Newton's method, variances estimated; then kept until the next reward" },
    ),
  ];
}
