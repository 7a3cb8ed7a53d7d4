import { compareRecords, type KeptReward } from "./kept-reward.js";

/** Rewards and withdrawals that wait for their decision, every one of them: which count is known when it comes. */
export class EarlyRewards {
  readonly #byDecision = new Map<string, KeptReward[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  of(decisionId: string): readonly KeptReward[] {
    return this.#byDecision.get(decisionId) ?? [];
  }

  has(decisionId: string, record: KeptReward): boolean {
    return this.of(decisionId).some((each) => each.id === record.id && compareRecords(each, record) === 0);
  }

  add(decisionId: string, record: KeptReward): void {
    const waiting = this.#byDecision.get(decisionId);
    if (waiting) waiting.push(record);
    else this.#byDecision.set(decisionId, [record]);
    this.#size++;
  }

  /** What waited for a decision; it does not any more. */
  take(decisionId: string): readonly KeptReward[] {
    const taken = this.of(decisionId);
    this.#byDecision.delete(decisionId);
    this.#size -= taken.length;
    return taken;
  }

  /**
   * Lets go of what happened before a time. A withdrawal, which has no time, is given the first one that it hears of.
   * @returns how many are gone
   */
  prune(happened: number, now: number): number {
    const before = this.#size;
    for (const [decisionId, waiting] of [...this.#byDecision]) {
      this.take(decisionId);
      for (const each of waiting)
        if ((each.at ?? now) >= happened) this.add(decisionId, { ...each, at: each.at ?? now });
    }
    return before - this.#size;
  }

  *[Symbol.iterator](): Generator<KeptReward & { readonly decisionId: string }> {
    for (const [decisionId, waiting] of this.#byDecision)
      for (const each of waiting) yield { decisionId, ...each };
  }
}
