/** What became of exposures whose senders were killed. */
export function killRounds(options: {
  readonly kills: number;
  readonly many: number;
  readonly chance: () => number;
}): Promise<{
  readonly taken: readonly string[];
  readonly arrived: ReadonlyMap<string, number>;
  readonly last: Record<string, unknown>;
  readonly left: readonly string[];
}>;
