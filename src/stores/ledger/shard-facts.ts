import type { BanditDelta } from "../../bandits/index.js";
import { deltaFields, textHash } from "../../bandits/state/index.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  invalid_json,
  unsupported_format,
} from "../../errors/index.js";
import { checkFields, type Fields, type FieldsFor } from "../../shapes/index.js";
import type { Delays } from "./delay-model.js";

/** How many records were not learned as they came, by reason. */
export interface SharedCounts {
  /** Happened after the window of their decision. */
  late: number;
  /** Decisions whose id was known with another action: the first one in the log counts. */
  conflicting: number;
  /** Decisions that came in when those of their time had been forgotten. */
  pruned: number;
  /** Rewards and withdrawals that came before their decision and waited for it. */
  early: number;
  /** Of those, the ones whose decision did not come. */
  unmatched: number;
  /** Outcomes that were learned anew after their window had closed. */
  corrected: number;
}
export type ShardCounts = SharedCounts;

export const emptyCounts: SharedCounts = {
  late: 0,
  conflicting: 0,
  pruned: 0,
  early: 0,
  unmatched: 0,
  corrected: 0,
};

/** What a store holds of a shard beside its log. Whoever changes it has the shard: each change is a compare-and-swap. */
export interface ShardFacts {
  /** How often the shard has changed hands. */
  readonly token: number;
  readonly holder: string;
  /** The last settlement; null: there was none. */
  readonly last: string | null;
  readonly settlements: number;
  /** Of the last delta of each kind. */
  readonly sequences: Readonly<Record<string, number>>;
  /** Of each kind, the last two: perhaps not merged yet. */
  readonly deltas: readonly { readonly kind: string; readonly delta: BanditDelta }[];
  /** When the last settlement was made, by its holder's clock. */
  readonly closedBefore: number | null;
  readonly forgottenBefore: number | null;
  /** The entry of the log that `counts` reach to. */
  readonly counted: number;
  readonly counts: SharedCounts;
  readonly delays: Readonly<Record<string, Delays>>;
}

const FORMAT = "essai.ledger-shard/1";
const whole = { kind: "number", atLeast: 0, whole: true } as const;
const orNull = (shape: { readonly kind: "number" } | { readonly kind: "text" }) =>
  ({ kind: "either", of: [{ kind: "null" }, shape] }) as const;
const pair = { kind: "number", atLeast: 0 } as const;

const fields = {
  format: { kind: "word", of: [FORMAT], format: true },
  token: whole,
  holder: { kind: "text" },
  last: orNull({ kind: "text" }),
  settlements: whole,
  sequences: { kind: "map", of: whole },
  deltas: {
    kind: "list",
    of: { kind: "object", has: { kind: { kind: "text" }, delta: { kind: "object", has: deltaFields } } },
  },
  closedBefore: orNull({ kind: "number" }),
  forgottenBefore: orNull({ kind: "number" }),
  counted: whole,
  counts: {
    kind: "object",
    has: { late: whole, conflicting: whole, pruned: whole, early: whole, unmatched: whole, corrected: whole },
  },
  delays: {
    kind: "map",
    of: {
      kind: "object",
      has: {
        arrived: { kind: "list", of: pair },
        all: { kind: "tuple", of: [pair, pair] },
        actions: { kind: "list", of: { kind: "tuple", of: [{ kind: "text" }, pair, pair] } },
      },
    },
  },
} as const satisfies Fields & FieldsFor<ShardFacts & { readonly format: string }>;

export const newFacts: ShardFacts = {
  token: 0,
  holder: "",
  last: null,
  settlements: 0,
  sequences: {},
  deltas: [],
  closedBefore: null,
  forgottenBefore: null,
  counted: 0,
  counts: emptyCounts,
  delays: {},
};

export const factsText = (facts: ShardFacts): string => JSON.stringify({ format: FORMAT, ...facts });

/** Under which a store has a text: two that it had one after the other have different ones. */
export const tagOf = (count: number, text: string): string => `${count}:${textHash(text)}`;

/**
 * JSON of a store, checked.
 * @throws ExperimentError `invalid_json`, `unsupported_format`, and what is wrong, at ["store", …]
 */
export function readStored<T>(text: string, format: string, shape: Fields): T {
  let value: ReturnType<typeof JSON.parse>;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw errorOf([detailedProblem({ invalid_json }, ["store"], text, { detail: String(cause) })], { cause });
  }
  if (Object(value).format !== format)
    throw new ExperimentError({ unsupported_format }, ["store", "format"], Object(value).format, {
      known: [format],
    });
  checkFields(value, shape, ["store"]);
  return value;
}

export const readFacts = (text: string): ShardFacts => readStored<ShardFacts>(text, FORMAT, fields);
