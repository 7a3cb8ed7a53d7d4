/** Whether the units arrived in the planned shares (sample-ratio mismatch). */
export type Check = {
  /** A definition version, or null for all of them together. */
  readonly definitionVersion: number | null;
  /** The rule whose held-back share is checked; absent for the experiment's own shares. */
  readonly rule?: string;
  /** The dimension within whose levels the shares were checked, and the level where they are the least likely. */
  readonly dimension?: string;
  readonly level?: string;
  /** How many levels were checked, and in how many of them the check fails. */
  readonly levels?: number;
  readonly failing?: number;
  readonly variants: readonly string[];
  /** Units seen, one count per variant. */
  readonly observed: readonly number[];
} & (
  | {
      readonly status: "passed" | "failed";
      /** Units expected from the definition's allocation, one count per variant. */
      readonly expected: readonly number[];
      /** Pearson's χ². */
      readonly statistic: number;
      readonly df: number;
      /** Of χ², exact where counts are small; that of the sequential test where there may be several looks: it holds at each. */
      readonly pValue: number;
      /** Whether it is the sequential test's. */
      readonly sequential?: true;
      /** The check fails below this p-value. */
      readonly threshold: number;
    }
  | { readonly status: "undefined" | "adaptive"; readonly reason: string }
);
