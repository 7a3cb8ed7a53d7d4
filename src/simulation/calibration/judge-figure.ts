import type { CalibrationFigure } from "./calibration-world.js";
import type { Tally } from "./tally.js";

/** Monte-Carlo standard errors that a bar allows for, and that an exact method may be off its nominal value. */
const ALLOWED = 3;
const ALLOWED_EXACT = 4.5;

/** A figure as measured. */
export interface JudgedFigure {
  readonly figure: CalibrationFigure;
  readonly value: number;
  /** Monte-Carlo standard error of the value; 0 when it was computed exactly. */
  readonly monteCarloError: number;
  readonly replications: number;
  /** Shares of the experiments, by what happened in them. */
  readonly shares: Readonly<Record<string, number>>;
  /** Whether the bar holds; null when there is none. */
  readonly held: boolean | null;
}

/**
 * Reads a figure off its tally and holds it against its bar.
 * @param figure  what was measured, with its bar
 * @param tally   what was gathered
 * @returns value, Monte-Carlo error, shares, and whether the bar holds within three Monte-Carlo errors (4.5 about
 *          the nominal value of an exact method)
 */
export function judgeFigure(figure: CalibrationFigure, tally: Tally): JudgedFigure {
  const { n, mean, m2 } = tally.moments;
  // A share of exactly 0 or 1 still has an error: as if one experiment had gone the other way.
  const variance = figure.measure === "mean" ? m2 / (n - 1) : Math.max(mean * (1 - mean), (n - 1) / (n * n));
  const error = tally.exact ? 0 : Math.sqrt(variance / n);
  const shares = Object.fromEntries(Object.entries(tally.counts).map(([what, times]) => [what, times / n]));
  const { nominal, atLeast, atMost } = figure;
  const met = nominal === undefined || Math.abs(mean - nominal) <= ALLOWED_EXACT * error;
  const low = atLeast === undefined || mean >= atLeast - ALLOWED * error;
  const high = atMost === undefined || mean <= atMost + ALLOWED * error;
  return {
    figure,
    value: mean,
    monteCarloError: error,
    replications: tally.exact ? 0 : n,
    shares,
    held: (nominal ?? atLeast ?? atMost) === undefined ? null : met && low && high,
  };
}
