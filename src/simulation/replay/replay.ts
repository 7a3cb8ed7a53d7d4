import { square } from "../../core/powers.js";
/** How a table is replayed. */
export interface ReplayOptions {
  /** Same seed, same result. */
  readonly seed: string | number;
  /** Random orders of the rows, integer ≥ 1; default 5. */
  readonly orders?: number;
  /** Rounds decided before their rewards are learned, integer ≥ 1; default 50. */
  readonly batch?: number;
  /** At most so many rows of each order, integer ≥ 1; default all. */
  readonly rows?: number;
  /** Decide by one posterior draw (`quickDecide`) instead of the probability vector; default false. */
  readonly quick?: boolean;
}

/** An arm of a replay. */
export interface ReplayedArm {
  readonly key: string;
  /** What always playing it brings a round, from the table alone. */
  readonly reward: number;
  /** Fraction of the rounds in which the policy played it, over all orders. */
  readonly share: number;
}

/** What a policy would have earned on a table. */
export interface Replay {
  readonly format: "essai.replay/1";
  readonly kind: "logged" | "labelled";
  readonly orders: number;
  readonly batch: number;
  /** Rows of the table. */
  readonly rows: number;
  /** Rounds that counted, mean over the orders: every row of a labelled table, the accepted ones of a log. */
  readonly rounds: number;
  /** Mean reward a round over all orders; null where too few rows of a log counted, and then all that follows from it. */
  readonly reward: number | null;
  /** Why there is no reward. */
  readonly refused?: string;
  /** Of that mean, over the orders: how much their chance matters, not how much the table's does; null for one order. */
  readonly standardError: number | null;
  /** Of one order's mean, as a sample of so many rounds: mean over the orders; null where none has two rounds. */
  readonly samplingError: number | null;
  /** What playing all arms alike brings a round, from the table alone. */
  readonly uniform: number;
  /** The arm that is best when it is always played. */
  readonly bestFixed: { readonly key: string; readonly reward: number };
  readonly arms: readonly ReplayedArm[];
  /** At twenty points: rounds so far, their mean reward, and that of the rounds since the point before. */
  readonly curve: readonly { readonly rounds: number; readonly reward: number; readonly since: number }[];
  readonly byOrder: readonly { readonly rounds: number; readonly reward: number | null }[];
  /** Logs only: a row that agrees with the policy counts with probability constant / propensity. */
  readonly acceptance?: { readonly constant: number };
}

/** What is read off the table before anything is replayed. */
export interface ReplayFrame {
  readonly kind: Replay["kind"];
  readonly rows: number;
  /** Mean reward of each arm in the table, in the arms' order. */
  readonly means: readonly number[];
  readonly uniform: number;
  readonly acceptance?: NonNullable<Replay["acceptance"]>;
}

/** What one order gave. */
export interface ReplayedOrder {
  /** Reward of each round that counted. */
  readonly rewards: readonly number[];
  readonly plays: readonly number[];
}

const POINTS = 20;
/** Rounds of an order, in the mean, below which a log says nothing: as few effective rounds are refused by `evaluatePolicy`. */
const LEAST_ROUNDS = 50;
const thinReason =
  "the policy hardly ever chose what the log did, so too few rows counted to say what it would have earned";
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of a mean; undefined for fewer than two values. */
function errorOfMean(values: readonly number[]): number | undefined {
  if (values.length < 2) return undefined;
  const center = mean(values);
  const m2 = values.reduce((sum, value) => sum + square(value - center), 0);
  return Math.sqrt(m2 / (values.length - 1) / values.length);
}

function curveOf(orders: readonly ReplayedOrder[]): Replay["curve"] {
  const length = Math.min(...orders.map(({ rewards }) => rewards.length));
  const points = Math.min(POINTS, length);
  const ends = Array.from({ length: points }, (_, i) => Math.round(((i + 1) * length) / points));
  return ends.map((rounds, i) => ({
    rounds,
    reward: mean(orders.map(({ rewards }) => mean(rewards.slice(0, rounds)))),
    since: mean(orders.map(({ rewards }) => mean(rewards.slice(ends[i - 1] ?? 0, rounds)))),
  }));
}

/** Puts the orders of a replay together. */
export function summarizeReplay(
  { kind, rows, means, uniform, acceptance }: ReplayFrame,
  keys: readonly string[],
  batch: number,
  orders: readonly ReplayedOrder[],
): Replay {
  const byOrder = orders.map(({ rewards }) => ({
    rounds: rewards.length,
    reward: rewards.length > 0 ? mean(rewards) : null,
  }));
  const rates = byOrder.flatMap(({ reward }) => (reward === null ? [] : [reward]));
  const errors = orders.flatMap(({ rewards }) => errorOfMean(rewards) ?? []);
  const played = orders.reduce((sum, { rewards }) => sum + rewards.length, 0);
  const best = means.indexOf(Math.max(...means));
  const refused = kind === "logged" && played < LEAST_ROUNDS * orders.length;
  return {
    format: "essai.replay/1",
    kind,
    orders: orders.length,
    batch,
    rows,
    rounds: played / orders.length,
    reward: rates.length > 0 && !refused ? mean(rates) : null,
    ...(refused ? { refused: thinReason } : {}),
    standardError: refused ? null : (errorOfMean(rates) ?? null),
    samplingError: errors.length > 0 && !refused ? mean(errors) : null,
    uniform,
    bestFixed: { key: keys[best]!, reward: means[best]! },
    arms: keys.map((key, arm) => ({
      key,
      reward: means[arm]!,
      share: played > 0 ? orders.reduce((sum, { plays }) => sum + plays[arm]!, 0) / played : 0,
    })),
    curve: refused ? [] : curveOf(orders),
    byOrder,
    ...(acceptance ? { acceptance } : {}),
  };
}
