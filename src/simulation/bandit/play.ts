import {
  type BanditState,
  type DecisionRequest,
  type LedgerOptions,
  type Outcome,
  type QuickDecision,
  RewardLedger,
  update,
} from "../../bandits/index.js";
import { ledgerFields } from "../../bandits/ledger/index.js";
import { requireBandit } from "../../bandits/state/index.js";
import { instantOf } from "../../definition/index.js";
import {
  ExperimentError,
  invalid_instant,
  missing_value,
  no_eligible_action,
  requireNumber,
  reward_unsupported,
} from "../../errors/index.js";
import { randomSource, sampleCategorical } from "../../random/index.js";
import type { BanditRound } from "../../rounds/index.js";
import { checkFields, type Fields, type FieldsFor } from "../../shapes/index.js";
import { arrivalTimes } from "./arrival-times.js";
import type { BanditWorld } from "./bandit-world.js";
import { type BoundWorld, bindWorld } from "./bind-world.js";
import { drawDelay } from "./delays.js";

const HOUR = 3_600_000;
/** The last instant that JavaScript's dates know. */
const LAST = 8.64e15;

/** How a bandit is tried in a world. */
export interface SimulationOptions {
  /** Same seed, same run; two policies under one seed meet the same units and luck. */
  readonly seed: string | number;
  /** Number of decisions, integer ≥ 1. */
  readonly rounds: number;
  /** Decisions made before their rewards are learned, integer ≥ 1; default 1. */
  readonly batch?: number;
  /** When the run begins, ISO 8601 with its zone; default a Monday, `"2026-01-05T00:00:00.000Z"`. */
  readonly start?: string;
  /** Length of a period in hours, > 0; default 24. */
  readonly periodHours?: number;
  /** How rewards are attributed where the world delays them; default a window of 72 hours, missing rewards 0. */
  readonly ledger?: LedgerOptions;
}

/** One round as it is played. */
export interface Played<D> extends Omit<BanditRound, "decision"> {
  readonly decision: D;
  /** Index of the action. */
  readonly arm: number;
  readonly reward: number;
  readonly period: number;
  readonly expected: NonNullable<BanditRound["expected"]>;
}

/** What is left when all rounds are played. */
export interface Outplayed {
  readonly state: BanditState;
  /** Rewards that came after their decision's window had closed. */
  readonly late: number;
}

const count = { kind: "number", atLeast: 1, whole: true } as const;

/** The options of a simulation. */
export const simulationFields = {
  seed: { kind: "either", of: [{ kind: "text", empty: true }, { kind: "number" }] },
  rounds: count,
  batch: { ...count, optional: true },
  start: { kind: "text", optional: true },
  periodHours: { kind: "number", above: 0, optional: true },
  ledger: { kind: "object", has: ledgerFields, optional: true },
} as const satisfies FieldsFor<SimulationOptions>;

function checked(options: SimulationOptions, fields: Fields): Required<SimulationOptions> {
  checkFields(options, fields);
  const {
    seed,
    rounds,
    batch = 1,
    start = "2026-01-05T00:00:00.000Z",
    periodHours = 24,
    ledger = { windowHours: 72 },
  } = options;
  if (Number.isNaN(instantOf(start))) throw new ExperimentError({ invalid_instant }, ["start"], start);
  // A world gives rewards of this kind.
  if (ledger.kinds && !Object.hasOwn(ledger.kinds, "reward"))
    throw new ExperimentError({ missing_value }, ["ledger", "kinds", "reward"], undefined, {
      expected: { type: "object" },
    });
  return { seed, rounds, batch, start, periodHours, ledger };
}

/** How actions are chosen. */
export type Choose<D> = (state: BanditState, request: DecisionRequest) => D;

/**
 * Checks a bandit, a world and options, and plays the bandit in the world, round after round, through the library's own
 * `decide` (or `quickDecide`), ledger and `update`.
 * @param fields  the options that there are
 * @returns the rounds, still to be played, and the world's segments in their order
 */
export function startGame<D extends Pick<QuickDecision, "id" | "action" | "at" | "context" | "stateHash">>(
  bandit: BanditState,
  world: BanditWorld,
  options: SimulationOptions,
  choose: Choose<D>,
  fields: Fields = simulationFields,
): { readonly rounds: Generator<Played<D>, Outplayed>; readonly segments: readonly string[] } {
  requireBandit(bandit, "bandit");
  const full = checked(options, fields);
  const { arms } = bandit.setup;
  const live = [...arms.keys()].filter((arm) => arms[arm]!.status === "live");
  if (live.length === 0) throw new ExperimentError({ no_eligible_action }, ["bandit", "arms"], arms.length);
  const begin = instantOf(full.start);
  const truth = bindWorld(world, arms, live, full.seed, begin);
  return { rounds: playRounds(bandit, world, truth, full, begin, choose), segments: truth.segments };
}

function* playRounds<D extends Pick<QuickDecision, "id" | "action" | "at" | "context" | "stateHash">>(
  bandit: BanditState,
  world: BanditWorld,
  truth: BoundWorld,
  { seed, rounds, batch, periodHours, ledger: ledgerOptions }: Required<SimulationOptions>,
  begin: number,
  choose: Choose<D>,
): Generator<Played<D>, Outplayed> {
  const { arms, model } = bandit.setup;
  const chance = (use: string) => randomSource(`${seed}/${use}`);
  const [segmentChance, rewardChance, delayChance] = [chance("segment"), chance("reward"), chance("delay")];
  const times = arrivalTimes(world.arrivals ?? {}, chance("arrivals"), begin);
  const ledger = world.delay && new RewardLedger(ledgerOptions);
  const indexOf = new Map(arms.map(({ action }, arm) => [action, arm]));
  const occasion = String(seed);

  let state = bandit;
  let waiting: Outcome[] = [];
  for (let round = 0; round < rounds; round++) {
    const { hour, at } = times.next().value;
    if (at > LAST) requireNumber(rounds, ["rounds"], { atMost: round });
    const now = new Date(at);
    if (round % batch === 0 && round > 0) {
      if (ledger) {
        waiting = ledger.settle(now).outcomes.reward!;
        ledger.prune(now);
      }
      if (waiting.length > 0) state = update(state, waiting);
      waiting = [];
    }
    const segment = truth.shares.length > 0 ? sampleCategorical(segmentChance, truth.shares) : 0;
    const { levels, expected, best, uniform, context } = truth.at(segment, hour);
    const decision = choose(state, { unitId: `unit-${round}`, occasion, now, context });
    const arm = indexOf.get(decision.action)!;
    const reward = truth.draw(rewardChance, levels[arm]!, arm);
    if (!model.supports(reward))
      throw new ExperimentError({ reward_unsupported }, ["world", "reward"], reward);
    if (ledger) {
      ledger.decision(decision);
      const delay = drawDelay(world.delay!, delayChance);
      if (reward !== 0 && delay < 1 / 0) {
        const happens = new Date(Math.min(at + Math.round(delay * HOUR), LAST)).toISOString();
        ledger.reward({ decisionId: decision.id, id: decision.id, value: reward, at: happens });
      }
    } else waiting.push({ variant: arms[arm]!.key, reward, context });
    yield {
      decision,
      arm,
      reward,
      period: Math.floor((at - begin) / HOUR / periodHours),
      ...(truth.segments.length > 0 ? { segment: truth.segments[segment]! } : {}),
      expected: { chosen: expected[arm]!, best, uniform },
    };
  }
  if (ledger) waiting = ledger.settle(new Date(LAST)).outcomes.reward!;
  return { state: waiting.length > 0 ? update(state, waiting) : state, late: ledger?.counts.late ?? 0 };
}
