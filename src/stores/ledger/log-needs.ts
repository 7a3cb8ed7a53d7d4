/** Which entries of a log are needed: those that tell of decisions that are known. */
export class LogNeeds {
  /** In the order of the log, with the time of the last decision that each tells of. */
  readonly #entries: { readonly number: number; until: number }[] = [];

  add(number: number, until: number): void {
    this.#entries.push({ number, until });
  }

  /** Hears that an entry tells of a decision of a later time. */
  extend(number: number, until: number): void {
    const entry = this.#entries.findLast((each) => each.number === number);
    if (entry) entry.until = Math.max(entry.until, until);
  }

  /** @returns the last entry up to which nothing is needed, when decisions of before a time are forgotten; 0: none */
  forget(before: number): number {
    let upTo = 0;
    while (this.#entries[0] && this.#entries[0].until < before) upTo = this.#entries.shift()?.number ?? upTo;
    return upTo;
  }
}
