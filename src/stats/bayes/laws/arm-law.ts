import type { Marginal } from "../quadrature/largest-probabilities.js";
import { marginalOf, type Peak } from "../quadrature/marginal-of.js";

/** Where an arm's value can lie: between 0 and 1, above 0, anywhere. */
export type Domain = "share" | "positive" | "line";

/**
 * What is believed about an arm's value, in a coordinate of its own in which the density is smooth and falls off at least
 * exponentially: log-odds of a share, the logarithm of a positive value, the inverse sinh of any other.
 */
export interface ArmLaw {
  readonly domain: Domain;
  readonly mean: number;
  /** Not normalised. */
  readonly density: (u: number) => number;
  /** Coordinates beyond which the density is negligible. */
  readonly from: number;
  readonly to: number;
  /** How far the coordinate goes while the density changes little: an eighth of a standard deviation. */
  readonly step: number;
  /** The value at a coordinate. */
  readonly value: (u: number) => number;
  /** How fast the value rises with the coordinate; `rest` is what it lacks to 1, of shares. */
  readonly slope: (x: number, rest: number) => number;
  /** The coordinate of a value; `rest` is what it lacks to 1, of shares. */
  readonly coordinate: (x: number, rest: number) => number;
  /**
   * ∫ (value − mean) over what lies below a coordinate is the negative of this times the normalised density there; absent where
   * there is no such number.
   */
  readonly excess?: number;
  /** In the coordinate that all arms of a domain share: log-odds, logarithm, the value itself. */
  readonly marginal: () => Marginal;
}

/** Beyond this fall of the log-density nothing counts. */
export const REACH = 40;
/** Panels of rankings fall by no more, so that small chances are right too. */
export const STEEP = 3;

/** A coordinate's steps stay below this: the laws are smooth up to π/2 or π from the line. */
const LONGEST = 0.065;

/** @returns steps of an eighth of a standard deviation, or the longest there may be */
export const stepOf = (deviation: number): number => Math.min(LONGEST, deviation / 8);

/** Beyond this fall, there is nothing to be added to an average. */
const NOTHING = 24;

/** Where a log-density has fallen so far on one side of its peak. */
function endOf([mode, drop]: Peak, deviation: number): number {
  let away = 6 * deviation;
  while (drop(mode + away) < NOTHING) away *= 1.1;
  return mode + away;
}

/** A density whose coordinate is the one that all arms of its domain share. */
export function inCommonCoordinate(
  peak: Peak,
  deviation: number,
): Pick<ArmLaw, "density" | "from" | "to" | "step" | "marginal"> {
  const [, drop] = peak;
  return {
    density: (u) => Math.exp(-drop(u)),
    from: endOf(peak, -deviation),
    to: endOf(peak, deviation),
    step: stepOf(deviation),
    marginal: () => marginalOf(peak, deviation / 2, STEEP, REACH),
  };
}

/** Log-odds of a share. */
export const shareScale = {
  domain: "share",
  value: (u: number) => 1 / (1 + Math.exp(-u)),
  slope: (x: number, rest: number) => x * rest,
  coordinate: (x: number, rest: number) => Math.log(x / rest),
} as const;

/** Logarithm of a positive value. */
export const positiveScale = {
  domain: "positive",
  value: Math.exp,
  slope: (x: number) => x,
  coordinate: (x: number) => Math.log(x),
} as const;
