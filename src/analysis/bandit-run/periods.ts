import type { Estimate } from "../../core/estimate.js";
import type { BanditLog, LogRows } from "../../rounds/index.js";
import { Gain } from "./gain.js";
import type { KnownRegret, RunPeriod } from "./run.js";

const day = 86_400_000;
const mostDays = 62;
const usualBins = 30;

/** Where periods begin: whole days (UTC) where there are 2 to 62 of them, else equal stretches of time. */
function boundsOf({ at, length }: LogRows, periods: number | undefined): readonly number[] {
  const [first = 0, last = 0] = [at[0], at[length - 1]];
  const begin = Math.floor(first / day) * day;
  const days = Math.floor(last / day) - Math.floor(first / day) + 1;
  if (periods === undefined && days >= 2 && days <= mostDays)
    return Array.from({ length: days + 1 }, (_, i) => begin + i * day);
  // Up to the first millisecond after the last decision.
  const span = last + 1 - first;
  const count = Math.min(periods ?? usualBins, span);
  return Array.from({ length: count + 1 }, (_, i) => first + Math.floor((i * span) / count));
}

/** Sums of one group of decisions. */
export class Tally {
  decisions = 0;
  rewards = 0;
  total = 0;
  readonly played: number[];
  readonly armRewards: number[];
  readonly armTotals: number[];
  readonly #recorded: number[];
  #vectors = 0;

  constructor(arms: number) {
    this.played = new Array<number>(arms).fill(0);
    this.armRewards = [...this.played];
    this.armTotals = [...this.played];
    this.#recorded = [...this.played];
  }

  add(rows: LogRows, i: number): void {
    const [arm, reward, vector] = [rows.arm[i] ?? 0, rows.reward[i] ?? Number.NaN, rows.vector[i]];
    this.decisions += 1;
    this.played[arm] = (this.played[arm] as number) + 1;
    if (vector) {
      this.#vectors += 1;
      let place = 0;
      for (const chance of vector) {
        this.#recorded[place] = (this.#recorded[place] ?? 0) + chance;
        place += 1;
      }
    }
    if (Number.isNaN(reward)) return;
    this.rewards += 1;
    this.total += reward;
    this.armRewards[arm] = (this.armRewards[arm] as number) + 1;
    this.armTotals[arm] = (this.armTotals[arm] as number) + reward;
  }

  get mean(): number | null {
    return this.rewards > 0 ? this.total / this.rewards : null;
  }
  get served(): readonly number[] {
    return this.played.map((count) => (this.decisions > 0 ? count / this.decisions : 0));
  }
  get recorded(): readonly number[] | null {
    return this.#vectors > 0 ? this.#recorded.map((sum) => sum / this.#vectors) : null;
  }
}

/** The run, stretch by stretch, and over all of it. */
export interface Course {
  readonly periods: readonly RunPeriod[];
  readonly all: Tally;
  readonly gain: Estimate;
  readonly known: KnownRegret | undefined;
}

/**
 * Follows a log through time.
 * @param periods number of equal stretches; default whole days
 */
export function courseOf({ arms, rows }: BanditLog, level: number, periods?: number): Course {
  const bounds = boundsOf(rows, periods);
  const gain = new Gain(arms.length, level);
  const all = new Tally(arms.length);
  const told =
    rows.expected.length === rows.length && rows.expected.every((expected) => expected !== undefined);
  let [regret, uniform, at] = [0, 0, 0];
  const list = bounds.slice(1).map((to, i): RunPeriod => {
    const own = new Tally(arms.length);
    for (; at < rows.length && (rows.at[at] ?? 0) < to; at++) {
      own.add(rows, at);
      all.add(rows, at);
      gain.add(rows, at);
      const expected = rows.expected[at];
      if (expected) {
        regret += expected.best - expected.chosen;
        uniform += expected.best - expected.uniform;
      }
    }
    return {
      from: new Date(bounds[i] as number).toISOString(),
      to: new Date(to).toISOString(),
      decisions: own.decisions,
      rewards: own.rewards,
      mean: own.mean,
      served: own.decisions > 0 ? own.served : null,
      recorded: own.recorded,
      gain: gain.estimate(),
      ...(told ? { known: { regret, uniform } } : {}),
    };
  });
  return { periods: list, all, gain: gain.estimate(), known: told ? { regret, uniform } : undefined };
}
