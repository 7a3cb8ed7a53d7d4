import { compareRecords, type KeptReward } from "../../bandits/ledger/index.js";

/** A reward or a withdrawal that waits for its decision. */
export interface Early {
  readonly reward: KeptReward;
  /** The entry of the log that told of it. */
  readonly chunk: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** What waits for decisions that have not come. */
export class EarlyRecords {
  readonly #byDecision = new Map<string, Early[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @returns whether it is new */
  add(decisionId: string, early: Early): boolean {
    if (this.has(decisionId, early.reward)) return false;
    const waiting = this.#byDecision.get(decisionId) ?? [];
    waiting.push(early);
    this.#byDecision.set(decisionId, waiting);
    this.#size++;
    return true;
  }

  *[Symbol.iterator](): Generator<readonly [decisionId: string, reward: KeptReward]> {
    for (const [decisionId, waiting] of this.#byDecision)
      for (const { reward } of waiting) yield [decisionId, reward];
  }

  has(decisionId: string, reward: KeptReward): boolean {
    const waiting = this.#byDecision.get(decisionId) ?? [];
    return waiting.some((each) => each.reward.id === reward.id && compareRecords(each.reward, reward) === 0);
  }

  /** What waited for a decision; it does not any more. */
  take(decisionId: string): readonly Early[] {
    const waiting = this.#byDecision.get(decisionId) ?? [];
    this.#byDecision.delete(decisionId);
    this.#size -= waiting.length;
    return waiting;
  }

  /** @returns how many are let go of, as they are from before a time */
  forget(before: number): number {
    let gone = 0;
    for (const [decisionId, waiting] of this.#byDecision) {
      const left = waiting.filter(({ since }) => since >= before);
      gone += waiting.length - left.length;
      if (left.length > 0) this.#byDecision.set(decisionId, left);
      else this.#byDecision.delete(decisionId);
    }
    this.#size -= gone;
    return gone;
  }
}
