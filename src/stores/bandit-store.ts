/** What a store holds of one bandit; the texts are for essai to read. */
export interface StoredBandit {
  /** JSON, `essai.shared-bandit/1`. */
  readonly record: string;
  /** Of this record, as `replace` was given it. */
  readonly revision: string;
  /** How much of the source that was asked for is in the record; absent: nothing. */
  readonly mark?: string | undefined;
}

/** What takes the place of what a store holds of one bandit. */
export interface StoredChange {
  readonly record: string;
  /** Of the new record: how many there were, and a hash of it, so that a store that fell back and went on has another. */
  readonly revision: string;
  /** The revision that it replaces; absent: there is nothing yet. */
  readonly replaces?: string | undefined;
  /** Whose mark changes; absent: nobody's. */
  readonly source?: string | undefined;
  readonly mark?: string | undefined;
}

/**
 * A place that several processes share. It compares and swaps, and knows nothing of bandits: whoever can do that can be a
 * store, and `storeSuite` of `essai/testing` tries it.
 */
export interface BanditStore {
  /**
   * What there is of a bandit, and the mark of one source, both at one moment.
   * @returns undefined where there is nothing
   */
  read(bandit: string, source: string): Promise<StoredBandit | undefined>;
  /**
   * Replaces record and revision and keeps the mark, all of it or nothing: only if the revision is still the one that is to
   * be replaced. Once it answers, what it took survives whatever the store promises to survive.
   * @returns whether it did
   */
  replace(bandit: string, change: StoredChange): Promise<boolean>;
}
