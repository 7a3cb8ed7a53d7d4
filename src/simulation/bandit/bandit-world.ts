import type { Delay } from "./delays.js";
import type { Drift } from "./drifts.js";
import type { RewardLaw } from "./reward-laws.js";
import type { When } from "./when.js";

/** What comes with the time of day or of week, on the reward's link scale. */
export interface Season {
  /** By hour of the day (UTC), 24 numbers. */
  readonly hours?: readonly number[];
  /** By weekday (UTC), seven numbers, Sunday first. */
  readonly weekdays?: readonly number[];
  readonly when?: When;
}

/** How many units come when. */
export interface Arrivals {
  /** Mean number per day, > 0; default 1,000. */
  readonly perDay?: number;
  /** Relative number by hour of the day (UTC), 24 weights ≥ 0. */
  readonly hours?: readonly number[];
  /** Relative number by weekday (UTC), seven weights ≥ 0, Sunday first. */
  readonly weekdays?: readonly number[];
}

/** A world that a bandit can be tried in: plain data, JSON. With a seed it is one course of events. */
export interface BanditWorld {
  /** Default: 0 or 1. */
  readonly reward?: RewardLaw;
  /** Level of the arms that `arms` does not name: their chance, mean count or mean amount; default 0.1. */
  readonly base?: number;
  /** Level of an arm, everywhere or by segment. */
  readonly arms?: Readonly<Record<string, number | Readonly<Record<string, number>>>>;
  /** What factors' levels, segments and their combinations add on the link scale (log-odds for chances). */
  readonly effects?: readonly { readonly when: When; readonly by: number }[];
  /** The context's field that tells segments, and how frequent each is (relative). */
  readonly segments?: { readonly field: string; readonly shares: Readonly<Record<string, number>> };
  readonly drift?: readonly Drift[];
  readonly seasons?: readonly Season[];
  readonly arrivals?: Arrivals;
  /** Absent: rewards are known at once. */
  readonly delay?: Delay;
}
