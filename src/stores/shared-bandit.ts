import type { BanditDelta, BanditState, Outcome } from "../bandits/index.js";
import type { Configuration, ConfigurationChange } from "./configuration.js";

/** What became of what was learned here: `waiting + merged + lost` is all of it. */
export interface SharedStats {
  /** Rewards that the store does not have, as far as is known. */
  readonly waiting: number;
  /** Rewards that it has. */
  readonly merged: number;
  /** Rewards that were given again to a store that came back without them. */
  readonly restored: number;
  /** Rewards that a store came back without and that were not held here any more; at least. */
  readonly lost: number;
  /** Of what the store held when it last answered; 0: nothing, or it did not answer yet. */
  readonly revision: number;
  /** How often in a row it did not do what it was asked. */
  readonly failures: number;
  /** Why it did not the last time. */
  readonly problem?: unknown;
}

/** A bandit that several processes learn together, as `shareBandit` gives it. */
export interface SharedBandit<V extends string = string, P = unknown> {
  /** The bandit to decide with: what the store held last, and what was learned here by the last exchange. */
  readonly bandit: BanditState<V, P>;
  /** What the store's configuration was last; version 0: nobody has configured anything. */
  readonly configuration: Configuration;
  /**
   * Learns outcomes here, at once; the next exchange gives them to the store and makes a new state of `bandit`. Never waits.
   * @param outcomes  as `update` takes them
   * @throws ExperimentError what `update` refuses: then nothing is learned; `no_source` at ["source"] when it was shared
   *         under no name; `share_closed` at ["bandit"] after `close`
   */
  learn(outcomes: readonly Outcome[]): void;
  /**
   * Exchanges what was learned with the store, now. One exchange goes on at a time.
   * @returns what became of it; it never rejects: where the store fails, `problem` says why, and what was learned waits
   */
  sync(): Promise<SharedStats>;
  /**
   * Merges what another process learned, once: from `takeDelta`, delivered as often as need be.
   * @param delta  the deltas of one source in their order
   * @throws ExperimentError what `mergeDelta` refuses; `store_unavailable` at ["store"], and what is wrong with what it holds
   */
  merge(delta: BanditDelta): Promise<void>;
  /**
   * Pauses arms or changes constraints, for all processes, from their next exchange on.
   * @param change  what to change of `configuration`, and its version
   * @returns the new configuration
   * @throws ExperimentError `stale_configuration` at ["version"] where another has changed it since: `sync`, look at it, and
   *         try again; `unknown_action` at ["paused", i]; `not_a_part` and what a part refuses at ["constraints", i, …];
   *         `store_unavailable` at ["store"], and what is wrong with what it holds
   */
  configure(change: ConfigurationChange): Promise<Configuration>;
  /** What became of what was learned here. */
  stats(): SharedStats;
  /**
   * Takes nothing more, gives the store what waits, and ends.
   * @returns what became of it; what still waits is in the journal, or lost where there is none
   */
  close(): Promise<SharedStats>;
}
