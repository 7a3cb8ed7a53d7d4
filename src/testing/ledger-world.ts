import { type BanditState, createBandit, type Outcome, policies, update } from "../bandits/index.js";
import { defineExperiment } from "../definition/index.js";
import {
  type LedgerStore,
  type SharedLedger,
  type ShareLedgerOptions,
  shareBandit,
  shareLedger,
} from "../stores/index.js";
import { ensureSame } from "./ensure.js";

const HOUR = 3_600_000;

export const springTest = defineExperiment({
  key: "spring",
  unit: "userId",
  control: "a",
  variants: { a: null, b: null, c: null },
  policy: "thompson",
});
export const spring: BanditState = createBandit(springTest, policies);

/** A time that a case moves on, and processes that exchange only when they are told to. */
export class LedgerWorld {
  /** Milliseconds since 1970. */
  now = Date.UTC(2026, 10, 2);

  /** The time, so many hours later. */
  at(hours = 0): string {
    return new Date(this.now + hours * HOUR).toISOString();
  }

  pass(hours: number): void {
    this.now += hours * HOUR;
  }

  process(
    store: LedgerStore,
    source: string,
    options: Partial<ShareLedgerOptions> & { readonly bandit?: BanditState; readonly behind?: number } = {},
  ): SharedLedger<"reward"> {
    const { bandit = spring, behind = 0, ...rest } = options;
    return shareLedger({ reward: bandit }, store, {
      ...{ source, windowHours: 48, combine: "max", every: 0, lease: 1_000, shards: 2 },
      clock: () => this.now - behind * HOUR,
      ...rest,
    });
  }

  decision(id: string, variant: string, hours = 0) {
    return { id, action: { variant }, at: this.at(hours), context: null, stateHash: "0" };
  }

  click(decisionId: string, hours = 0, value = 1) {
    return { decisionId, id: "click", value, at: this.at(hours) };
  }
}

/** What a process that settles nothing reads. */
export async function heldBy(store: LedgerStore, bandit = spring): Promise<BanditState> {
  const reader = shareBandit(bandit, store, { every: 0 });
  await reader.sync();
  return reader.bandit;
}

/** What a bandit that learned these knows. */
export const learned = (outcomes: readonly Outcome[], bandit = spring) => {
  const { rewards, sums } = update(bandit, outcomes);
  return [rewards, sums];
};

/** Where a store breaks down. */
export type Breaks = "before a change" | "after a change" | "at a question";

/** A store that breaks down once. */
export function breakingLedger(store: LedgerStore, at: number, when: Breaks) {
  let asked = 0;
  const breaks = (here: boolean) => here && asked++ === at;
  const change = async <T>(ask: () => Promise<T>): Promise<T> => {
    const cut = breaks(when !== "at a question");
    if (cut && when === "before a change") throw new Error("cut off before");
    const answer = await ask();
    if (cut) throw new Error("cut off after");
    return answer;
  };
  const question = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (breaks(when === "at a question")) throw new Error("cut off");
    return ask();
  };
  const front: LedgerStore = {
    read: (...args) => question(() => store.read(...args)),
    replace: (...args) => change(() => store.replace(...args)),
    append: (...args) => change(() => store.append(...args)),
    entries: (...args) => question(() => store.entries(...args)),
    trim: (...args) => change(() => store.trim(...args)),
  };
  return { front, asked: () => asked };
}

/** Exchanges until each has given what it has, and has the shards that are its share. */
export async function exchanged(...processes: readonly SharedLedger<"reward">[]): Promise<void> {
  for (let round = 0; round < 3; round++) for (const each of processes) await each.sync();
}

/** A case that a store is tried with. */
export interface LedgerCase {
  readonly name: string;
  run(place: { open(): LedgerStore }): Promise<void>;
}

export const won = (variant: string): Outcome => ({ variant, reward: 1 });
export const lost = (variant: string): Outcome => ({ variant, reward: 0 });

export async function ensureLearned(
  what: string,
  store: LedgerStore,
  outcomes: readonly Outcome[],
  bandit = spring,
): Promise<void> {
  const { rewards, sums } = await heldBy(store, bandit);
  ensureSame(what, [rewards, sums], learned(outcomes, bandit));
}
