import type { BanditState } from "../bandits/index.js";
import { type Mark, textHash } from "../bandits/state/index.js";
import { ExperimentError, requireMethod } from "../errors/index.js";
import type { BanditStore } from "./bandit-store.js";
import { firstShared, markText, readMark, readRecord, recordOf, type Shared } from "./shared-record.js";
import { unavailable } from "./unavailable.js";

/** Each time that one did not succeed, another process has. */
const MOST_TRIES = 1_000;

/** What is shared at one moment. */
export interface SharedAt extends Shared {
  /** How often it was changed; 0: the store has nothing yet. */
  readonly revision: number;
  /** Under which the store has it. */
  readonly tag: string | undefined;
  /** How much of the source is in it; absent: the store does not know the source. */
  readonly mark: NonNullable<Mark> | undefined;
}

/**
 * What a store answers.
 * @throws ExperimentError `store_unavailable` at ["store"] where it does not
 */
async function answerOf<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    if (cause instanceof ExperimentError && cause.code !== "folder_in_use") throw cause;
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw unavailable(detail, cause);
  }
}

/** Two stores that fell back to one past and went on from it have other records, and so have other tags. */
const tagOf = (revision: number, record: string): string => `${revision}:${textHash(record)}`;

/** One bandit in a store. */
export class StoreLink {
  readonly #store: BanditStore;
  readonly #bandit: BanditState;
  #last: { readonly record: string; readonly shared: Shared } | undefined;

  /** @throws ExperimentError `missing_value` or `wrong_type` at ["store", …] */
  constructor(store: BanditStore, bandit: BanditState) {
    requireMethod(store, ["store"], "read");
    requireMethod(store, ["store"], "replace");
    this.#store = store;
    this.#bandit = bandit;
  }

  /** @returns what is shared; an equal record is the same object as at the last time */
  async read(source: string): Promise<SharedAt> {
    const held = await answerOf(this.#store.read(this.#bandit.setup.experiment, source));
    if (!held) return { ...firstShared(this.#bandit), revision: 0, tag: undefined, mark: undefined };
    if (this.#last?.record !== held.record)
      this.#last = { record: held.record, shared: readRecord(held.record, this.#bandit) };
    const { revision: tag, mark } = held;
    return { ...this.#last.shared, revision: Number.parseInt(tag, 10), tag, mark: readMark(mark) };
  }

  /**
   * Changes what is shared, on top of whatever others have changed.
   * @param change  what takes the place of what there is; undefined: nothing. May be asked several times
   * @returns what is shared from then on
   */
  async change(
    source: string,
    change: (now: SharedAt) => (Shared & { readonly mark?: Mark | undefined }) | undefined,
  ): Promise<SharedAt> {
    const { experiment } = this.#bandit.setup;
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const now = await this.read(source);
      const next = change(now);
      if (!next) return now;
      const { mark = now.mark } = next;
      const record = recordOf(this.#bandit, next);
      const revision = now.revision + 1;
      const tag = tagOf(revision, record);
      const taken = await answerOf(
        this.#store.replace(experiment, {
          record,
          revision: tag,
          replaces: now.tag,
          ...(mark && { source, mark: markText(mark) }),
        }),
      );
      if (!taken) continue;
      const { rewards, sums, configuration } = next;
      this.#last = { record, shared: { rewards, sums, configuration } };
      return { rewards, sums, configuration, revision, tag, mark: mark ?? undefined };
    }
    throw unavailable(`${MOST_TRIES} others were faster`);
  }
}
