/** What the rounds so far earned: of each arm what it is expected to earn next, and of all how much rewards vary. */
export class RunningRewards {
  readonly counts: number[];
  readonly sums: number[];
  /** What each arm is expected to earn, from the rounds before alone; an arm without rewards what all earn. */
  readonly expected: Float64Array;
  rounds = 0;
  #total = 0;
  #mean = 0;
  #m2 = 0;

  constructor(arms: number) {
    this.counts = new Array<number>(arms).fill(0);
    this.sums = new Array<number>(arms).fill(0);
    this.expected = new Float64Array(arms);
  }

  /** Brings what is expected up to date, before a round's reward is added. */
  expect(reward: number): void {
    const everyone = this.rounds > 0 ? this.#total / this.rounds : reward;
    for (let k = 0; k < this.expected.length; k++)
      this.expected[k] = ((this.sums[k] as number) + everyone) / ((this.counts[k] as number) + 1);
  }

  /** @param arm  undefined for one that is not among those asked about */
  add(arm: number | undefined, reward: number): void {
    if (arm !== undefined) {
      this.counts[arm] = (this.counts[arm] as number) + 1;
      this.sums[arm] = (this.sums[arm] as number) + reward;
    }
    this.#total += reward;
    this.rounds += 1;
    const gap = reward - this.#mean;
    this.#mean += gap / this.rounds;
    this.#m2 += gap * (reward - this.#mean);
  }

  /** Variance of all rewards. */
  get variance(): number {
    return this.#m2 / this.rounds;
  }

  /** Mean square of all rewards. */
  get meanSquare(): number {
    return this.variance + this.#mean * this.#mean;
  }
}
