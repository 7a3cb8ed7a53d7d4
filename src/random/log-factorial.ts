const SMALL = new Float64Array(10);
for (let k = 2; k < 10; k++) SMALL[k] = (SMALL[k - 1] as number) + Math.log(k);

/** log k! for an integer k ≥ 0: a table, then Stirling's series (absolute error below 1e-14 from 10 on). */
export function logFactorial(k: number): number {
  if (k < 10) return SMALL[k] as number;
  const x = k + 1;
  const s = 1 / (x * x);
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.9189385332046727 +
    (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / x
  );
}
