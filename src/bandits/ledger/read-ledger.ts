import {
  detailedProblem,
  duplicate_key,
  type ErrorPath,
  ExperimentError,
  errorOf,
  invalid_instant,
  invalid_json,
  type Problem,
  problem,
  unknown_reward_kind,
  unsupported_format,
} from "../../errors/index.js";
import { recordedTime } from "../../rounds/recorded-time.js";
import { checkFields, type Fields, type FieldsType } from "../../shapes/index.js";
import { orNull } from "../setting-shapes.js";
import type { KeptReward } from "./kept-reward.js";
import type { LedgerEntry, LedgerJson } from "./ledger-entry.js";
import { ledgerFields } from "./ledger-options.js";

const text = { kind: "text", empty: true } as const;
const whole = { kind: "number", atLeast: 0, whole: true } as const;
const reward = {
  id: text,
  value: { kind: "either", of: [{ kind: "null" }, { kind: "number" }] },
  at: text,
  kind: text,
  revision: { kind: "number" },
} as const;

/** A ledger's JSON, `essai.ledger/1`. */
export const ledgerJsonFields = {
  format: { kind: "word", of: ["essai.ledger/1"] },
  options: { kind: "object", has: ledgerFields },
  counts: {
    kind: "object",
    has: {
      ...{ late: whole, afterSettlement: whole, redecided: whole, pruned: whole },
      ...{ early: whole, unmatched: whole, quarantined: whole },
    },
  },
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
        aside: { kind: "object", has: { code: text, message: text }, optional: true },
        rewards: {
          kind: "list",
          of: { kind: "object", has: reward },
        },
      },
    },
  },
  early: { kind: "list", of: { kind: "object", has: { ...reward, decisionId: text } } },
} as const satisfies Fields;

type Given = FieldsType<typeof ledgerJsonFields>;

/** What fields by themselves do not say: times, kinds and ids that are there twice. */
function entryProblems({ entries, early }: Given, kinds: readonly string[]): Problem[] {
  const found: Problem[] = [];
  const time = (value: string, path: ErrorPath) => {
    if (Number.isNaN(recordedTime(value))) found.push(problem({ invalid_instant }, path, value));
  };
  const once = (seen: Set<string>, id: string, path: ErrorPath) => {
    if (seen.has(id)) found.push(problem({ duplicate_key }, path, id));
    seen.add(id);
  };
  const rewardAt = (
    each: Given["early"][number] | Given["entries"][number]["rewards"][number],
    path: ErrorPath,
  ) => {
    if (each.value !== null || each.at !== "") time(each.at, [...path, "at"]);
    if (each.value !== null && !kinds.includes(each.kind))
      found.push(problem({ unknown_reward_kind }, [...path, "kind"], each.kind, { known: kinds }));
  };
  const seen = new Set<string>();
  entries.forEach(({ id, at, rewards }, i) => {
    once(seen, id, ["entries", i, "id"]);
    time(at, ["entries", i, "at"]);
    const ids = new Set<string>();
    rewards.forEach((reward, j) => {
      once(ids, reward.id, ["entries", i, "rewards", j, "id"]);
      rewardAt(reward, ["entries", i, "rewards", j]);
    });
  });
  early.forEach((reward, i) => {
    // Its decision is there, so that it waits for nothing.
    if (seen.has(reward.decisionId))
      found.push(problem({ duplicate_key }, ["early", i, "decisionId"], reward.decisionId));
    rewardAt(reward, ["early", i]);
  });
  return found;
}

const kept = <T extends { readonly at: string }>(reward: T) => ({
  ...reward,
  at: reward.at === "" ? null : recordedTime(reward.at),
});

/** The ledger's JSON with its entries as the ledger keeps them, checked. */
export function readLedger(given: unknown): Omit<LedgerJson, "entries" | "early"> & {
  readonly entries: readonly LedgerEntry[];
  readonly early: readonly (KeptReward & { readonly decisionId: string })[];
} {
  const { toJSON } = Object(given);
  const value =
    typeof given === "string" ? parse(given) : typeof toJSON === "function" ? toJSON.call(given) : given;
  const format: unknown = Object(value).format;
  if (format !== "essai.ledger/1")
    throw new ExperimentError({ unsupported_format }, ["format"], format, { known: ["essai.ledger/1"] });
  checkFields(value, ledgerJsonFields);
  const json: LedgerJson = value;
  const problems = entryProblems(value, Object.keys(json.options.kinds ?? { reward: {} }));
  if (problems.length > 0) throw errorOf(problems.slice(0, 20));
  const entries = json.entries.map(
    ({ at, context = null, rewards, ...entry }): LedgerEntry => ({
      ...entry,
      at: recordedTime(at),
      context,
      rewards: rewards.map(kept),
    }),
  );
  return { ...json, entries, early: json.early.map(kept) };
}

function parse(text: string) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { message } = cause as Error;
    throw errorOf([detailedProblem({ invalid_json }, [], text, { detail: message })], { cause });
  }
}
