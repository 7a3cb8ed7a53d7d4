import { studentPeak } from "../peaks/student-peak.js";
import { marginalOf } from "../quadrature/marginal-of.js";
import { type ArmLaw, REACH, stepOf } from "./arm-law.js";

const sinh = (u: number) => (Math.expm1(u) - Math.expm1(-u)) / 2;

/** A shifted and scaled t distribution, in the inverse sinh of its deviate over the root of its degrees of freedom. */
export function studentLaw(mean: number, scale: number, df: number): ArmLaw {
  const wide = scale * Math.sqrt(df);
  // The density of u is cosh(u) to the power −df.
  const far = REACH / df + Math.log1p(Math.sqrt(-Math.expm1((-2 * REACH) / df)));
  // What is won or lost falls off more slowly than how likely it is.
  const reach = (REACH * (df + 1)) / (df - 1);
  return {
    domain: "line",
    mean,
    density(u) {
      const half = sinh(u / 2);
      return Math.exp(-df * Math.log1p(2 * half * half));
    },
    from: -far,
    to: far,
    step: stepOf(1 / Math.sqrt(df)),
    value: (u) => mean + wide * sinh(u),
    slope: (x) => Math.sqrt(wide * wide + (x - mean) * (x - mean)),
    coordinate(x) {
      const z = Math.abs(x - mean) / wide;
      return Math.sign(x - mean) * Math.log1p(z + (z * z) / (1 + Math.sqrt(1 + z * z)));
    },
    marginal: () => marginalOf(studentPeak(mean, scale, df), scale / 2, 1.4, reach),
  };
}
