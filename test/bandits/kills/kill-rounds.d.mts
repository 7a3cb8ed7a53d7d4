/** What the last process, which is let live, says. */
export interface Outcome {
  readonly rewards: number;
  readonly sums: readonly (readonly number[])[];
  readonly pending: number;
  readonly counts: Readonly<Record<string, number>>;
}
/** A ledger whose processes were killed, and one whose process was not. */
export function killRounds(options: {
  readonly kills: number;
  readonly many: number;
  readonly chance: () => number;
}): Promise<{ readonly killed: Outcome; readonly whole: Outcome; readonly at: readonly number[] }>;
