import type { Json } from "../../core/json.js";
import { ExperimentError } from "../../errors/index.js";
import type { LedgerEntry } from "./ledger-entry.js";
import type { KindOptions } from "./ledger-options.js";
import type { SetAside } from "./set-aside.js";
import { worthOf } from "./worth.js";

/** What became of one decision; `update` takes it as it is. */
export interface SettledOutcome {
  readonly decisionId: string;
  readonly action: Readonly<Record<string, string>>;
  readonly reward: number;
  readonly context: Json;
}

/** For every kind of reward the outcomes that are due, in order of their decisions' ids. */
export type SettledOutcomes = Record<string, SettledOutcome[]>;

/** A decision whose outcome could not be learned, and what was wrong with it. */
export interface QuarantinedDecision {
  readonly decisionId: string;
  readonly action: Readonly<Record<string, string>>;
  readonly context: Json;
  /** What its rewards of each kind come to; a kind that has nothing to be learned is left out. */
  readonly outcome: Readonly<Record<string, number>>;
  /** The error's code, e.g. `reward_unsupported`. */
  readonly code: string;
  readonly message: string;
}

/** What every kind of reward is worth. */
export type KindRules = ReadonlyMap<string, Required<KindOptions>>;

/** What the rewards of one kind come to; null where a missing reward is not learned. */
const worth = ({ rewards }: LedgerEntry, kind: string, { combine, missing }: Required<KindOptions>) =>
  worthOf(rewards, kind, combine) ?? missing;

/** The outcomes of decisions by kind. */
export function outcomesOf(entries: readonly LedgerEntry[], rules: KindRules): SettledOutcomes {
  return Object.fromEntries(
    [...rules].map(([kind, rule]) => [
      kind,
      entries.flatMap((entry) => {
        const reward = worth(entry, kind, rule);
        const { id: decisionId, action, context } = entry;
        return reward === null ? [] : [{ decisionId, action, reward, context }];
      }),
    ]),
  );
}

/** A decision that was set aside, as it is told. */
export function quarantinedOf(entry: LedgerEntry, rules: KindRules, why: SetAside): QuarantinedDecision {
  const outcome = [...rules].flatMap(([kind, rule]) => {
    const reward = worth(entry, kind, rule);
    return reward === null ? [] : [[kind, reward] as const];
  });
  return {
    decisionId: entry.id,
    action: entry.action,
    context: entry.context,
    outcome: Object.fromEntries(outcome),
    ...why,
  };
}

/** @returns by decision id, what an error of `update` says of outcomes */
export function refusedBy(error: unknown): Map<string, SetAside> {
  const refused = new Map<string, SetAside>();
  if (error instanceof ExperimentError)
    for (const { decisionId, code, message } of error.problems)
      if (decisionId !== undefined && !refused.has(decisionId)) refused.set(decisionId, { code, message });
  return refused;
}
