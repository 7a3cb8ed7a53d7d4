import { defineExperiment } from "essai";
import {
  bernoulli,
  createBandit,
  decide,
  linear,
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
    action: arms[i % 10]!,
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
    action: arms[i % 10]!,
    reward: wave(i * 3 + (i % 10)),
    context: contexts[i % 256]!,
  }));
  return { state: update(createBandit(definition, { thompson }, { model }), outcomes), contexts, outcomes };
}

/** Decisions, vectors and updates, one core. */
export function bench(): BenchRow[] {
  const beta = betaState();
  const [small, large] = [linearState(20), linearState(100)];
  const row = (name: string, value: number, unit: string, bound: Partial<BenchRow> = {}): BenchRow => ({
    group: "bandits",
    name,
    value,
    unit,
    ...bound,
  });
  const decisions = (
    n: number,
    act: (i: number) => { readonly action: Readonly<Record<string, string>> },
  ) => {
    let chosen = 0;
    for (let i = 0; i < n; i++) chosen += act(i).action.variant!.charCodeAt(0);
    return chosen;
  };
  const perSecond = (act: (i: number) => { readonly action: Readonly<Record<string, string>> }) =>
    measure((n) => decisions(n, act)).perSecond;
  const request = (i: number) => ({ unitId: ids[i & 4095]!, occasion: "o", now });

  return [
    row(
      "Beta-Thompson, 10 arms, decide with the cached vector",
      perSecond((i) => decide(beta, request(i))),
      "decisions / CPU-s",
      { atLeast: 1e6, note: "the unit's and occasion's own point; the whole decision record" },
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
      { atMost: 1, note: "quadrature, nothing cached" },
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
  ];
}
