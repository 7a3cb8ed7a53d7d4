import { ExperimentError, not_finite, unsupported_format, wrong_type } from "../../errors/index.js";
import type { LedgerEntry, LedgerJson } from "./ledger-entry.js";

/** The ledger's JSON with its entries as the ledger keeps them, checked. */
export function readLedger(
  given: unknown,
): Omit<LedgerJson, "entries"> & { readonly entries: readonly LedgerEntry[] } {
  const json = (typeof given === "string" ? parse(given) : given) as LedgerJson | null;
  if (json?.format !== "essai.ledger/1")
    throw new ExperimentError({ unsupported_format }, ["format"], json?.format);
  if (!(json.options instanceof Object)) throw new ExperimentError({ wrong_type }, ["options"], json.options);
  if (!Array.isArray(json.entries)) throw new ExperimentError({ wrong_type }, ["entries"], json.entries);
  const list: LedgerJson["entries"] = json.entries;
  const entries = list.map(({ id, action, at, context = null, settled, rewards }, i): LedgerEntry => {
    const time = Date.parse(at);
    const wrong =
      typeof id !== "string"
        ? "id"
        : !(action instanceof Object)
          ? "action"
          : Number.isNaN(time)
            ? "at"
            : !Array.isArray(rewards) && "rewards";
    if (wrong) throw new ExperimentError({ wrong_type }, ["entries", i, wrong], list[i]![wrong]);
    rewards.forEach(({ value }, j) => {
      if (value !== null && !Number.isFinite(value))
        throw new ExperimentError({ not_finite }, ["entries", i, "rewards", j, "value"], value);
    });
    return {
      id,
      action,
      at: time,
      context,
      settled: settled === true,
      rewards: rewards.length > 0 ? new Map(rewards.map(({ id, ...reward }) => [id, reward])) : null,
    };
  });
  return { ...json, entries };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ExperimentError({ wrong_type }, [], text, { cause });
  }
}
