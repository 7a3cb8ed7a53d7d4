/**
 * Digamma, the derivative of log Γ, for x > 0.
 * @source Abramowitz & Stegun (1964), 6.3.5 and 6.3.18
 */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  while (z < 10) shift -= 1 / z++;
  const w = 1 / (z * z);
  const series =
    w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (5 / 660 - (w * 691) / 32760)))));
  return shift + Math.log(z) - 0.5 / z - series;
}
