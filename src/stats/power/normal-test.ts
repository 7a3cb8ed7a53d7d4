import { square } from "../../core/powers.js";
import { normalCdf } from "../../distributions/index.js";
import { normalTail } from "../inference/tail.js";
import type { PlannedMetric } from "./decision-plan.js";
import { effectOf } from "./design-effect.js";

/** A test as a normal one: its distance from the hypothesis, and its spread there and where the truth is. */
export interface NormalTest {
  readonly gap: number;
  /** Standard deviation for one control unit under the hypothesis, and in truth. */
  readonly supposed: number;
  readonly real: number;
}

/**
 * The score of treatment − (1 + bound) × control, for one control unit.
 * @param bound  the lift of the hypothesis: 0, or the margin on the side of harm
 */
export function normalTestOf(
  { baseline, variance, lift = 0, clusters }: PlannedMetric,
  bound: number,
  ratio: number,
): NormalTest {
  const times = 1 + bound;
  const together = effectOf(clusters);
  const spread = (control: number, treatment: number) =>
    Math.sqrt(together * (treatment / ratio + square(times) * control));
  const gap = Math.abs(lift - bound) * baseline;
  if (variance !== undefined) {
    const sd = spread(variance, variance);
    return { gap, supposed: sd, real: sd };
  }
  const treated = baseline * (1 + lift);
  const of = (p: number) => Math.max(0, p * (1 - p));
  // The rates of largest likelihood under the hypothesis, at the counts that are expected (Miettinen & Nurminen 1985).
  const a = (1 + ratio) * times;
  const b = -(ratio * times + ratio * treated + 1 + baseline * times);
  const c = baseline + ratio * treated;
  const p = (-b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
  return { gap, supposed: spread(of(p), of(p * times)), real: spread(of(baseline), of(treated)) };
}

/** @returns control units at which one look finds it with probability 1 − beta */
export const unitsOf = ({ gap, supposed, real }: NormalTest, alpha: number, beta: number): number =>
  square((normalTail.critical(alpha) * supposed + normalTail.critical(beta) * real) / gap);

/** @returns the probability with which one look finds it */
export const powerAt = ({ gap, supposed, real }: NormalTest, alpha: number, units: number): number =>
  normalCdf((gap * Math.sqrt(units) - normalTail.critical(alpha) * supposed) / real);
