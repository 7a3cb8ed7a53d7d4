import {
  type BanditState,
  type Constraint,
  constraints as ownConstraints,
  type Parts,
} from "../bandits/index.js";
import { requireBandit } from "../bandits/state/index.js";
import {
  bandits_differ,
  ExperimentError,
  refuseType,
  requireArray,
  requireMethod,
  unknown_reward_kind,
} from "../errors/index.js";
import { checkFields, type FieldsFor, isPlainObject } from "../shapes/index.js";
import { type KindRule, type SharedKind, sharedKindFields } from "./ledger/kind-rules.js";
import { Leases } from "./ledger/leases.js";
import { LedgerQueue } from "./ledger/ledger-queue.js";
import { LedgerSharing } from "./ledger/ledger-sharing.js";
import { renamed } from "./ledger/renamed.js";
import type { ShardPlace } from "./ledger/shard.js";
import { timely } from "./ledger/timely.js";
import type { LedgerJournal } from "./ledger-journal.js";
import type { LedgerStore } from "./ledger-store.js";
import { shareBandit } from "./share-bandit.js";
import type { SharedBandit } from "./shared-bandit.js";
import type { SharedLedger } from "./shared-ledger.js";

/** How a ledger is shared. `windowHours`, `missing`, `combine` and `early` hold for the kinds that do not say otherwise. */
export interface ShareLedgerOptions<Kind extends string = string> extends Omit<SharedKind, "windowHours"> {
  /** The name of this process: no other that runs has it; the same again after a restart is best. */
  readonly source: string;
  /** The clock, e.g. `Date.now`: milliseconds since 1970. */
  readonly clock: () => number;
  /** A reward counts when it happens at most this long after its decision, in hours. */
  readonly windowHours: number;
  /** What holds for single kinds of reward. */
  readonly kinds?: Readonly<Partial<Record<Kind, SharedKind>>>;
  /**
   * How long after the last window a decision is known, in hours: until then rewards that come late, corrections and
   * withdrawals are learned, and what is delivered again is noticed. More than clocks differ. Default 24.
   */
  readonly keepHours?: number;
  /** Into how many parts the ledger is cut, that processes settle apart; the same in all processes, for good. Default 8. */
  readonly shards?: number;
  /** Milliseconds without a sign of life after which the others settle a process's shards. Default 10,000. */
  readonly lease?: number;
  /** How many records may wait for the store; default 1,000,000. */
  readonly mostWaiting?: number;
  /** Keeps what was recorded until the store has it, so that a killed process loses nothing. Default: memory only. */
  readonly journal?: LedgerJournal;
  /** Milliseconds between two exchanges with the store; 0: only when `sync` is called. Default 1,000. */
  readonly every?: number;
  /** Milliseconds that the store may take to answer. Default 10,000. */
  readonly timeout?: number;
  /** The constraints that a configuration may name, by shorthand. Default: essai's. */
  readonly constraints?: Parts<Constraint>;
  /** Hears of a store, or a journal, that does not do what it is asked. What it throws ends there. */
  readonly onError?: (error: unknown) => void;
}

const LONGEST_TIMER = 2_147_483_647;
const HOUR = 3_600_000;
const { windowHours: anyWindow, ...ofKinds } = sharedKindFields;
const fields = {
  ...ofKinds,
  source: { kind: "text" },
  clock: { kind: "function" },
  windowHours: { kind: "number", above: 0, atMost: anyWindow.atMost },
  kinds: { kind: "map", of: { kind: "object", has: sharedKindFields }, optional: true },
  keepHours: { kind: "number", atLeast: 0, atMost: anyWindow.atMost, optional: true },
  shards: { kind: "number", whole: true, atLeast: 1, atMost: 1_024, optional: true },
  lease: { kind: "number", above: 0, atMost: LONGEST_TIMER, optional: true },
  mostWaiting: { kind: "number", whole: true, atLeast: 1, optional: true },
  journal: { kind: "anything", optional: true },
  every: { kind: "number", atLeast: 0, atMost: LONGEST_TIMER, optional: true },
  timeout: { kind: "number", above: 0, atMost: LONGEST_TIMER, optional: true },
  constraints: { kind: "map", of: { kind: "function" }, optional: true },
  onError: { kind: "function", optional: true },
} as const satisfies FieldsFor<ShareLedgerOptions>;

/** The rule of each kind, in the order of their names: shards number them. */
function rulesOf(kinds: readonly string[], options: ShareLedgerOptions): KindRule[] {
  const { windowHours, missing = 0, combine = "sum", early = true, kinds: given = {} } = options;
  for (const kind of Object.keys(given))
    if (!kinds.includes(kind))
      throw new ExperimentError({ unknown_reward_kind }, ["options", "kinds"], kind, { known: kinds });
  return kinds.map((kind) => {
    const own = given[kind] ?? {};
    return {
      kind,
      window: (own.windowHours ?? windowHours) * HOUR,
      missing: own.missing === undefined ? missing : own.missing,
      combine: own.combine ?? combine,
      early: own.early ?? early,
    };
  });
}

/** All of one experiment: their decisions are the same. */
function requireOneExperiment(bandits: Readonly<Record<string, BanditState>>): string {
  if (!isPlainObject(bandits)) refuseType(bandits, ["bandits"], "object");
  const [first, ...others] = Object.entries(bandits);
  if (!first) refuseType(undefined, ["bandits"], "object");
  for (const [kind, bandit] of Object.entries(bandits)) requireBandit(bandit, `bandits.${kind}`);
  const { experiment } = first[1].setup;
  for (const [kind, { setup }] of others)
    if (setup.experiment !== experiment)
      throw new ExperimentError({ bandits_differ }, ["bandits", kind], setup.experiment, {
        other: experiment,
      });
  return experiment;
}

/**
 * Shares a ledger, and the bandits that it teaches, with other processes: decisions wait in the store until the windows of
 * their rewards have closed, any process takes their rewards, and each decision is settled by one, and counts once. Nothing
 * waits for the store.
 * @param bandits  by kind of reward, the bandit that it teaches, all of one experiment; `{ reward: bandit }` where there is
 *                 one kind only. In the store that one has the experiment's name, the others that and their kind
 * @param store    `memoryStore()`, or one of `essai/stores/file`, `essai/stores/redis`, `essai/stores/postgres`
 * @param options  this process's name, the clock, the windows
 * @returns the shared ledger; close it at the end
 * @throws ExperimentError `not_a_bandit` at ["bandits.<kind>"]; `bandits_differ` at ["bandits", kind]; `missing_value` or
 *         `wrong_type` at ["bandits"], ["store", …] or ["options", …]; `unknown_key`, `out_of_range`, `unknown_reward_kind` there
 */
export function shareLedger<Kind extends string, V extends string, P>(
  bandits: Readonly<Record<Kind, BanditState<V, P>>>,
  store: LedgerStore,
  options: ShareLedgerOptions<Kind>,
): SharedLedger<Kind, V, P> {
  const experiment = requireOneExperiment(bandits);
  for (const method of ["read", "replace", "append", "entries", "trim"])
    requireMethod(store, ["store"], method);
  checkFields(options, fields, ["options"]);
  const { source, clock, journal, onError, constraints = ownConstraints } = options;
  const { keepHours = 24, shards = 8, lease = 10_000, mostWaiting = 1_000_000 } = options;
  const { every = 1_000, timeout = 10_000 } = options;
  if (journal !== undefined) {
    for (const method of ["note", "keep", "close"]) requireMethod(journal, ["options", "journal"], method);
    requireArray(journal.left, ["options", "journal", "left"]);
    journal.left.forEach((each, i) => {
      if (typeof Object(each).id !== "string") refuseType(each, ["options", "journal", "left", i], "object");
    });
  }
  const answering = timely(store, timeout);
  const tell = (error: unknown) => {
    (async () => onError?.(error))().catch(() => undefined);
  };
  const kinds = Object.keys(bandits).sort() as Kind[];
  const rules = rulesOf(kinds, options);
  const shared = Object.fromEntries(
    kinds.map((kind) => {
      const own = renamed(answering, (bandit) => (kind === "reward" ? bandit : `${bandit} ${kind}`));
      return [kind, shareBandit(bandits[kind], own, { every: 0, timeout, constraints })];
    }),
  ) as Record<Kind, SharedBandit<V, P>>;
  const name = `${experiment} ledger`;
  const place: ShardPlace = {
    ...{ name, source, store: answering, rules, keep: keepHours * HOUR, now: clock },
    bandit: (kind) => shared[kind as Kind].bandit,
    merge: (kind, delta) => shared[kind as Kind].merge(delta),
  };
  const queue = new LedgerQueue({
    name,
    source,
    store: answering,
    journal,
    shards,
    most: mostWaiting,
    now: clock,
    tell,
  });
  const leases = new Leases({ name, store: answering, source, shards, lease, now: clock });
  return new LedgerSharing(shared, place, queue, leases, { every, tell });
}
