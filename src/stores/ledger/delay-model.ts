const BINS = 32;
/** How many arrivals the first guess is worth: that they come evenly over the window. */
const GUESS = 8;
/** Of this many actions at most, each has a rate of its own. */
const MOST_ACTIONS = 1_000;

/** What is known of one kind's delays. */
export interface Delays {
  /** Of decisions whose window has closed: first rewards by their delay, in bins that widen. */
  readonly arrived: readonly number[];
  /** For all of them, and for each action: how many there were, and how many had a reward. */
  readonly all: readonly [number, number];
  readonly actions: readonly (readonly [action: string, closed: number, rewarded: number])[];
}

export const noDelays: Delays = { arrived: [], all: [0, 0], actions: [] };

/** Bins widen as the fourth power. */
const placeOf = (share: number): number => BINS * Math.sqrt(Math.sqrt(share));
function edge(bin: number): number {
  const square = (bin / BINS) * (bin / BINS);
  return square * square;
}

/**
 * How much the silence of a decision says before its window closes. A share F of all rewards that come has come by its age;
 * with a share p of decisions that get one, its silence counts F (1 − p) / (1 − p F): with the rewards that teach at once,
 * which come to p F, every decision then counts as F of one, and rewards among all that counts are p, as they will be in
 * the end (Vernade, Cappé and Perchet, 2017, weigh decisions by F).
 */
export class DelayModel {
  readonly #window: number;
  readonly #arrived = new Float64Array(BINS);
  readonly #actions = new Map<string, [number, number]>();
  #all: [number, number];

  /** @param window  milliseconds */
  constructor(window: number, { arrived, all, actions }: Delays) {
    this.#window = window;
    arrived.forEach((count, bin) => {
      if (bin < BINS) this.#arrived[bin] = count;
    });
    this.#all = [all[0], all[1]];
    for (const [action, closed, rewarded] of actions) this.#actions.set(action, [closed, rewarded]);
  }

  toJSON(): Delays {
    return {
      arrived: [...this.#arrived],
      all: this.#all,
      actions: [...this.#actions].map(([action, counts]) => [action, ...counts] as const),
    };
  }

  /** Hears that a decision's window has closed; delay: of its first reward, in milliseconds. */
  closed(action: string, delay: number | undefined): void {
    let own = this.#actions.get(action);
    if (!own && this.#actions.size < MOST_ACTIONS) this.#actions.set(action, (own = [0, 0]));
    for (const counts of own ? [this.#all, own] : [this.#all]) {
      counts[0]++;
      if (delay !== undefined) counts[1]++;
    }
    if (delay === undefined) return;
    const bin = Math.min(BINS - 1, Math.floor(placeOf(this.#share(delay))));
    this.#arrived[bin] = (this.#arrived[bin] ?? 0) + 1;
  }

  /** The share of rewards that have come by an age. */
  arrivedBy(age: number): number {
    const share = this.#share(age);
    const place = placeOf(share);
    let count = GUESS * share;
    for (let bin = 0; bin < Math.min(BINS, Math.ceil(place)); bin++) {
      const from = edge(bin);
      const part = Math.min(1, (share - from) / (edge(bin + 1) - from));
      count += (this.#arrived[bin] ?? 0) * part;
    }
    return count / (GUESS + this.#all[1]);
  }

  /** The share of an action's decisions that get a reward. */
  rewarded(action: string): number {
    const pooled = (this.#all[1] + 0.1) / (this.#all[0] + 2);
    const [closed, rewarded] = this.#actions.get(action) ?? [0, 0];
    return (rewarded + 4 * pooled) / (closed + 4);
  }

  /** How much the silence of a decision of this age counts, in [0, 1]. */
  silence(action: string, age: number): number {
    const [by, p] = [this.arrivedBy(age), this.rewarded(action)];
    return Math.min(1, (by * (1 - p)) / Math.max(1e-9, 1 - p * by));
  }

  /** A time within the window; what came before its decision, by clocks that differ, came at once. */
  #share(age: number): number {
    return Math.min(1, Math.max(0, age / this.#window));
  }
}
