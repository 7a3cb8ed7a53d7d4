import type { Moments, ScalarMoments } from "../../core/moments.js";
import { cube, square } from "../../core/powers.js";
import { scalar } from "../moments/scalar.js";
import { type AmountArm, type AmountsReader, onlyAmounts } from "../skewed/amount-arm.js";
import { linearize } from "./linearize.js";

/**
 * Among the units with a denominator, the numerators in units of the mean denominator: their mean is the ratio R, and
 * about a hypothesised ratio m a unit's distance is r + (R − m)u, with r its residual from R and u its denominator.
 */
function ratioArm(moments: Moments, linear: ScalarMoments): AmountArm | undefined {
  const [numerators, denominators] = [onlyAmounts(scalar(moments, 0)), onlyAmounts(scalar(moments, 1))];
  if (!numerators || !denominators || linear.m3 === undefined || !moments.mixed3) return undefined;
  const {
    count,
    amount: size,
    second: [sizes],
  } = denominators;
  if (!(size > 0)) return undefined;
  if (numerators.count === 0) return { ...numerators, n: count };
  const [, nd, dd] = moments.comoment as [number, number, number];
  const [ndd, nnd] = moments.mixed3 as [number, number];
  const ddd = moments.m3?.[1] as number;
  const { mean: ratio, m2, m3 } = linear;
  const part = count / moments.n;
  const rr = m2 * part * part;
  const ru = (nd - ratio * dd) / square(size);
  const uu = count + sizes / square(size);
  const rrr = m3 * cube(part);
  const rru = (nnd - 2 * ratio * ndd + ratio * ratio * ddd) / cube(size) + part * rr;
  const ruu = (ndd - ratio * ddd) / cube(size) + 2 * part * ru;
  const uuu = count + (3 * sizes) / square(size) + denominators.third[0] / cube(size);
  return {
    ...{ n: count, count, mean: ratio, amount: ratio },
    second: [rr, 2 * ru, uu],
    third: [rrr, 3 * rru, 3 * ruu, uuu],
  };
}

/** Amounts as moments of [numerator, denominator] per unit give them. */
export const ratioAmounts: AmountsReader<Moments> = {
  linear: (moments) => linearize(moments, []),
  arm: ratioArm,
};
