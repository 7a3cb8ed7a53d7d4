import type { BanditState, DecisionRequest, QuickDecision } from "essai/bandits";

/** One model under one objective and policy. */
export interface QuickRow {
  readonly name: string;
  readonly p: number;
  readonly adjusted: number;
}

export const BAR: number;
export function quickTable(options: {
  readonly seed: string;
  readonly draws: number;
  readonly words?: readonly string[];
  readonly choose?: (state: BanditState, request: DecisionRequest) => Pick<QuickDecision, "action">;
}): readonly QuickRow[];
export function calibrateQuick(options: {
  readonly seed: string;
  readonly replications?: number | undefined;
  readonly words?: readonly string[];
  readonly about: string;
}): number;
