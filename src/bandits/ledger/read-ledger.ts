import {
  duplicate_key,
  ExperimentError,
  errorOf,
  invalid_instant,
  invalid_json,
  type Problem,
  problem,
  unknown_reward_kind,
  unsupported_format,
} from "../../errors/index.js";
import { checkFields, type Fields, type FieldsType } from "../../shapes/index.js";
import { orNull } from "../setting-shapes.js";
import type { LedgerEntry, LedgerJson } from "./ledger-entry.js";
import { ledgerFields } from "./ledger-options.js";

const text = { kind: "text", empty: true } as const;
const whole = { kind: "number", atLeast: 0, whole: true } as const;

/** A ledger's JSON, `essai.ledger/1`. */
export const ledgerJsonFields = {
  format: { kind: "word", of: ["essai.ledger/1"] },
  options: { kind: "object", has: ledgerFields },
  counts: { kind: "object", has: { late: whole, afterSettlement: whole, redecided: whole, pruned: whole } },
  prunedBefore: orNull({ kind: "number", atLeast: -8.64e15, atMost: 8.64e15 }),
  entries: {
    kind: "list",
    of: {
      kind: "object",
      has: {
        id: text,
        action: { kind: "map", of: text },
        at: text,
        context: { kind: "json", optional: true },
        stateHash: { ...text, optional: true },
        settled: { kind: "flag" },
        rewards: {
          kind: "list",
          of: {
            kind: "object",
            has: {
              id: text,
              value: { kind: "either", of: [{ kind: "null" }, { kind: "number" }] },
              at: text,
              kind: text,
              revision: { kind: "number" },
            },
          },
        },
      },
    },
  },
} as const satisfies Fields;

type Entries = FieldsType<typeof ledgerJsonFields>["entries"];

/** What fields by themselves do not say: times, kinds and ids that are there twice. */
function entryProblems(entries: Entries, kinds: readonly string[]): Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id, at, rewards }, i) => {
    const path = ["entries", i];
    const found: Problem[] = [];
    const time = (value: string, ...place: (string | number)[]) => {
      if (Number.isNaN(Date.parse(value)))
        found.push(problem({ invalid_instant }, [...path, ...place], value));
    };
    if (seen.has(id)) found.push(problem({ duplicate_key }, [...path, "id"], id));
    seen.add(id);
    time(at, "at");
    rewards.forEach((reward, j) => {
      if (reward.value === null) return;
      time(reward.at, "rewards", j, "at");
      if (!kinds.includes(reward.kind))
        found.push(
          problem({ unknown_reward_kind }, [...path, "rewards", j, "kind"], reward.kind, { known: kinds }),
        );
    });
    return found;
  });
}

/** The ledger's JSON with its entries as the ledger keeps them, checked. */
export function readLedger(
  given: unknown,
): Omit<LedgerJson, "entries"> & { readonly entries: readonly LedgerEntry[] } {
  const { toJSON } = Object(given);
  const value =
    typeof given === "string" ? parse(given) : typeof toJSON === "function" ? toJSON.call(given) : given;
  const format: unknown = Object(value).format;
  if (format !== "essai.ledger/1")
    throw new ExperimentError({ unsupported_format }, ["format"], format, { known: ["essai.ledger/1"] });
  checkFields(value, ledgerJsonFields);
  const json: LedgerJson = value;
  const problems = entryProblems(json.entries, Object.keys(json.options.kinds ?? { reward: {} }));
  if (problems.length > 0) throw errorOf(problems.slice(0, 20));
  const entries = json.entries.map(
    ({ id, action, at, context = null, stateHash, settled, rewards }): LedgerEntry => ({
      id,
      action,
      at: Date.parse(at),
      context,
      ...(stateHash !== undefined && { stateHash }),
      settled,
      rewards: rewards.length > 0 ? new Map(rewards.map(({ id, ...reward }) => [id, reward])) : null,
    }),
  );
  return { ...json, entries };
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    throw errorOf([problem({ invalid_json }, [], text, { detail: message })], { cause });
  }
}
