import type { CodedAttribute } from "../attribute.js";
import type { CodeTable } from "../code-table.js";
import type { Evidence, SearchRound, SplitFinding } from "../find-segments.js";

/** What a thread is given when it starts. */
export type ThreadStart = Pick<CodeTable, "codes" | "bins"> & {
  readonly attributes: readonly CodedAttribute[];
};

/** One split to search. */
export interface Question {
  readonly round: Omit<Evidence, "table"> & Pick<SearchRound, "splits" | "limits">;
  readonly split: number;
  readonly gone: Uint8Array | undefined;
}

export type Answer = SplitFinding | null;
