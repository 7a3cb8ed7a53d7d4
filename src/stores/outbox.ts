import { type BanditDelta, type BanditState, type Outcome, update } from "../bandits/index.js";
import { deltaOf, type Learning, mergeLearning, widenSums } from "../bandits/state/index.js";
import type { RewardJournal } from "./reward-journal.js";

/** Merged deltas that are kept: a store that comes back without its last seconds is given them again. */
const KEPT = 64;
/** Of so many earlier ones it is known how many rewards they were. */
const KNOWN = 10_000;

/** What one process has learned, in deltas, until the store has it. It takes no more room the longer that takes. */
export class Outbox<V extends string, P> {
  readonly source: string;
  /** Whether an earlier process of this name left it. */
  readonly found: boolean;
  readonly #nothing: BanditState<V, P>;
  readonly #journal: RewardJournal | undefined;
  readonly #tell: (error: unknown) => void;
  /** Learned since the last delta. */
  #own: BanditState<V, P>;
  #sequence = 0;
  #unmerged: readonly BanditDelta[] = [];
  #sent: readonly BanditDelta[] = [];
  #merged = 0;
  #again = 0;
  #lost = 0;
  readonly #rewards = new Map<number, number>();
  /** What the journal was given last. */
  #kept: BanditState<V, P> | undefined;
  #keptOf: readonly BanditDelta[] | undefined;

  constructor(
    nothing: BanditState<V, P>,
    source: string,
    journal: RewardJournal | undefined,
    tell: (error: unknown) => void,
  ) {
    this.#nothing = nothing;
    this.#own = nothing;
    this.#journal = journal;
    this.#tell = tell;
    const left = journal?.left;
    this.found = left !== undefined;
    this.source = left?.source ?? source;
    if (left) {
      this.#sequence = left.sequence;
      this.#unmerged = left.deltas;
      this.#own = update(nothing, left.outcomes);
    }
    void this.keep();
  }

  /** Of the last delta; 0 before the first. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Rewards that the store has. */
  get merged(): number {
    return this.#merged;
  }

  /** Rewards that it came back without and that were given again. */
  get again(): number {
    return this.#again;
  }

  /** Rewards that it came back without and that are not held here any more, at least. */
  get lost(): number {
    return this.#lost;
  }

  /** Rewards that it does not have, as far as is known. */
  get waiting(): number {
    return this.#unmerged.reduce((sum, { rewards }) => sum + rewards, this.#own.rewards);
  }

  /** Learns outcomes: all of them, or none if it throws. */
  learn(outcomes: readonly Outcome[]): void {
    const next = update(this.#own, outcomes);
    if (outcomes.length === 0) return;
    this.#own = next;
    this.#noted((journal) => journal.learned(outcomes));
    if (this.#journal?.full) void this.keep();
  }

  /** Makes a delta of what was learned, unless another has not been merged yet. */
  take(): void {
    if (this.#unmerged.length > 0 || this.#own.rewards === 0) return;
    this.#unmerged = [this.#delta()];
    this.#sequence++;
    this.#own = this.#nothing;
  }

  /** Deltas that a store may lack which has those up to a sequence; that one, so that its sums are compared, too. */
  since(sequence: number): readonly BanditDelta[] {
    return [...this.#sent, ...this.#unmerged].filter((delta) => delta.sequence >= sequence);
  }

  /** The last delta that a store lacks which has those up to a sequence, and that is not held here any more; or that sequence. */
  gap(reached: number): number {
    const confirmed = this.#sequence - this.#unmerged.length;
    if (reached >= confirmed) return reached;
    const held = this.#sent.find(({ sequence }) => sequence > reached);
    return held ? held.sequence - 1 : confirmed;
  }

  /**
   * Hears what a store was given again that had come back with the deltas up to a sequence only.
   * @returns how many rewards it came back without, and how many of them it was given again
   */
  gaveAgain(reached: number): { readonly missed: number; readonly again: number } {
    const again = this.#sent
      .filter(({ sequence }) => sequence > reached)
      .reduce((sum, { rewards }) => sum + rewards, 0);
    let lost = 0;
    for (let each = reached + 1; each <= this.gap(reached); each++) {
      const known = this.#rewards.get(each);
      this.#merged -= known ?? 0;
      // No delta is of none.
      lost += known ?? 1;
    }
    this.#again += again;
    this.#lost += lost;
    return { missed: again + lost, again };
  }

  /** Hears that a store has the deltas up to a sequence. */
  settled(sequence: number): void {
    const merged = this.#unmerged.filter((delta) => delta.sequence <= sequence);
    if (merged.length === 0) return;
    this.#unmerged = this.#unmerged.slice(merged.length);
    this.#sent = [...this.#sent, ...merged].slice(-KEPT);
    for (const { sequence: each, rewards } of merged) {
      this.#merged += rewards;
      this.#rewards.set(each, rewards);
      this.#rewards.delete(each - KNOWN);
    }
  }

  /** What the store does not have, added to what it has. */
  addTo(learning: Learning): Learning {
    const { model, arms } = this.#nothing.setup;
    const all = this.#unmerged.reduce(
      (sum, { rewards, sums }) =>
        mergeLearning(model, sum, { rewards, sums: widenSums(model, sums, arms.length) }),
      learning,
    );
    return this.#own.rewards > 0 ? mergeLearning(model, all, this.#own) : all;
  }

  /** Notes what is unmerged in the journal, on the disk once it answers. */
  async keep(): Promise<void> {
    const { rewards } = this.#own;
    if (this.#kept === this.#own && this.#keptOf === this.#unmerged) return;
    [this.#kept, this.#keptOf] = [this.#own, this.#unmerged];
    const [source, sequence] = [this.source, this.#sequence + Number(rewards > 0)];
    const deltas = rewards > 0 ? [...this.#unmerged, this.#delta()] : this.#unmerged;
    try {
      await this.#journal?.keep({ source, sequence, deltas });
    } catch (error) {
      this.#tell(error);
    }
  }

  close(): void {
    this.#noted((journal) => journal.close());
  }

  #delta(): BanditDelta {
    return deltaOf(this.#own.setup, this.#own, this.source, this.#sequence + 1);
  }

  /** What a disk refuses is told: it waits in memory only. */
  #noted(note: (journal: RewardJournal) => void): void {
    if (!this.#journal) return;
    try {
      note(this.#journal);
    } catch (error) {
      this.#tell(error);
    }
  }
}
