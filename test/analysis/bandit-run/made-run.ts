import type { BanditRound } from "../../../src/analysis/index.js";
import {
  type BanditOptions,
  type BanditState,
  createBandit,
  decide,
  type Parts,
  type Policy,
  policies,
  update,
} from "../../../src/bandits/index.js";
import type { Definition } from "../../../src/core/definition.js";
import { randomSource } from "../../../src/random/index.js";
import { parseExperiment } from "../../../src/schema/index.js";

/** Three arms of a bandit. */
export const offers = parseExperiment({
  key: "offers",
  unit: "userId",
  control: "plain",
  variants: ["plain", "voucher", "gift"].map((key) => ({ key, payload: null })),
  policy: "thompson",
}).definition;

/** What is true in a made world: expected reward of each arm at a fraction of the run, in [0, 1]. */
export type Truth = (arm: string, done: number, segment: string) => number;

/** Plays a bandit with rewards of 0 or 1; every unit decides `repeats` times. */
export function madeRun({
  experiment = offers,
  options = {},
  truth,
  rounds = 1_000,
  batch = 50,
  seed,
  days = 10,
  repeats = 1,
  segments = [],
}: {
  readonly experiment?: Definition;
  readonly options?: BanditOptions;
  readonly truth: Truth;
  readonly rounds?: number;
  readonly batch?: number;
  readonly seed: string | number;
  readonly days?: number;
  readonly repeats?: number;
  readonly segments?: readonly string[];
}): { readonly log: BanditRound[]; readonly state: BanditState; readonly gain: number } {
  let state = createBandit<Definition, Parts<Policy>>(experiment, policies, options);
  const random = randomSource(seed);
  const arms = state.setup.arms.map(({ key }) => key);
  const start = Date.UTC(2026, 0, 5);
  const log: BanditRound[] = [];
  let gain = 0;
  while (log.length < rounds) {
    const played = Array.from({ length: Math.min(batch, rounds - log.length) }, (_, i) => {
      const at = log.length + i;
      const segment = segments[at % Math.max(1, segments.length)] ?? "";
      const decision = decide(state, {
        unitId: `${seed}-u${Math.floor(at / repeats)}`,
        occasion: `o${at}`,
        now: new Date(start + (at / rounds) * days * 86_400_000),
        context: segments.length > 0 ? { segment } : null,
      });
      const arm = arms.find((_, j) => state.setup.arms[j]?.action === decision.action) as string;
      const chances = arms.map((key) => truth(key, at / rounds, segment));
      const chosen = truth(arm, at / rounds, segment);
      const uniform = chances.reduce((sum, each) => sum + each, 0) / arms.length;
      gain +=
        (decision.probabilities ?? []).reduce((sum, p, j) => sum + p * (chances[j] as number), 0) - uniform;
      const reward = random.next() < chosen ? 1 : 0;
      return { decision, reward, expected: { chosen, uniform, best: Math.max(...chances) } };
    });
    state = update(
      state,
      played.map(({ decision, reward }) => ({ ...decision, reward })),
    );
    log.push(...played);
  }
  return { log, state, gain };
}
