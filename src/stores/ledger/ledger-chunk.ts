import { type KeptReward, withdrawal } from "../../bandits/ledger/index.js";
import type { Json } from "../../core/json.js";
import {
  detailedProblem,
  ExperimentError,
  errorOf,
  invalid_json,
  unsupported_format,
} from "../../errors/index.js";

/** What processes tell a shared ledger. */
export type LedgerRecord =
  | {
      readonly type: "decision";
      readonly id: string;
      readonly action: Readonly<Record<string, string>>;
      /** Milliseconds since 1970. */
      readonly at: number;
      readonly context: Json;
    }
  /** A reward, or its withdrawal. */
  | { readonly type: "reward"; readonly id: string; readonly reward: KeptReward }
  /** What was set aside is tried again. */
  | { readonly type: "release"; readonly id: string };

/** The records of one process for one shard, in the order in which they came. */
export interface Chunk {
  /** When it was written, by the clock of who wrote it. */
  readonly now: number;
  readonly records: readonly LedgerRecord[];
}

/** By which a settlement names a decision: the number of its chunk, and its place there. */
export const MOST_RECORDS = 4_096;
export const refOf = (chunk: number, place: number): number => chunk * MOST_RECORDS + place;
export const chunkOf = (ref: number): number => Math.floor(ref / MOST_RECORDS);

/** What a settlement has learned or taken back: from then on, each of these decisions stands at this. */
export interface SettledGroup {
  readonly kind: string;
  readonly value: number;
  /** In sixty-fourths; 0: nothing of it is learned. */
  readonly weight: number;
  /** The first ref, then each one's distance from the one before. */
  readonly refs: readonly number[];
}

/** What one settlement did, one of a chain: an entry that is not in it was never made. */
export interface Settlement {
  readonly id: string;
  readonly previous: string | null;
  readonly groups: readonly SettledGroup[];
}

const CHUNK = "essai.ledger-chunk/1";
const SETTLEMENT = "essai.ledger-settlement/1";

type Coded =
  | readonly [0, id: string, action: number, at: number, context?: Json]
  | readonly [1, decision: string, id: string, value: number, at: number, kind: number, revision?: number]
  | readonly [2, decision: string, id: string]
  | readonly [3, decision: string];

/** Texts and actions by their place in a list. */
class Places<T> {
  readonly list: T[] = [];
  readonly #places = new Map<string, number>();

  of(value: T, text: string): number {
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.list.length);
    return this.list.push(value) - 1;
  }
}

/** A chunk as text: times are distances from when it was written, actions and kinds are listed once. */
export function chunkText({ now, records }: Chunk): string {
  const actions = new Places<Readonly<Record<string, string>>>();
  const kinds = new Places<string>();
  const coded = records.map((record): Coded => {
    if (record.type === "release") return [3, record.id];
    if (record.type === "decision") {
      const { id, action, at, context } = record;
      const head = [0, id, actions.of(action, JSON.stringify(action)), at - now] as const;
      return context === null ? head : [...head, context];
    }
    const { id, value, at, kind, revision } = record.reward;
    if (value === null) return [2, record.id, id];
    const head = [1, record.id, id, value, (at ?? 0) - now, kinds.of(kind, kind)] as const;
    return revision === 0 ? head : [...head, revision];
  });
  return JSON.stringify({ format: CHUNK, now, actions: actions.list, kinds: kinds.list, records: coded });
}

/** A settlement as text. */
export const settlementText = ({ id, previous, groups }: Settlement): string =>
  JSON.stringify({ format: SETTLEMENT, id, previous, groups });

function decoded(
  coded: Coded,
  now: number,
  actions: readonly Readonly<Record<string, string>>[],
  kinds: readonly string[],
): LedgerRecord {
  switch (coded[0]) {
    case 0: {
      const [, id, action, at, context = null] = coded;
      return { type: "decision", id, action: actions[action] ?? {}, at: now + at, context };
    }
    case 1: {
      const [, decision, id, value, at, kind, revision = 0] = coded;
      const reward = { id, value, at: now + at, kind: kinds[kind] ?? "", revision };
      return { type: "reward", id: decision, reward };
    }
    case 2:
      return { type: "reward", id: coded[1], reward: withdrawal(coded[2]) };
    default:
      return { type: "release", id: coded[1] };
  }
}

/**
 * An entry of a shard's log.
 * @throws ExperimentError `invalid_json` or `unsupported_format` at ["store", …]
 */
export function readEntry(text: string): { readonly chunk: Chunk } | { readonly settlement: Settlement } {
  let entry: ReturnType<typeof JSON.parse>;
  try {
    entry = JSON.parse(text);
  } catch (cause) {
    throw errorOf([detailedProblem({ invalid_json }, ["store"], text, { detail: String(cause) })], { cause });
  }
  const { format, now, actions, kinds, records, id, previous, groups } = Object(entry);
  if (format === SETTLEMENT) return { settlement: { id, previous, groups } };
  if (format !== CHUNK)
    throw new ExperimentError({ unsupported_format }, ["store", "format"], format, {
      known: [CHUNK, SETTLEMENT],
    });
  return {
    chunk: { now, records: records.map((each: Coded) => decoded(each, now, actions, kinds)) },
  };
}
