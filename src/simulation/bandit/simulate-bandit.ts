import { type BanditState, decide, type QuickDecision, quickDecide } from "../../bandits/index.js";
import type { Decision } from "../../rounds/index.js";
import type { FieldsFor } from "../../shapes/index.js";
import type { BanditWorld } from "./bandit-world.js";
import {
  type Choose,
  type Outplayed,
  type Played,
  type SimulationOptions,
  simulationFields,
  startGame,
} from "./play.js";

/** What some rounds of a simulated bandit came to. */
export interface SimulatedPart {
  readonly rounds: number;
  /** Sum of the rewards that came. */
  readonly reward: number;
  /** What was given up against always playing the best action, in expectation. */
  readonly regret: number;
  /** What playing all actions alike would have given up. */
  readonly uniformRegret: number;
  /** Fraction of the rounds each arm was played in, in the order of the arms. */
  readonly shares: readonly number[];
}

/** A simulated run in numbers. */
export interface SimulatedBandit extends SimulatedPart {
  /** Keys of the arms, in the order of `shares`. */
  readonly arms: readonly string[];
  /** Period by period, those without any round left out. */
  readonly periods: readonly (SimulatedPart & { readonly period: number })[];
  /** The world's segments by code point; empty where it has none. */
  readonly segments: readonly (SimulatedPart & { readonly segment: string })[];
  /** Rewards that came after their decision's attribution window had closed, and were not learned. */
  readonly late: number;
  /** What the bandit knows in the end. */
  readonly state: BanditState;
}

/** A simulated round: a bandit's, and all that is known of it. */
export type SimulatedRound = Omit<Played<Decision>, "arm">;

class Sum {
  rounds = 0;
  reward = 0;
  regret = 0;
  uniformRegret = 0;
  readonly plays: Float64Array;

  constructor(arms: number) {
    this.plays = new Float64Array(arms);
  }

  add({ arm, reward, expected: { chosen, best, uniform } }: Played<unknown>): void {
    this.rounds += 1;
    this.reward += reward;
    this.regret += best - chosen;
    this.uniformRegret += best - uniform;
    this.plays[arm]! += 1;
  }

  part(): SimulatedPart {
    const { rounds, reward, regret, uniformRegret, plays } = this;
    return { rounds, reward, regret, uniformRegret, shares: Array.from(plays, (count) => count / rounds) };
  }
}

function sumIn<K>(sums: Map<K, Sum>, key: K, arms: number): Sum {
  let sum = sums.get(key);
  if (!sum) sums.set(key, (sum = new Sum(arms)));
  return sum;
}

/**
 * Plays a bandit in a made-up world and hands out every round as it is played: nothing is kept, so that runs of
 * millions fit in memory.
 * @param bandit   its first state; every live arm can be played
 * @param world    what is true: plain data
 * @param options  seed, rounds, batch, times
 * @returns a generator of rounds (decision, reward, expected rewards, period, segment); it returns the last state
 * @throws ExperimentError at once: every problem of the options, or of the world (paths from ["world"]); `not_a_bandit` at
 *         ["bandit"], `no_eligible_action` at ["bandit", "arms"]. Later, from the generator: `reward_unsupported` at
 *         ["world", "reward"] when the bandit's model does not learn such rewards; `out_of_range` at ["rounds"] when they
 *         would last longer than JavaScript's dates
 */
export function simulateRounds(
  bandit: BanditState,
  world: BanditWorld,
  options: SimulationOptions,
): Generator<SimulatedRound, BanditState> {
  return told(startGame(bandit, world, options, decide).rounds);
}

function* told(game: Generator<Played<Decision>, Outplayed>): Generator<SimulatedRound, BanditState> {
  for (let next = game.next(); ; next = game.next()) {
    if (next.done) return next.value.state;
    const { arm: _, ...round } = next.value;
    yield round;
  }
}

const quickFields = {
  ...simulationFields,
  quick: { kind: "flag", optional: true },
} as const satisfies FieldsFor<SimulationOptions & { readonly quick?: boolean }>;

/**
 * Plays a bandit in a made-up world, through the library's own `decide`, reward ledger and `update`, and sums up.
 * @param bandit         its first state; every live arm can be played
 * @param world          what is true: arms' rewards, segments, effects, drift, seasons, arrivals, delays
 * @param options        seed, rounds, batch, times
 * @param options.quick  decide by one posterior draw (`quickDecide`), without probability vectors: many times faster
 *                       where every reward is learned at once; default false
 * @returns regret against the best action and uniform's, rewards, shares: in all, by period, by segment; the last state
 * @throws ExperimentError with every problem of the options, or of the world (paths from ["world"]); `not_a_bandit` at
 *         ["bandit"], `no_eligible_action` at ["bandit", "arms"]; `reward_unsupported` at ["world", "reward"] when the
 *         bandit's model does not learn such rewards; `out_of_range` at ["rounds"] when they would last longer than
 *         JavaScript's dates; `no_quick_draw` as `quickDecide`
 */
export function simulateBandit(
  bandit: BanditState,
  world: BanditWorld,
  options: SimulationOptions & { readonly quick?: boolean },
): SimulatedBandit {
  const choose: Choose<QuickDecision> = options?.quick ? quickDecide : decide;
  const { rounds: game, segments: names } = startGame(bandit, world, options, choose, quickFields);
  const { arms } = bandit.setup;
  const whole = new Sum(arms.length);
  const periods = new Map<number, Sum>();
  const segments = new Map<string, Sum>();
  for (let next = game.next(); ; next = game.next()) {
    if (next.done)
      return {
        ...whole.part(),
        arms: arms.map(({ key }) => key),
        periods: [...periods].map(([period, sum]) => ({ period, ...sum.part() })),
        segments: names.flatMap((segment) => {
          const sum = segments.get(segment);
          return sum ? [{ segment, ...sum.part() }] : [];
        }),
        late: next.value.late,
        state: next.value.state,
      };
    const { period, segment } = next.value;
    whole.add(next.value);
    sumIn(periods, period, arms.length).add(next.value);
    if (segment !== undefined) sumIn(segments, segment, arms.length).add(next.value);
  }
}
