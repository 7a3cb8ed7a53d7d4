import {
  ExperimentError,
  ledger_closed,
  other_ledger,
  refuseType,
  unsupported_format,
  unwritable_folder,
} from "../../errors/index.js";
import {
  bookOf,
  Ledger,
  type LedgerBook,
  type LedgerChange,
  type LedgerOptions,
  type NotAPromise,
  type Settled,
  type SettledOutcomes,
  settleDue,
} from "../ledger/index.js";
import type { Damage, LogFiles } from "./log-files.js";
import { changeLine, headLine, type LogHead, readLine, settleLine } from "./log-line.js";

/** How a ledger is kept on disk. */
export interface LogOptions {
  /**
   * Milliseconds between the moments at which what was noted is forced onto the disk (`fdatasync`). A process that is
   * killed loses nothing either way; a machine that loses power loses what was noted since the last of them. 0: before
   * each call returns. Default 1,000.
   */
  readonly syncEvery?: number;
  /** Hears of lines that were cut off or changed, and of a disk that does not sync. What it throws ends there. */
  readonly onError?: (error: unknown) => void;
}

/** What opening a ledger has found. */
export interface Recovery {
  /** Lines that were read. */
  readonly lines: number;
  /** Lines that were not as they were written, and are left out; a torn one was being written when its process ended. */
  readonly damaged: readonly Damage[];
}

/** What a file of the log holds that may still be needed. */
interface Needed {
  /** When the last decision that it tells of is due. */
  until: number;
}

/** A ledger on disk, as `openLedger` gives it. */
export interface LoggedLedger extends DiskLedger {
  readonly recovery: Recovery;
}

/** Notes each change in files before it is made. */
export class DiskLedger extends Ledger {
  /** What opening it has found. */
  readonly recovery: Recovery;
  readonly #files: LogFiles;
  readonly #window: number;
  readonly #needed = new Map<number, Needed>();
  /** In which file the first early record of a decision is. */
  readonly #early = new Map<string, number>();
  #settled: [times: number, before: number] = [0, -1 / 0];
  #state: string | undefined;
  #closed = false;

  constructor(files: LogFiles, options: LedgerOptions, tell: (error: unknown) => void) {
    super(options, (change) => this.#note(change, changeLine(change)));
    this.#files = files;
    this.#window = options.windowHours * 3_600_000;
    let lines = 0;
    const damaged = files.read((number, text) => {
      lines++;
      this.#replay(number, text);
    });
    for (const { file, line } of damaged) tell(new Error(`${file}, line ${line}: cut off or changed`));
    this.recovery = { lines, damaged };
    this.#begin();
  }

  /** What learning returned at the last `settle`, as JSON, of whatever process; undefined before the first. */
  get state(): unknown {
    return this.#state === undefined ? undefined : JSON.parse(this.#state);
  }

  /**
   * As `RewardLedger.settle`; what `learn` returns is kept as the ledger's `state`, in one record with the settlement: after
   * a crash either both are there, or neither, and the outcomes are handed out again.
   * @param now    the present: a `Date`, or milliseconds since 1970
   * @param learn  takes the outcomes and returns the new state, which JSON can hold
   * @returns the outcomes, what `learn` returned, and the decisions that were set aside
   * @throws ExperimentError `wrong_type` at ["now"], ["learn"], or ["learned"] for what JSON cannot hold (`missing_value` for undefined); `async_learner` at
   *         ["learn"]; `unwritable_folder` where the disk refuses: then nothing was settled; what `learn` throws
   */
  settle<R>(now: Date | number, learn: (outcomes: SettledOutcomes) => R & NotAPromise<R>): Settled<R>;
  settle<R>(now: Date | number, learn: (outcomes: SettledOutcomes) => R): Settled<R | undefined> {
    if (typeof learn !== "function") refuseType(learn, ["learn"], "function");
    return settleDue(this, now, learn, (change, learned) => {
      const state: string | undefined = JSON.stringify(learned);
      if (state === undefined) refuseType(learned, ["learned"], "json");
      this.#note(change, settleLine(change, state));
      this.#state = state;
    });
  }

  override prune(before: Date | number): void {
    super.prune(before);
    this.checkpoint();
  }

  /**
   * Forces all that was noted onto the disk, and deletes files in which every decision was pruned. It never rewrites what
   * is pending. `prune` does it too.
   * @throws ExperimentError `unwritable_folder` where the disk refuses; `ledger_closed` after `close`
   */
  checkpoint(): void {
    this.#onDisk(() => {
      const over = this.#over();
      if (over > 0) this.#begin();
      else this.#files.sync();
      for (let i = 0; i < over; i++) {
        this.#needed.delete(this.#files.numbers[0] ?? 0);
        this.#files.drop();
      }
    });
  }

  /** Forces all that was noted onto the disk and gives the folder back. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#files.close();
  }

  /** Runs what needs the disk. */
  #onDisk(run: () => void): void {
    if (this.#closed) throw new ExperimentError({ ledger_closed }, ["ledger"]);
    try {
      run();
    } catch (cause) {
      throw new ExperimentError({ unwritable_folder }, ["folder"], undefined, { cause });
    }
  }

  #note(change: LedgerChange, line: string): void {
    this.#onDisk(() => {
      if (this.#files.full || !this.#files.growing) this.#begin();
      this.#files.append(line);
    });
    this.#need(this.#files.numbers.at(-1) ?? 0, change);
  }

  #begin(): void {
    const { prunedBefore } = bookOf(this);
    const [times, before] = this.#settled;
    const finite = (time: number) => (Number.isFinite(time) ? time : null);
    const head: Omit<LogHead, "state"> = {
      format: "essai.ledger-log/1",
      options: this.options,
      counts: this.counts,
      prunedBefore: finite(prunedBefore),
      settled: [times, finite(before)],
    };
    this.#files.begin(headLine(head, this.#state));
  }

  #replay(number: number, text: string): void {
    const record = readLine(text);
    const book = bookOf(this);
    if ("head" in record) this.#replayHead(book, record.head);
    else {
      this.#need(number, record.change);
      book.apply(record.change);
      if (record.change.type === "settle") this.#state = JSON.stringify(record.state);
    }
  }

  #replayHead(book: LedgerBook, { format, options, counts, prunedBefore, settled, state }: LogHead): void {
    if (format !== "essai.ledger-log/1")
      throw new ExperimentError({ unsupported_format }, ["format"], format, {
        known: ["essai.ledger-log/1"],
      });
    const { windowHours } = this.options;
    if (options.windowHours !== windowHours)
      throw new ExperimentError({ other_ledger }, ["options", "windowHours"], windowHours, {
        other: options.windowHours,
      });
    for (const kind of Object.keys(options.kinds ?? {}))
      if (!Object.hasOwn(this.options.kinds, kind))
        throw new ExperimentError(
          { other_ledger },
          ["options", "kinds"],
          Object.keys(this.options.kinds).join(),
          {
            other: kind,
          },
        );
    const [times, before] = settled;
    // A settlement that cannot be read any more was made: whatever it handed out is in the state of this head.
    if (times > this.#settled[0] && before !== null) book.apply({ type: "settle", before, aside: [] });
    this.#settled = [times, before ?? -1 / 0];
    Object.assign(book.counts, counts);
    book.prunedBefore = prunedBefore ?? -1 / 0;
    this.#state = state === undefined ? undefined : JSON.stringify(state);
  }

  /** Notes how long a file will be needed for a change that it tells of. */
  #need(number: number, change: LedgerChange): void {
    const needed = this.#needed.get(number) ?? { until: -1 / 0 };
    this.#needed.set(number, needed);
    const until = (due: number) => {
      needed.until = Math.max(needed.until, due);
    };
    if (change.type === "decision") {
      const due = change.at + this.#window;
      until(due);
      const from = this.#early.get(change.id);
      if (from !== undefined)
        for (const [each, other] of this.#needed) if (each >= from) other.until = Math.max(other.until, due);
      this.#early.delete(change.id);
    } else if (change.type === "reward") {
      const held = bookOf(this).find(change.decisionId);
      if (held) until(held.slice.time(held.row) + this.#window);
    } else if (change.type === "early") {
      if (!this.#early.has(change.decisionId)) this.#early.set(change.decisionId, number);
    } else if (change.type === "settle") {
      const [times, before] = this.#settled;
      this.#settled = [times + 1, Math.max(before, change.before)];
    }
  }

  /** How many files at the front tell of nothing that is still known. */
  #over(): number {
    const book = bookOf(this);
    // Something old waits to be settled: then prune has not forgotten it.
    if (book.due(book.prunedBefore).next().done === false) return 0;
    let first = 1 / 0;
    for (const [decisionId, number] of this.#early)
      if (book.early.of(decisionId).length > 0) first = Math.min(first, number);
      else this.#early.delete(decisionId);
    const { numbers } = this.#files;
    const stays = numbers.findIndex(
      (number, i) =>
        i === numbers.length - 1 ||
        number >= first ||
        (this.#needed.get(number)?.until ?? -1 / 0) >= book.prunedBefore,
    );
    return Math.max(0, stays);
  }
}
