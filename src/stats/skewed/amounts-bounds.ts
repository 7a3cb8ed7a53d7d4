import { bracketedRoot } from "../numeric/bracketed-root.js";
import { type AmountsScale, AmountsScore, type WeightedArm } from "./amounts-score.js";

/** Beyond this a deviate only says on which side a hypothesis lies. */
const beyond = 1e6;

type Limits = readonly [below: number, above: number];
const open: Limits = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];

/** A place of the path and a falling function's value there. */
type Known = readonly [place: number, value: number];

/**
 * Where along the path a function that falls is zero: on the far side of `from`, in the direction that its value there
 * says, at steps that double.
 * @returns undefined where it stays on one side of zero up to the limit
 */
function zeroBeyond(
  at: (place: number) => number,
  [start, value]: Known,
  step: number,
  limits: Limits,
): number | undefined {
  if (value === 0) return start;
  const sign = value > 0 ? 1 : -1;
  const limit = value > 0 ? limits[1] : limits[0];
  let near = sign * start;
  let nearest = value;
  let reach = step;
  for (let i = 0; i < 200; i++) {
    let far = near + reach;
    if (far >= limit) far = near + (limit - near) / 2;
    const found = at(sign * far);
    if (found * sign <= 0) return bracketedRoot(at, sign * near, sign * far, 1e-11, [nearest, found]);
    if (far >= limit * (1 - 1e-9) || far - sign * start > 1e6 * step) return undefined;
    near = far;
    nearest = found;
    reach *= 2;
  }
  return undefined;
}

/** What a score says: its deviate under the hypothesis of no difference, and its bounds on a scale. */
export class AmountsAnswer {
  readonly #score: AmountsScore;
  /** Where there is no difference, on all scales' paths. */
  readonly #none: number;
  readonly statistic: number;

  constructor(arms: readonly WeightedArm[], unit: number) {
    const score = new AmountsScore(arms, 1 / unit);
    const gap = (place: number) => {
      score.move(place, "contrast");
      return score.above - score.below;
    };
    this.#score = score;
    this.#none = zeroBeyond(gap, [0, gap(0)], score.step, open) ?? 0;
    this.statistic = score.deviate(this.#none, "contrast");
  }

  /** The differences whose deviate is ±critical, or those of differences for a contrast; ±Infinity where there is none. */
  absolute(critical: number, scale: "difference" | "contrast"): readonly [lower: number, upper: number] {
    const score = this.#score;
    const value = () => score.above - score.below;
    return [
      this.#bound(critical, scale, open, value) ?? Number.NEGATIVE_INFINITY,
      this.#bound(-critical, scale, open, value) ?? Number.POSITIVE_INFINITY,
    ];
  }

  /** The lifts whose deviate is ±critical; −1 and Infinity where there is none. */
  relative(critical: number): readonly [lower: number, upper: number] {
    const score = this.#score;
    const limits: Limits = [score.limit(-1), score.limit(1)];
    const value = () => (score.above - score.below) / score.below;
    return [
      this.#bound(critical, "ratio", limits, value) ?? -1,
      this.#bound(-critical, "ratio", limits, value) ?? Number.POSITIVE_INFINITY,
    ];
  }

  /** The value at the hypothesis whose deviate is `target`: on the side of no difference that the test says. */
  #bound(target: number, scale: AmountsScale, limits: Limits, value: () => number): number | undefined {
    const score = this.#score;
    const at = (place: number) => target - Math.max(-beyond, Math.min(beyond, score.deviate(place, scale)));
    const step = Math.max(0.1, Math.abs(target)) * score.step;
    const estimate: Known = [0, at(0)];
    const none: Known = [this.#none, target - this.statistic];
    const between = estimate[1] > 0 !== none[1] > 0;
    const beyondNone = !between && none[0] * estimate[1] > 0;
    const place = between
      ? bracketedRoot(at, estimate[0], none[0], 1e-11, [estimate[1], none[1]])
      : zeroBeyond(at, beyondNone ? none : estimate, step, limits);
    if (place === undefined) return undefined;
    score.move(place, scale);
    return value();
  }
}
