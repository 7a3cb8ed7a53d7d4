import { bracketedRoot } from "../numeric/bracketed-root.js";
import { AmountsScore, type WeightedArm } from "./amounts-score.js";

/** Where along the path `f`, which falls, is zero; undefined where it stays on one side of zero up to the limit. */
function zeroAlong(
  f: (place: number) => number,
  step: number,
  limits: readonly [below: number, above: number],
): number | undefined {
  const start = f(0);
  if (start === 0) return 0;
  const sign = start > 0 ? 1 : -1;
  const limit = start > 0 ? limits[1] : limits[0];
  let [near, far] = [0, step];
  for (let i = 0; i < 200; i++) {
    if (far >= limit) far = near + (limit - near) / 2;
    const place = sign * far;
    if (f(place) * sign <= 0) {
      const ends = sign > 0 ? [near, far] : [-far, -near];
      return bracketedRoot(f, ends[0] as number, ends[1] as number, 1e-11);
    }
    if (far >= limit * (1 - 1e-9) || far > 1e6 * step) return undefined;
    near = far;
    far *= 2;
  }
  return undefined;
}

/** What a score says: its deviate under the hypothesis of no difference, and its bounds. */
export interface AmountsAnswer {
  readonly statistic: number;
  /** Bounds at ±critical; ±Infinity where there is none. */
  bounds(critical: number): readonly [lower: number, upper: number];
}

/** The place of the hypothesis of no difference. */
function nullPlace(score: AmountsScore, limits: readonly [number, number]): number {
  const gap = (place: number) => {
    score.move(place);
    return score.above - score.below;
  };
  return zeroAlong(gap, score.step, limits) ?? 0;
}

function boundsOf(
  score: AmountsScore,
  limits: readonly [number, number],
  value: () => number,
  ends: readonly [lowest: number, highest: number],
  critical: number,
): readonly [number, number] {
  const bound = (target: number, end: number) => {
    const place = zeroAlong(
      (each) => target - Math.max(-1e6, Math.min(1e6, score.deviate(each))),
      Math.max(0.1, Math.abs(target)) * score.step,
      limits,
    );
    if (place === undefined) return end;
    score.move(place);
    return value();
  };
  return [bound(critical, ends[0]), bound(-critical, ends[1])];
}

/** The score of the sums' difference. */
export function amountsDifference(arms: readonly WeightedArm[]): AmountsAnswer {
  const score = new AmountsScore(arms, false);
  const open = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  return {
    statistic: score.deviate(nullPlace(score, open)),
    bounds: (critical) =>
      boundsOf(
        score,
        open,
        () => score.above - score.below,
        [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
        critical,
      ),
  };
}

/** The score of the sums' ratio, its bounds as lifts. */
export function amountsLift(arms: readonly WeightedArm[]): AmountsAnswer {
  const score = new AmountsScore(arms, true);
  const limits = [score.limit(-1), score.limit(1)] as const;
  return {
    statistic: score.deviate(nullPlace(score, limits)),
    bounds: (critical) =>
      boundsOf(
        score,
        limits,
        () => (score.above - score.below) / score.below,
        [-1, Number.POSITIVE_INFINITY],
        critical,
      ),
  };
}
