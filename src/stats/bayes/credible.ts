import { normalQuantile } from "../../distributions/index.js";

/** What is believed about one number, as intervals. */
export interface Credible {
  readonly status: "ok";
  /** As likely to be exceeded as not. */
  readonly median: number;
  /** Equal-tailed: as likely to lie below as above. */
  readonly interval: readonly [lower: number, upper: number];
  /** Highest density: no value outside is more likely than one inside, so that it is the shortest. */
  readonly densest: readonly [lower: number, upper: number];
  readonly level: number;
  /** Probability of lying within ± the region of practical equivalence, where one was given. */
  readonly rope?: number;
}

/** A distribution function and its density, written into `out`. */
interface At {
  probability: number;
  density: number;
}

/** A believed number as its distribution function has it. */
export interface Believed {
  /** Writes the probability of at most x, and the density there. */
  readonly at: (x: number, out: At) => void;
  /** About where it lies, and how far it spreads. */
  readonly center: number;
  readonly deviation: number;
  /** The smallest value there can be. */
  readonly least: number;
}

/** A step this short, in standard deviations, is the last one: the next would be its square. */
const SHORT = 1e-4;

function quantileOf({ at, center, deviation, least }: Believed, p: number): number {
  const here: At = { probability: 0, density: 0 };
  let [low, high] = [least, Number.POSITIVE_INFINITY];
  let x = center + deviation * normalQuantile(p);
  if (!(x > least)) x = (center + least) / 2;
  for (let i = 0, reach = deviation; i < 200; i++) {
    at(x, here);
    const lacking = p - here.probability;
    if (lacking > 0) low = x;
    else high = x;
    // A step of Halley's method, the density's slope taken as that of a normal one.
    const step = lacking / here.density;
    let next = x + step * (1 + (step * (x - center)) / (2 * deviation * deviation));
    if (!(next > low && next < high)) {
      reach *= 2;
      next =
        Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : x + Math.sign(lacking) * reach;
    }
    if (Math.abs(next - x) <= SHORT * deviation) return next;
    x = next;
  }
  return x;
}

/** Newton's method for the ends of which both have one density and that leave out 1 − level, from those of equal tails. */
function densestOf(
  { at, center, deviation, least }: Believed,
  level: number,
  [lower, upper]: readonly [number, number],
): readonly [number, number] | undefined {
  const [left, right] = [
    { x: lower, probability: 0, density: 0, bend: (center - lower) / deviation / deviation },
    { x: upper, probability: 0, density: 0, bend: (center - upper) / deviation / deviation },
  ];
  for (const end of [left, right]) at(end.x, end);
  for (let i = 0; i < 60; i++) {
    const gap = level - (right.probability - left.probability);
    const tilt = Math.log(left.density / right.density);
    const det = right.density * left.bend - left.density * right.bend;
    const steps = [
      (gap * right.bend - right.density * tilt) / det,
      (left.bend * gap - left.density * tilt) / det,
    ];
    let moved = 0;
    for (const [k, end] of [left, right].entries()) {
      const step = Math.max(-deviation, Math.min(deviation, steps[k] ?? 0));
      const before = Math.log(end.density);
      end.x += step;
      if (!(end.x > least)) return undefined;
      at(end.x, end);
      const bend = (Math.log(end.density) - before) / step;
      // Left the density rises, right it falls.
      if (Math.abs(step) > 1e-6 * deviation && bend * end.bend > 0) end.bend = bend;
      moved += Math.abs(step);
    }
    if (!Number.isFinite(moved)) return undefined;
    if (moved <= (SHORT * deviation) / 100) return [left.x, right.x];
  }
  return undefined;
}

/**
 * The intervals of a believed number.
 * @param level  of both intervals, fraction in (0, 1)
 * @param rope   half the width of the region of practical equivalence around zero
 */
export function credible(believed: Believed, level: number, rope?: number): Credible {
  const interval = [quantileOf(believed, (1 - level) / 2), quantileOf(believed, (1 + level) / 2)] as const;
  const here: At = { probability: 0, density: 0 };
  const probability = (x: number) => {
    believed.at(x, here);
    return here.probability;
  };
  return {
    status: "ok",
    median: quantileOf(believed, 0.5),
    interval,
    // A density that only falls is highest at its start.
    densest: densestOf(believed, level, interval) ?? [believed.least, quantileOf(believed, level)],
    level,
    ...(rope === undefined ? {} : { rope: probability(rope) - probability(-rope) }),
  };
}
