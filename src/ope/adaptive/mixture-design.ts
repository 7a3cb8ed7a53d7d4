import { power } from "../../core/powers.js";

export const noMixtureReason =
  "at times an arm had a smaller chance than a mixture with uniform play gives it, so the design alone promises nothing";

/** A share of uniform play that falls no faster than this power of the rounds keeps intervals valid. */
const SLOWEST = -0.25;

/**
 * Whether a log could have been played by the mixture design: of so many arms each had, whenever it was up for choice, at least
 * the chance that a share of uniform play of rounds^−¼ gives it. It is read from the log, whatever made it.
 */
export class MixtureDesign {
  readonly #arms: number;
  #smallest = 1;
  #last: ArrayLike<number> | undefined;

  /** @param arms  all that could be played, also those that nobody asks about */
  constructor(arms: number) {
    this.#arms = arms;
  }

  add(vector: ArrayLike<number> | undefined): void {
    if (!vector || vector === this.#last) return;
    this.#last = vector;
    for (const chance of Array.from(vector)) {
      if (chance > 0 && chance < this.#smallest) this.#smallest = chance;
    }
  }

  /** @returns why the design promises nothing after so many rounds; undefined where it does */
  refusal(rounds: number): string | undefined {
    return this.#smallest * this.#arms < power(rounds, SLOWEST) ? noMixtureReason : undefined;
  }
}
