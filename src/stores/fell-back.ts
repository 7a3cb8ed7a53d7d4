import { ExperimentError, store_fell_back } from "../errors/index.js";

/**
 * What tells that a store came back without some of what it had confirmed.
 * @param whose   the process or the shard that had told it
 * @param missed  records or rewards
 * @param again   of these, those that were given again
 */
export const fellBack = (whose: string, missed: number, again: number): ExperimentError =>
  new ExperimentError({ store_fell_back }, ["store"], again, { other: whose, expected: { length: missed } });
