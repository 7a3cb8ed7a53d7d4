import type { BanditDelta, BanditState, Constraint, Outcome, Parts } from "../bandits/index.js";
import { deltaFields, requirePart } from "../bandits/state/index.js";
import { ExperimentError, no_source, share_closed, taken_source } from "../errors/index.js";
import { checkFields } from "../shapes/index.js";
import type { BanditStore } from "./bandit-store.js";
import {
  type Configuration,
  type ConfigurationChange,
  changedConfiguration,
  changeFields,
  configured,
  unconfigured,
} from "./configuration.js";
import { fellBack } from "./fell-back.js";
import { inTime } from "./in-time.js";
import { Outbox } from "./outbox.js";
import type { RewardJournal } from "./reward-journal.js";
import type { SharedBandit, SharedStats } from "./shared-bandit.js";
import { type SharedAt, StoreLink } from "./store-link.js";
import { withDeltas } from "./with-deltas.js";

const LONGEST_PAUSE = 60_000;

interface Tuning {
  readonly source: string | undefined;
  readonly journal: RewardJournal | undefined;
  readonly every: number;
  readonly timeout: number;
  readonly constraints: Parts<Constraint>;
  readonly onError: ((error: unknown) => void) | undefined;
}

/** A shared bandit; its options are checked. */
export class Sharing<V extends string, P> implements SharedBandit<V, P> {
  readonly #tuning: Tuning;
  readonly #link: StoreLink;
  readonly #start: BanditState<V, P>;
  readonly #outbox: Outbox<V, P> | undefined;
  /** As it is configured, with what the store held last. */
  #base: BanditState<V, P>;
  #view: BanditState<V, P>;
  /** Of what the view was made. */
  #seen: { readonly base: BanditState<V, P>; readonly waiting: number };
  #configuration: Configuration = unconfigured;
  #revision = 0;
  /** Whether the store knows this source from here: it may, where it was asked and did not answer. */
  #named: "no" | "perhaps" | "yes";
  #failures = 0;
  #problem: unknown;
  #round: Promise<SharedStats> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = 0;
  #closed = false;

  constructor(bandit: BanditState<V, P>, store: BanditStore, tuning: Tuning) {
    const { marks: _, ...start } = bandit;
    const { model, arms } = start.setup;
    const { source, journal } = tuning;
    this.#tuning = tuning;
    this.#start = start;
    this.#base = start;
    this.#link = new StoreLink(store, start);
    const nothing = { ...start, rewards: 0, sums: model.empty(arms.length) };
    this.#outbox =
      source === undefined ? undefined : new Outbox(nothing, source, journal, (error) => this.#tell(error));
    this.#named = this.#outbox?.found ? "yes" : "no";
    this.#seen = { base: start, waiting: 0 };
    this.#view = start;
    this.#look();
    this.#schedule();
  }

  get bandit(): BanditState<V, P> {
    return this.#view;
  }

  get configuration(): Configuration {
    return this.#configuration;
  }

  learn(outcomes: readonly Outcome[]): void {
    if (this.#closed) throw new ExperimentError({ share_closed }, ["bandit"]);
    if (!this.#outbox) throw new ExperimentError({ no_source }, ["source"]);
    this.#outbox.learn(outcomes);
  }

  sync(): Promise<SharedStats> {
    this.#round ??= this.#exchange().finally(() => {
      this.#round = undefined;
      this.#schedule();
    });
    return this.#round;
  }

  async merge(delta: BanditDelta): Promise<void> {
    checkFields(delta, deltaFields, ["delta"]);
    await this.#link.change(delta.source, (now) => withDeltas(this.#start, now, [delta]));
  }

  async configure(change: ConfigurationChange): Promise<Configuration> {
    checkFields(change, changeFields);
    for (const [i, each] of (change.constraints ?? []).entries())
      requirePart(each, "hold", ["constraints", i]);
    const now = await this.#link.change("", ({ rewards, sums, configuration }) => {
      const next = changedConfiguration(configuration, change);
      configured(this.#start, next, this.#tuning.constraints);
      return { rewards, sums, configuration: next };
    });
    this.#took(now);
    this.#look();
    return now.configuration;
  }

  stats(): SharedStats {
    return {
      waiting: this.#outbox?.waiting ?? 0,
      merged: this.#outbox?.merged ?? 0,
      restored: this.#outbox?.again ?? 0,
      lost: this.#outbox?.lost ?? 0,
      revision: this.#revision,
      failures: this.#failures,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }

  async close(): Promise<SharedStats> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#round;
    const { waiting, failures } = await this.sync();
    // What an earlier process left goes first, what was learned here after it.
    if (waiting > 0 && failures === 0) await this.sync();
    this.#outbox?.close();
    return this.stats();
  }

  async #exchange(): Promise<SharedStats> {
    try {
      this.#outbox?.take();
      await this.#outbox?.keep();
      this.#took(await inTime(this.#give(), this.#tuning.timeout));
      [this.#failures, this.#problem] = [0, undefined];
    } catch (error) {
      this.#failures++;
      this.#problem = error;
      this.#tell(error);
    }
    this.#look();
    return this.stats();
  }

  async #give(): Promise<SharedAt> {
    const outbox = this.#outbox;
    if (!outbox) return this.#link.read("");
    const taken = () => new ExperimentError({ taken_source }, ["options", "source"], outbox.source);
    // The name first, and by itself: a twin could have learned the same.
    if (this.#named !== "yes")
      await this.#link.change(outbox.source, ({ mark, ...now }) => {
        if (mark && (this.#named === "no" || mark.sequence > 0)) throw taken();
        this.#named = "perhaps";
        return mark ? undefined : { ...now, mark: { sequence: 0, hash: "" } };
      });
    this.#named = "yes";
    let reached = 0;
    const given = await this.#link.change(outbox.source, (now) => {
      reached = now.mark?.sequence ?? 0;
      if (reached > outbox.sequence) throw taken();
      // What a store that has fallen back lacks and nobody holds is passed over.
      const mark = { sequence: outbox.gap(reached), hash: "" };
      const from = mark.sequence > reached ? { ...now, mark } : now;
      return (
        withDeltas(this.#start, from, outbox.since(from.mark?.sequence ?? 0)) ??
        (from === now ? undefined : from)
      );
    });
    const { missed, again } = outbox.gaveAgain(reached);
    if (missed > 0) this.#tell(fellBack(outbox.source, missed, again));
    return given;
  }

  #took({ rewards, sums, configuration, revision, mark }: SharedAt): void {
    if (mark) this.#outbox?.settled(mark.sequence);
    this.#revision = revision;
    if (sums === this.#base.sums && configuration === this.#configuration) return;
    this.#configuration = configuration;
    // Were the configuration not to be understood, the last one that was would go on with what was learned.
    this.#base = { ...this.#base, rewards, sums };
    const { setup } = configured(this.#start, configuration, this.#tuning.constraints);
    this.#base = { ...this.#base, setup };
  }

  #look(): void {
    const waiting = this.#outbox?.waiting ?? 0;
    if (this.#base === this.#seen.base && waiting === this.#seen.waiting) return;
    this.#seen = { base: this.#base, waiting };
    this.#view =
      this.#outbox && waiting > 0 ? { ...this.#base, ...this.#outbox.addTo(this.#base) } : this.#base;
  }

  #schedule(): void {
    const { every } = this.#tuning;
    if (every === 0 || this.#closed) return;
    clearTimeout(this.#timer);
    this.#pause = this.#failures > 0 ? Math.max(every, Math.min(2 * this.#pause, LONGEST_PAUSE)) : every;
    this.#timer = setTimeout(() => void this.sync(), this.#pause);
    // It keeps no process alive; timers of pages and workers are numbers.
    Object(this.#timer).unref?.();
  }

  #tell(error: unknown): void {
    (async () => this.#tuning.onError?.(error))().catch(() => undefined);
  }
}
