import type { BanditRound } from "../../rounds/index.js";
import type { FileValue } from "../files/index.js";

type Columns<T> = { readonly [K in keyof T]-?: boolean };

/** The columns that say what was decided; true: a table must have it. */
export const decisionColumns: Columns<Omit<BanditRound["decision"], "payload">> = {
  ...{ id: true, experiment: true, definitionVersion: true, unitId: true, occasion: true, at: true },
  ...{ variant: false, reason: false, action: true, propensity: true, actions: false, probabilities: false },
  ...{ eligible: false, context: false, policy: true, stateHash: true },
};

/** And what came back. */
export const roundColumns: Columns<Omit<BanditRound, "decision">> = {
  ...{ reward: true, period: false, segment: false, expected: false },
};

/** Columns that hold lists or objects, as JSON text. */
export const jsonColumns: ReadonlySet<string> = new Set([
  ...["action", "actions", "probabilities", "eligible", "context", "expected"],
]);
/** Columns that hold numbers. */
export const numberColumns: ReadonlySet<string> = new Set([
  ...["definitionVersion", "propensity", "reward", "period"],
]);

/** @returns the value of a column as a round holds it; undefined where the row has none. An action may be a bare key */
export function cellValue(name: string, value: FileValue): unknown {
  if (value === null || value === "") return name === "occasion" ? "" : undefined;
  if (numberColumns.has(name)) return Number(value);
  if (!jsonColumns.has(name)) return String(value);
  const text = String(value);
  if (name === "action" && !text.trimStart().startsWith("{")) return { variant: text };
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
