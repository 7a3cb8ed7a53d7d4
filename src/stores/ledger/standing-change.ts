import type { ShardSlice } from "./shard-slice.js";
import type { Standing } from "./standing.js";

/** One decision that is to stand otherwise with one kind of reward. */
export interface StandingChange {
  readonly slice: ShardSlice;
  readonly row: number;
  readonly kind: number;
  readonly from: Standing;
  readonly to: Standing;
}
