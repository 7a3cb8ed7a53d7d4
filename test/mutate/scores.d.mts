/** What a run found in a folder. */
export interface Score {
  readonly date: string;
  readonly commit: string;
  readonly seed: string;
  /** All that there are; `killed`, `equivalent`, `survived` and `unreached` are of the sample. */
  readonly mutants: number;
  readonly killed: number;
  readonly equivalent: number;
  readonly survived: number;
  readonly unreached: number;
}

export declare function scoresTable(scores: Readonly<Record<string, Score>>): string;
