import { normalSurvival } from "../../distributions/index.js";
import type { Choice } from "./choice.js";

export const contradictedReason =
  "the actions were not served as often as their logged probabilities say, so weights by those would mislead";

/** A log whose shares are this unlikely, were its probabilities true, is not believed. */
const UNBELIEVABLE = 1e-4;

/** Counts how often actions came, and how often they should have come by the probabilities beside them. */
export class ServedShares {
  readonly #arms = new Map<string, { served: number; expected: number; variance: number }>();

  #of(action: string) {
    let arm = this.#arms.get(action);
    if (!arm) this.#arms.set(action, (arm = { served: 0, expected: 0, variance: 0 }));
    return arm;
  }

  /** Rounds that logged no probabilities are not counted. */
  add({ action, actions, probabilities }: Choice): void {
    if (!actions || !probabilities) return;
    this.#of(action).served += 1;
    for (let k = 0; k < actions.length; k++) {
      const chance = probabilities[k] as number;
      if (chance === 0) continue;
      const arm = this.#of(actions[k] as string);
      arm.expected += chance;
      arm.variance += chance * (1 - chance);
    }
  }

  /** Whether some action came more or less often than chance allows; a normal test per action, corrected for their number. */
  get contradicted(): boolean {
    const arms = [...this.#arms.values()];
    return arms.some(({ served, expected, variance }) => {
      const gap = Math.abs(served - expected);
      // With few expected the normal law is none: there only what is far beyond a Poisson's reach counts.
      const deviate = gap / Math.sqrt(variance + 1 + gap / 3);
      return 2 * normalSurvival(deviate) * arms.length < UNBELIEVABLE;
    });
  }
}
