import type { ReportWorld } from "./report-worlds.mjs";

export function judgeReports(
  world: ReportWorld,
  seed: string,
  most?: number,
): Promise<readonly { readonly name: string; readonly value: number; readonly held: boolean | null }[]>;
