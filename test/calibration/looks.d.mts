/** How often reports of one world, read under one plan, ship or stop at any look. */
export interface LookRow {
  readonly world: string;
  readonly plan: string;
  readonly runs: number;
  readonly ship: number;
  readonly stop: number;
  /** Share that a plan with futility gave up, and the share of the looks that were taken on average. */
  readonly given: number;
  readonly used: number;
  readonly error: number;
  readonly bar?: number | undefined;
  readonly held: boolean;
}

export function lookTable(options: {
  readonly seed: string;
  readonly replications: number;
  readonly words?: readonly string[];
  readonly known?: object;
  readonly keep?: () => void;
}): Promise<readonly LookRow[]>;
