export function killWorkers(options: {
  readonly kind: "file" | "postgres" | "redis";
  readonly workers: number;
  readonly total: number;
  readonly kills: number;
  readonly serverKills?: number;
  readonly pause?: number;
  readonly ledger?: boolean;
  readonly chance: () => number;
}): Promise<{
  readonly sums: readonly (readonly number[])[];
  readonly expected: readonly (readonly number[])[];
  readonly workerKills: number;
  readonly serverKills: number;
  readonly seconds: number;
}>;
